#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace refundkit::simulation {

/// 64 lower-case hexadecimal digits.
std::string hmac_sha256_hex(std::string_view key, std::string_view text);
/// Nothing if `text` is not base64.
std::optional<std::string> decode_base64(std::string_view text);
/// Random letters and digits, for ids: no secret.
std::string random_letters(std::size_t length);

}  // namespace refundkit::simulation
