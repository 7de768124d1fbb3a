#include <utility>

#include "amounts.hpp"
#include "flows.hpp"
#include "ids.hpp"
#include "refundkit/wire/outcomes.hpp"
#include "rules.hpp"

namespace refundkit::stripe {
namespace {

/// Nothing was collected and nothing will be, unless the customer goes on: it can be cancelled.
bool is_unfinished(const Payment& payment) {
  const bool open = payment.status == "requires_payment_method" ||
                    payment.status == "requires_confirmation" ||
                    payment.status == "requires_action";
  return payment.is_intent && open && !payment.paid && payment.received.value_or(0) == 0;
}

/// Does the request mean the whole of what a void would let go? A part is never widened to it.
bool means_whole(const RefundRequest& request, const Payment& payment) {
  if (!request.amount) return true;
  if (request.amount->currency() != *payment.currency) return false;
  const auto units = wire::to_provider(*request.amount, amount_rule(*payment.currency));
  return units && payment.capturable && *units == *payment.capturable;
}

Step<OperationResult> void_whole(const Connection& connection, const RefundRequest& request,
                                 const FlowContext& context, const PaymentSnapshot& snapshot) {
  FlowContext as_void = context;
  if (!context.void_key.empty()) as_void.key = context.void_key;
  PaymentSnapshot known = snapshot;
  recognise(known.refunds, as_void.key);
  return void_of(connection, {request.payment, std::nullopt, request.terms}, as_void, known);
}

/// Gives back the part that was taken, then lets the rest go.
Step<OperationResult> refund_then_cancel(const Connection& connection, const RefundRequest& request,
                                         const FlowContext& context,
                                         const PaymentSnapshot& snapshot) {
  const RefundTask task{request, context, snapshot, true};
  return then<OperationResult>(
      refund_of(connection, task),
      [&connection, task](const OperationResult& done) -> Step<OperationResult> {
        const bool given_back =
            done.outcome == Outcome::succeeded || done.outcome == Outcome::pending;
        const bool nothing_left =
            done.error && done.error->code == ErrorCode::already_refunded && done.plan;
        if (given_back) return cancel_rest(connection, task, done);
        if (!nothing_left) return done;
        OperationResult before = done;
        before.outcome = Outcome::succeeded;
        before.error.reset();
        before.next_step = {};
        before.plan.reset();
        return cancel_rest(connection, task, before);
      });
}

Step<OperationResult> reverse_of(const Connection& connection, const RefundRequest& request,
                                 const FlowContext& context, const PaymentSnapshot& snapshot) {
  const Payment payment = *from_snapshot(snapshot);
  const bool voidable = payment.is_uncaptured() || payment.was_let_go() || is_unfinished(payment);
  if (voidable && means_whole(request, payment)) {
    return void_whole(connection, request, context, snapshot);
  }
  const bool has_intent = payment.is_intent || !payment.intent.empty();
  if (payment.is_being_captured() && has_intent && !request.amount) {
    return refund_then_cancel(connection, request, context, snapshot);
  }
  return refund_of(connection, {request, context, snapshot});
}

}  // namespace

Step<OperationResult> reverse(const Connection& connection, const RefundRequest& request,
                              const FlowContext& context) {
  return with_payment(connection, request, context,
                      [&connection, request, context](const PaymentSnapshot& snapshot) {
                        return reverse_of(connection, request, context, snapshot);
                      });
}

}  // namespace refundkit::stripe
