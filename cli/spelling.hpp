#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace refundkit::cli {

/// " Did you mean …?" with the known word that is nearest to what was typed; empty where none is
/// near.
std::string did_you_mean(std::string_view typed, const std::vector<std::string>& known);

}  // namespace refundkit::cli
