#pragma once

#include "refundkit/operation_result.hpp"
#include "refundkit/step.hpp"

namespace refundkit {
inline namespace v0 {

/// What a flow would do, from the step it stopped at: its money-moving request, or the result it
/// came to without one.
OperationResult planned(const Step<OperationResult>& step);

}  // namespace v0
}  // namespace refundkit
