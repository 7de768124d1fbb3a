#include <algorithm>
#include <chrono>
#include <utility>

#include "flows.hpp"
#include "ids.hpp"
#include "refundkit/wire/amounts.hpp"
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

/// A reverse gave back what was taken, and its second step did not happen: the rest is still held.
bool is_half_done(const Payment& payment, const RefundRecord& refund) {
  const auto& marked = payment.then_cancel;
  return wire::is_alive(refund) && payment.is_being_captured() &&
         std::find(marked.begin(), marked.end(), refund.id.str()) != marked.end();
}

void end_half_done(OperationResult& result, const PaymentSnapshot& snapshot) {
  const MoneyMoved moved = result.money_moved;
  result.steps = {
      {result.operation, result.outcome, result.amount, result.refund, result.request_id},
      {Operation::void_payment, Outcome::unknown, snapshot.releasable, std::nullopt, {}}};
  wire::end_unknown(result,
                    {ErrorCode::in_progress,
                     "Refund " + result.refund->str() + " of " + wire::show(*result.amount) +
                         " is made; the rest of the payment is not released. Repeat the "
                         "reverse under its reference to release it.",
                     {NextAction::resolve}});
  result.money_moved = moved;
}

/// The newest try that is listed was a no; but a newer one may have been sent and not be listed
/// yet.
Error earlier_no(const RefundRecord& refund, TimePoint now) {
  return {ErrorCode::in_progress,
          "The last try that Stripe lists, refund " + refund.id.str() + ", is " +
              std::string(to_text(refund.state)) +
              ". Without a journal a newer try cannot be excluded. Repeating the very same command "
              "is safe.",
          {NextAction::resolve, now + next_look}};
}

void end_found(OperationResult& result, const ResolveRequest& request,
               const PaymentSnapshot& snapshot, const wire::Repeat& found) {
  if (found.answer) result.operation = operation_of(request, snapshot, *found.answer);
  if (found.refusal) {
    // Money may have moved under this key, only not as the caller thinks: no `failed`.
    wire::end_unknown(result, *found.refusal);
    return;
  }
  wire::put_refund(result, *found.answer);
  if (is_half_done(*from_snapshot(snapshot), *found.answer)) end_half_done(result, snapshot);
}

/// A void leaves no mark of ours: the PaymentIntent's own state is what there is to read.
bool end_as_void(OperationResult& result, const PaymentSnapshot& snapshot) {
  const Payment payment = *from_snapshot(snapshot);
  if (!payment.is_intent || payment.received.value_or(0) > 0) return false;
  const bool settled_by_status = payment.is_uncaptured() || payment.was_let_go();
  if (!settled_by_status && (payment.paid || payment.status == "canceled")) return false;
  result.operation = Operation::void_payment;
  result.amount = snapshot.releasable;
  if (payment.was_let_go()) {
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

/// A refund whose cancel was asked for, and which is not cancelled.
Error not_cancelled(const RefundRecord& refund) {
  const std::string what =
      "Refund " + refund.id.str() + " is " + std::string(to_text(refund.state));
  switch (refund.state) {
    case RefundState::pending:
    case RefundState::requires_action: {
      Error error{
          ErrorCode::in_progress,
          "The cancel did not happen: " + what + ". It may be sent again under the same key.",
          {NextAction::retry_later}};
      error.retryable = true;
      return error;
    }
    case RefundState::succeeded:
      return {ErrorCode::already_settled, what + ": it was not cancelled.", {NextAction::none}};
    case RefundState::failed:
    case RefundState::canceled:
      break;
  }
  Error error = refund.error.value_or(Error{ErrorCode::declined, {}, {NextAction::none}});
  error.message = what + ": there was nothing to cancel. " + error.message;
  return error;
}

OperationResult open_result(const ResolveRequest& request, const FlowContext& context) {
  OperationResult result = begin(request.amount ? Operation::partial_refund : Operation::refund,
                                 request.payment, context);
  result.key = request.key;
  result.amount = request.amount;
  return result;
}

void end_unlisted(OperationResult& result, TimePoint now) {
  wire::end_unknown(result, {ErrorCode::in_progress,
                             "Stripe lists no refund of this operation yet. That alone proves "
                             "nothing: the request may still be running.",
                             {NextAction::resolve, now + next_look}});
}

/// Without a reading nothing is settled.
Step<OperationResult> end_unread(const Connection& connection, OperationResult result, Error error,
                                 TimePoint now) {
  if (error.next_step.action == NextAction::retry_later) {
    error.next_step = {NextAction::resolve, now + next_look};
  }
  wire::end_unknown(result, std::move(error));
  return end(connection, std::move(result));
}

/// No refund of this key is listed: it may have been a void, which the PaymentIntent tells of.
Step<OperationResult> resolve_as_void(const Connection& connection, OperationResult result,
                                      const PaymentSnapshot& snapshot, TimePoint now) {
  const Payment payment = *from_snapshot(snapshot);
  Reading<PaymentSnapshot> reading =
      payment.is_intent || payment.intent.empty() || payment.captured
          ? Reading<PaymentSnapshot>(Result<PaymentSnapshot>(snapshot))
          : read_payment(connection, PaymentId(payment.intent));
  return then<OperationResult>(reading,
                               [&connection, result = std::move(result),
                                now](const Result<PaymentSnapshot>& read) -> Step<OperationResult> {
                                 OperationResult told = result;
                                 if (!read)
                                   return end_unread(connection, std::move(told), read.error(),
                                                     now);
                                 if (!end_as_void(told, *read)) end_unlisted(told, now);
                                 return end(connection, std::move(told));
                               });
}

Step<OperationResult> resolve_of(const Connection& connection, const ResolveRequest& request,
                                 const FlowContext& context, PaymentSnapshot snapshot) {
  recognise(snapshot.refunds, request.key);
  OperationResult result = open_result(request, context);
  wire::put_payment(result, snapshot);
  const wire::Repeat found =
      wire::find_operation(request.key, request.amount, snapshot.refunds, request.attempt);
  if (!found.answer && !found.refusal) {
    return resolve_as_void(connection, std::move(result), snapshot, context.now);
  }
  const bool may_be_newer = !request.attempt && !found.refusal && !wire::is_alive(*found.answer);
  if (may_be_newer) {
    wire::end_unknown(result, earlier_no(*found.answer, context.now));
  } else {
    end_found(result, request, snapshot, found);
  }
  return end(connection, std::move(result));
}

/// What became of the cancel of a refund: the refund's own state tells.
Step<OperationResult> resolve_cancel(const Connection& connection, const ResolveRequest& request,
                                     const FlowContext& context) {
  return then<OperationResult>(
      read_refund(connection, request.payment, *request.refund),
      [&connection, request, context](const Result<RefundRecord>& read) -> Step<OperationResult> {
        OperationResult result = open_result(request, context);
        result.operation = Operation::void_payment;
        result.refund = request.refund;
        result.money_moved = MoneyMoved::no;
        if (!read) return end_unread(connection, std::move(result), read.error(), context.now);
        result.refund_state = read->state;
        result.amount = read->amount;
        if (read->state == RefundState::canceled) {
          result.outcome = Outcome::succeeded;
        } else {
          wire::end_failed(result, not_cancelled(*read));
        }
        return end(connection, std::move(result));
      });
}

}  // namespace

Step<OperationResult> resolve(const Connection& connection, const ResolveRequest& request,
                              const FlowContext& context) {
  auto error = check(request.payment);
  if (!error && request.refund) error = check(*request.refund);
  if (error) {
    OperationResult result = open_result(request, context);
    wire::end_failed(result, *error);
    return end(connection, std::move(result));
  }
  if (request.refund) return resolve_cancel(connection, request, context);
  return then<OperationResult>(
      read_payment(connection, request.payment),
      [&connection, request,
       context](const Result<PaymentSnapshot>& read) -> Step<OperationResult> {
        if (read) return resolve_of(connection, request, context, *read);
        return end_unread(connection, open_result(request, context), read.error(), context.now);
      });
}

}  // namespace refundkit::stripe
