#pragma once

#include <string>
#include <vector>

#include "asked.hpp"
#include "refundkit/operation_result.hpp"

namespace refundkit::cli {

/// One answer for a person: what happened and whether money moved, the facts, what to do next.
std::string answer_table(const OperationResult& result, const Asked& asked);

/// A payment's refunds for a person, one a line.
std::string refund_table(const std::vector<OperationResult>& refunds, const Asked& asked);

}  // namespace refundkit::cli
