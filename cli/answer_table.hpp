#pragma once

#include <string>
#include <vector>

#include "refundkit/operation_result.hpp"

namespace refundkit::cli {

/// One answer for a person: what happened and whether money moved, the facts, what to do next.
std::string answer_table(const OperationResult& result);

/// A payment's refunds for a person, one a line.
std::string refund_table(const std::vector<OperationResult>& refunds);

}  // namespace refundkit::cli
