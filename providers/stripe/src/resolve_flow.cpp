#include <chrono>
#include <utility>

#include "flows.hpp"
#include "ids.hpp"
#include "refundkit/wire/outcomes.hpp"
#include "refundkit/wire/repeats.hpp"
#include "rules.hpp"

namespace refundkit::stripe {
namespace {

// "Wait at least as long as the client time-out (80 s), list again" (sheet: Idempotency).
constexpr std::chrono::seconds next_look{80};

Operation operation_of(const ResolveRequest& request, const PaymentSnapshot& snapshot,
                       const RefundRecord& refund) {
  if (!refund.gives_money_back) return Operation::void_payment;
  const bool whole = !request.amount && snapshot.captured && *snapshot.captured == refund.amount;
  return whole ? Operation::refund : Operation::partial_refund;
}

void end_found(OperationResult& result, const ResolveRequest& request,
               const PaymentSnapshot& snapshot, const wire::Repeat& found) {
  if (found.answer) result.operation = operation_of(request, snapshot, *found.answer);
  if (found.refusal) {
    // Money may have moved under this key, only not as the caller thinks: no `failed`.
    wire::end_unknown(result, *found.refusal);
  } else {
    wire::put_refund(result, *found.answer);
  }
}

/// A void leaves no mark of ours: the PaymentIntent's own state is what there is to read.
bool end_as_void(OperationResult& result, const Payment& payment, const PaymentSnapshot& snapshot) {
  if (!payment.is_intent || payment.received.value_or(0) > 0) return false;
  const bool settled_by_status = payment.is_uncaptured() || payment.status == "canceled";
  if (!settled_by_status && payment.paid) return false;
  result.operation = Operation::void_payment;
  result.amount = snapshot.releasable;
  if (payment.status == "canceled") {
    result.outcome = Outcome::succeeded;
    result.money_moved = MoneyMoved::no;
    return true;
  }
  const bool waits = payment.status == "requires_capture" ||
                     payment.status == "requires_payment_method" ||
                     payment.status == "requires_confirmation" ||
                     payment.status == "requires_action" || payment.status == "processing";
  if (!waits) return false;
  Error error{ErrorCode::in_progress,
              "The cancel did not happen: the payment stands at " + payment.status +
                  ". It may be sent again under the same key.",
              {NextAction::retry_later}};
  error.retryable = true;
  wire::end_failed(result, std::move(error));
  return true;
}

Step<OperationResult> resolve_of(const Connection& connection, const ResolveRequest& request,
                                 const FlowContext& context, PaymentSnapshot snapshot) {
  recognise(snapshot.refunds, request.key);
  OperationResult result = begin(request.amount ? Operation::partial_refund : Operation::refund,
                                 request.payment, context);
  result.key = request.key;
  result.amount = request.amount;
  wire::put_payment(result, snapshot);
  const wire::Repeat found = wire::find_operation(request.key, request.amount, snapshot.refunds);
  if (found.answer || found.refusal) {
    end_found(result, request, snapshot, found);
    return end(connection, std::move(result));
  }
  if (end_as_void(result, *from_snapshot(snapshot), snapshot)) {
    return end(connection, std::move(result));
  }
  result.operation = request.amount ? Operation::partial_refund : Operation::refund;
  wire::end_unknown(result, {ErrorCode::in_progress,
                             "Stripe lists no refund of this operation yet. That alone proves "
                             "nothing: the request may still be running.",
                             {NextAction::resolve, context.now + next_look}});
  return end(connection, std::move(result));
}

}  // namespace

Step<OperationResult> resolve(const Connection& connection, const ResolveRequest& request,
                              const FlowContext& context) {
  OperationResult result = begin(request.amount ? Operation::partial_refund : Operation::refund,
                                 request.payment, context);
  result.key = request.key;
  result.amount = request.amount;
  if (const auto error = check(request.payment)) {
    wire::end_failed(result, *error);
    return end(connection, std::move(result));
  }
  return then<OperationResult>(read_payment(connection, request.payment),
                               [&connection, request, context, result](
                                   const Result<PaymentSnapshot>& read) -> Step<OperationResult> {
                                 if (read) return resolve_of(connection, request, context, *read);
                                 OperationResult open = result;
                                 Error error = read.error();
                                 if (error.next_step.action == NextAction::retry_later) {
                                   error.next_step = {NextAction::resolve, context.now + next_look};
                                 }
                                 wire::end_unknown(open, std::move(error));
                                 return end(connection, std::move(open));
                               });
}

}  // namespace refundkit::stripe
