#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "refundkit/result.hpp"

namespace refundkit::cli {

/// A whole number from 0 to `most`, in digits only. `option` names it in the message.
Result<int> parse_count(std::string_view text, int most, const std::string& option);

/// Seconds above 0 and up to a day, with at most three decimals: "60", "0.5".
Result<std::chrono::milliseconds> parse_seconds(std::string_view text, const std::string& option);

}  // namespace refundkit::cli
