#pragma once

#include <string>

#include "asked.hpp"
#include "refundkit/operation_result.hpp"

namespace refundkit::cli {

/// What to do now, as an instruction, with the command to type where there is one.
std::string instruction(const OperationResult& result, const Asked& asked);

}  // namespace refundkit::cli
