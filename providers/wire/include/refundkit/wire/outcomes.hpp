#pragma once

#include <optional>

#include "refundkit/operation_result.hpp"
#include "refundkit/step.hpp"

namespace refundkit::wire {

/// Ends an operation as `failed`: a definite no, no money moved.
void end_failed(OperationResult& result, Error error);
/// Ends it as `unknown`. Where the error names no way on, that is `resolve`.
void end_unknown(OperationResult& result, Error error);

/// Ends an operation whose money-moving request got no answer, or was stopped at the gate. Certain
/// that nothing was sent, by this try or one before it: `failed`, `retry_later`; else `unknown`,
/// `resolve`. Returns false, and changes nothing, if there is an answer to be read.
bool end_without_answer(OperationResult& result, const Answer& answer);

/// What the result says of a payment: state and amounts.
void put_payment(OperationResult& result, const PaymentSnapshot& payment);
/// What the result says of the refund that answers it, outcome included.
void put_refund(OperationResult& result, const RefundRecord& refund);
/// Brings state and amounts up to date after `refund`, which `before` does not hold yet.
void put_effect(OperationResult& result, const PaymentSnapshot& before, const RefundRecord& refund);

}  // namespace refundkit::wire
