#pragma once

#include <string>

#include "refundkit/operation_result.hpp"

namespace refundkit::cli {

/// "12.50 EUR".
std::string with_currency(const Money& money);

/// What happened and whether money moved, in plain words.
std::string headline(const OperationResult& result);

}  // namespace refundkit::cli
