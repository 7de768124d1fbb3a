#include <memory>
#include <utility>

#include "amounts.hpp"
#include "flows.hpp"
#include "ids.hpp"
#include "refundkit/request.hpp"
#include "refundkit/wire/outcomes.hpp"
#include "refundkit/wire/repeats.hpp"
#include "rules.hpp"
#include "rulings.hpp"

namespace refundkit::stripe {
namespace {

/// One try to cancel a PaymentIntent, or what is left of one.
struct Try {
  const Connection* connection;
  PaymentId payment;
  std::string intent;
  std::optional<Reason> reason;
  FlowContext context;
  PaymentSnapshot snapshot;
  int attempt = 0;
  int reopened = 0;
  /// What was refunded before, in the same operation: the cancel is its second step.
  std::optional<OperationResult> done = std::nullopt;
};
using TryPtr = std::shared_ptr<const Try>;

Step<OperationResult> send(Try attempt);

Try next_try(const Try& attempt) {
  Try next = attempt;
  ++next.attempt;
  ++next.reopened;
  return next;
}

OperationResult result_for(const Try& attempt) {
  OperationResult result = begin(Operation::void_payment, attempt.payment, attempt.context);
  wire::put_payment(result, attempt.snapshot);
  result.amount = attempt.snapshot.releasable;
  result.money_moved = MoneyMoved::no;
  return result;
}

int severity(Outcome outcome) {
  switch (outcome) {
    case Outcome::succeeded:
      return 0;
    case Outcome::pending:
      return 1;
    case Outcome::requires_action:
      return 2;
    case Outcome::failed:
      return 3;
    case Outcome::unknown:
      return 4;
  }
  return 4;
}

StepRecord record_of(const OperationResult& result) {
  return {result.operation, result.outcome, result.amount, result.refund, result.request_id};
}

std::string after_refund(const OperationResult& done, const OperationResult& cancel) {
  std::string text = "What was taken is refunded already";
  if (done.refund && done.amount) {
    text = "The refund of " + wire::show(*done.amount) + " (" + done.refund->str() +
           (done.outcome == Outcome::pending ? ") is under way" : ") happened");
  }
  text += cancel.outcome == Outcome::unknown ? "; only whether the rest was released is not known: "
                                             : "; only releasing the rest did not happen: ";
  return text + cancel.error->message;
}

/// Joins the cancel to the refund before it: the worse of both is the outcome.
OperationResult joined(const OperationResult& done, const OperationResult& cancel) {
  OperationResult result = done;
  result.steps = {record_of(done), record_of(cancel)};
  result.request_id = cancel.request_id;
  if (severity(cancel.outcome) > severity(done.outcome)) {
    result.outcome = cancel.outcome;
    result.error = cancel.error;
    result.next_step = cancel.next_step;
    if (result.error) result.error->message = after_refund(done, cancel);
  }
  return result;
}

Step<OperationResult> finish(const Try& attempt, OperationResult result) {
  if (attempt.done) return end(*attempt.connection, joined(*attempt.done, result));
  return end(*attempt.connection, std::move(result));
}

/// The PaymentIntent as it stands after the cancel.
void put_after(OperationResult& result, const Payment& after) {
  const PaymentSnapshot snapshot = to_snapshot(after, {});
  result.payment_state = snapshot.state;
  result.captured = snapshot.captured;
  result.refunded = snapshot.refunded;
  result.refundable = snapshot.refundable;
}

/// What the cancelled PaymentIntent says; `open` is the error where it settles nothing.
void judge_after(const Try& attempt, OperationResult& result, const Payment& after, Error open) {
  if (after.was_let_go() || (attempt.done && after.status != "requires_capture")) {
    result.outcome = Outcome::succeeded;
    result.error.reset();
    result.next_step = {};
    if (!attempt.done) put_after(result, after);
    return;
  }
  if (after.received.value_or(0) > 0 && !attempt.done) {
    put_after(result, after);
    const auto refusal = refuse_void(after);
    wire::end_failed(result, refusal ? refusal->error : open);
    return;
  }
  open.next_step = {NextAction::resolve};
  wire::end_unknown(result, std::move(open));
}

Step<OperationResult> look(const TryPtr& attempt, OperationResult result, Error open) {
  return then<OperationResult>(read_payment(*attempt->connection, PaymentId(attempt->intent)),
                               [attempt, result = std::move(result), open = std::move(open)](
                                   const Result<PaymentSnapshot>& read) -> Step<OperationResult> {
                                 OperationResult seen = result;
                                 if (read) {
                                   judge_after(*attempt, seen, *from_snapshot(*read), open);
                                 } else {
                                   Error error = open;
                                   error.next_step = {NextAction::resolve};
                                   wire::end_unknown(seen, std::move(error));
                                 }
                                 return finish(*attempt, std::move(seen));
                               });
}

/// A stored 5xx only replays: the payment's own state tells, and where it still waits a cancel
/// under the next key cannot pay twice (sheet: Idempotency, "Resolving an unknown void").
Step<OperationResult> look_then_cancel(const TryPtr& attempt, OperationResult result, Error open) {
  return then<OperationResult>(read_payment(*attempt->connection, PaymentId(attempt->intent)),
                               [attempt, result = std::move(result), open = std::move(open)](
                                   const Result<PaymentSnapshot>& read) -> Step<OperationResult> {
                                 const auto payment = read ? from_snapshot(*read) : std::nullopt;
                                 if (payment && payment->status == "requires_capture") {
                                   return send(next_try(*attempt));
                                 }
                                 OperationResult seen = result;
                                 if (payment) {
                                   judge_after(*attempt, seen, *payment, open);
                                 } else {
                                   wire::end_unknown(seen, open);
                                 }
                                 return finish(*attempt, std::move(seen));
                               });
}

Step<OperationResult> refused(const TryPtr& attempt, const Answer& answer, Refusal refusal) {
  OperationResult result = result_for(*attempt);
  const HttpResponse& response = *answer.response();
  result.request_id = request_id(response);
  if (response.status >= 500 && is_replay(response) && may_reopen(attempt->reopened)) {
    refusal.error.next_step = {NextAction::resolve};
    return look_then_cancel(attempt, std::move(result), std::move(refusal.error));
  }
  const Way way = way_after(answer, refusal, attempt->reopened);
  if (way == Way::next_attempt) return send(next_try(*attempt));
  if (way == Way::look_or_unknown) {
    return look(attempt, std::move(result), std::move(refusal.error));
  }
  const bool is_no = way == Way::failed || way == Way::look_or_failed;
  if (is_no && refusal.error.code == ErrorCode::already_voided) {
    result.payment_state = PaymentState::voided;
  }
  end_by(way, result, std::move(refusal.error));
  return finish(*attempt, std::move(result));
}

Step<OperationResult> on_answer(const TryPtr& attempt, const Answer& answer) {
  OperationResult result = result_for(*attempt);
  if (wire::end_without_answer(result, answer)) return finish(*attempt, std::move(result));

  const HttpResponse& response = *answer.response();
  const auto body = read_body(response);
  if (!is_success(response, body)) return refused(attempt, answer, classify(response, body));

  result.request_id = request_id(response);
  const auto after = read_payment(*body, PaymentId(attempt->intent));
  if (!after || !after->is_intent) {
    wire::end_unknown(result, malformed(response, "Stripe's answer is no cancelled payment."));
    return finish(*attempt, std::move(result));
  }
  if (after->status == "canceled" || after->received.value_or(0) > 0) {
    judge_after(*attempt, result, *after,
                malformed(response, "Stripe did not say what became of the payment."));
    return finish(*attempt, std::move(result));
  }
  return look(attempt, std::move(result),
              malformed(response, "Stripe accepted the cancel, but the payment is not cancelled."));
}

Step<OperationResult> send(Try attempt) {
  PreparedRequest prepared;
  prepared.wire_key = wire_key(attempt.context.key, attempt.attempt, attempt.done ? "rest" : "");
  prepared.request = attempt.connection->requests.cancel_payment(attempt.intent, attempt.reason,
                                                                 prepared.wire_key);
  prepared.deduplicated = true;
  prepared.operation = Operation::void_payment;
  prepared.key = attempt.context.key;
  prepared.attempt = attempt.attempt;
  prepared.amount = attempt.snapshot.releasable;
  prepared.decided_on = attempt.snapshot;
  prepared.rule = attempt.done ? multicapture_rule() : void_rule();
  auto shared = std::make_shared<const Try>(std::move(attempt));
  return {std::move(prepared),
          [shared](const Answer& answer) { return on_answer(shared, answer); }};
}

std::string intent_of(const Payment& payment) {
  return payment.is_intent ? payment.id.str() : payment.intent;
}

}  // namespace

Step<OperationResult> cancel_rest(const Connection& connection, const RefundTask& task,
                                  const OperationResult& done) {
  return send({&connection, task.request.payment, intent_of(*from_snapshot(task.snapshot)),
               task.request.terms.reason, task.context, task.snapshot, task.context.attempt, 0,
               done});
}

Step<OperationResult> void_of(const Connection& connection, const VoidRequest& request,
                              const FlowContext& context, const PaymentSnapshot& snapshot) {
  const Payment payment = *from_snapshot(snapshot);
  OperationResult result = begin(Operation::void_payment, request.payment, context);
  result.amount = snapshot.releasable;
  wire::put_payment(result, snapshot);
  if (auto refusal = refuse_void(payment)) {
    // Too late to cancel, and a refund would find nothing either.
    if (snapshot.state == PaymentState::refunded) refusal->error.next_step = {NextAction::none};
    return end_by_rule(connection, std::move(result), refusal->error, refusal->rule);
  }
  if (!payment.is_intent && payment.intent.empty()) {
    return release_charge(connection, request, context, snapshot);
  }
  // Under a key that an earlier run may have used, Stripe tells our own cancel from another's.
  if (payment.was_let_go() && !context.repeatable_key) {
    return end_by_rule(
        connection, std::move(result),
        {ErrorCode::already_voided, "The payment was cancelled before.", {NextAction::none}},
        void_rule());
  }
  return send({&connection, request.payment, intent_of(payment), request.terms.reason, context,
               snapshot, context.attempt});
}

Step<OperationResult> void_payment(const Connection& connection, const VoidRequest& request,
                                   const FlowContext& context) {
  OperationResult result = begin(Operation::void_payment, request.payment, context);
  result.money_moved = MoneyMoved::no;
  auto error = check(request.payment);
  if (!error && request.refund) error = check(*request.refund);
  if (error) {
    wire::end_failed(result, *error);
    return end(connection, std::move(result));
  }
  if (request.refund) return cancel_refund(connection, request, context);
  return then<OperationResult>(read_payment(connection, request.payment),
                               [&connection, request, context, result](
                                   const Result<PaymentSnapshot>& read) -> Step<OperationResult> {
                                 if (read) {
                                   PaymentSnapshot snapshot = *read;
                                   recognise(snapshot.refunds, context.key);
                                   return void_of(connection, request, context, snapshot);
                                 }
                                 OperationResult failed = result;
                                 wire::end_failed(failed, read.error());
                                 return end(connection, std::move(failed));
                               });
}

}  // namespace refundkit::stripe
