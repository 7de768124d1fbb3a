#pragma once

#include <string_view>

namespace refundkit::wire {

bool starts_with(std::string_view text, std::string_view prefix);

/// Without blanks, tabs and line ends at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace refundkit::wire
