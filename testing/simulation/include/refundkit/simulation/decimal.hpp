#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace refundkit::simulation {

/// "12.5" with two places is 1250. Nothing for a sign, an exponent, more places than asked unless
/// they are zeros, or more than fits.
std::optional<std::int64_t> parse_decimal(std::string_view text, int places);

/// 1250 with two places is "12.50", -5 is "-0.05"; no point without places.
std::string decimal_text(std::int64_t units, int places);

}  // namespace refundkit::simulation
