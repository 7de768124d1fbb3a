#pragma once

#include "refundkit/operation_result.hpp"

namespace refundkit {
inline namespace v0 {

/// A definite no, decided without sending anything that moves money.
OperationResult failed(Operation operation, Error error);

}  // namespace v0
}  // namespace refundkit
