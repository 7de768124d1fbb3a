#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "refundkit/request.hpp"
#include "refundkit/result.hpp"

namespace refundkit::cli {

/// Reads `[{"reference":"SKU-1","name":"Mug","quantity":2,"amount":"12.50","currency":"EUR"}]`.
/// Fails with wrong usage and a sentence that names the line.
Result<std::vector<LineItem>> parse_line_items(std::string_view text);

}  // namespace refundkit::cli
