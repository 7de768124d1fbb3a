#pragma once

#include <string>

#include "asked.hpp"
#include "refundkit/operation_result.hpp"

namespace refundkit::cli {

/// "12.50 EUR".
std::string with_currency(const Money& money);

/// What happened and whether money moved, in plain words.
std::string headline(const OperationResult& result, const Asked& asked);

/// The error's own message is the headline, because no sentence of ours tells it better.
bool is_told_by_error(const OperationResult& result);

}  // namespace refundkit::cli
