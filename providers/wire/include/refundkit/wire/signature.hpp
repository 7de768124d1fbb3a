#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "refundkit/secret.hpp"

namespace refundkit::wire {

/// Lower-case hexadecimal digits.
std::string to_hex(std::string_view bytes);
/// The bytes; nothing for an odd count of digits or anything that is no digit. Both letter cases.
std::optional<std::string> from_hex(std::string_view text);

std::string sha256_hex(std::string_view bytes);
/// 32 bytes.
std::string hmac_sha256(const Secret& key, std::string_view bytes);
/// Takes as long for equal as for unequal texts of one length; texts of other lengths are unequal.
bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept;

}  // namespace refundkit::wire
