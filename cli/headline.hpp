#pragma once

#include <string>

#include "refundkit/operation_result.hpp"

namespace refundkit::cli {

/// "12.50 EUR".
std::string with_currency(const Money& money);

/// What happened and whether money moved, in plain words.
std::string headline(const OperationResult& result);

/// What to do now, as an instruction, with the command to type where there is one.
std::string instruction(const OperationResult& result);

}  // namespace refundkit::cli
