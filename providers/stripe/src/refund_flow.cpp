#include <algorithm>
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

using Listed = std::vector<ListedRefund>;

/// One try: all that its answer is judged by.
struct Try {
  const Connection* connection;
  RefundRequest request;
  FlowContext context;
  PaymentSnapshot snapshot;
  RefundDecision decision;
  int attempt = 0;
  int reopened = 0;
  bool then_cancel = false;
};
using TryPtr = std::shared_ptr<const Try>;

Step<OperationResult> send(Try attempt);

OperationResult result_for(const Try& attempt) {
  OperationResult result =
      begin(attempt.decision.operation, attempt.request.payment, attempt.context);
  result.amount = attempt.decision.amount;
  wire::put_payment(result, attempt.snapshot);
  return result;
}

bool is_release(const Try& attempt) {
  return attempt.decision.operation == Operation::void_payment;
}

Step<OperationResult> end_with(const Try& attempt, OperationResult result, RefundRecord refund) {
  if (is_release(attempt)) {
    refund.gives_money_back = false;
    if (refund.state == RefundState::succeeded) result.payment_state = PaymentState::voided;
  }
  wire::put_refund(result, refund);
  wire::put_effect(result, attempt.snapshot, refund);
  return end(*attempt.connection, std::move(result));
}

Step<OperationResult> by_repeat(const Connection& connection, OperationResult result,
                                const wire::Repeat& repeat) {
  if (repeat.refusal && repeat.refusal_is_unknown) {
    wire::end_unknown(result, *repeat.refusal);
  } else if (repeat.refusal) {
    wire::end_failed(result, *repeat.refusal);
  } else {
    wire::put_refund(result, *repeat.answer);
  }
  return end(connection, std::move(result));
}

/// Is this what we asked for? Nothing, or what is wrong with it.
std::optional<std::string> mismatch(const Try& attempt, const RefundRecord& refund,
                                    const wire::Json& json) {
  if (refund.amount.currency() != attempt.decision.amount.currency()) {
    return "Stripe answered with a refund in another currency.";
  }
  if (json["amount"].integer() != attempt.decision.units) {
    return "Stripe answered with a refund of another amount.";
  }
  const bool of_intent = is_payment_intent(attempt.request.payment);
  const std::string owner = json[of_intent ? "payment_intent" : "charge"].text_or_empty();
  if (!owner.empty() && owner != attempt.request.payment.str()) {
    return "Stripe answered with a refund of another payment.";
  }
  return std::nullopt;
}

/// Looks for the refund of this operation; `none` ends it where there is none.
Step<OperationResult> look(const TryPtr& attempt, OperationResult none) {
  return then<OperationResult>(
      list_refunds(*attempt->connection, attempt->request.payment),
      [attempt, none = std::move(none)](const Result<Listed>& listed) -> Step<OperationResult> {
        if (!listed) {
          OperationResult result = result_for(*attempt);
          result.request_id = none.request_id;
          Error error = *none.error;
          error.next_step = {NextAction::resolve};
          wire::end_unknown(result, std::move(error));
          return end(*attempt->connection, std::move(result));
        }
        std::vector<RefundRecord> refunds;
        for (const ListedRefund& refund : *listed) refunds.push_back(refund.record);
        recognise(refunds, attempt->context.key);
        const wire::Repeat found =
            wire::find_operation(attempt->context.key, std::nullopt, refunds);
        if (found.refusal) {
          OperationResult result = result_for(*attempt);
          wire::end_unknown(result, *found.refusal);
          return end(*attempt->connection, std::move(result));
        }
        const bool ours = found.answer && found.answer->attempt >= attempt->attempt;
        if (ours) return end_with(*attempt, result_for(*attempt), *found.answer);
        return end(*attempt->connection, none);
      });
}

/// More than was left, by the upper of two readings: reads again, judges all rules again, and sends
/// the lower. `no` ends it where that is nothing less.
Step<OperationResult> read_again(const TryPtr& attempt, OperationResult no) {
  return then<OperationResult>(
      read_payment(*attempt->connection, attempt->request.payment),
      [attempt, no = std::move(no)](const Result<PaymentSnapshot>& read) -> Step<OperationResult> {
        const Connection& connection = *attempt->connection;
        if (!read) return end(connection, no);
        Try next = *attempt;
        next.snapshot = *read;
        recognise(next.snapshot.refunds, next.context.key);
        ++next.context.attempt;
        const RefundVerdict verdict = decide_refund(next.request, next.snapshot, next.context.now,
                                                    connection.requests.moves_connected_money());
        const auto* decision = std::get_if<RefundDecision>(&verdict);
        const auto lower =
            decision == nullptr ? std::nullopt : lower_of(*decision, attempt->decision);
        if (lower) next.decision = *lower;
        const wire::Repeat repeat = wire::judge_repeat(next.request, next.context,
                                                       next.decision.amount, next.snapshot.refunds);
        if (repeat.refusal || repeat.answer) {
          return by_repeat(connection, result_for(next), repeat);
        }
        if (const auto* refusal = std::get_if<LocalNo>(&verdict)) {
          return end_by_rule(connection, result_for(next), refusal->error, refusal->rule);
        }
        if (!lower) return end(connection, no);
        next.attempt = std::max(attempt->attempt + 1, repeat.attempt);
        return send(std::move(next));
      });
}

Step<OperationResult> refused(const TryPtr& attempt, const Answer& answer, Refusal refusal) {
  OperationResult result = result_for(*attempt);
  result.request_id = request_id(*answer.response());
  const Way way = way_after(answer, refusal, attempt->reopened);
  if (way == Way::next_attempt) {
    Try next = *attempt;
    ++next.attempt;
    ++next.reopened;
    return send(std::move(next));
  }
  const bool lower_may_do = way == Way::failed && attempt->decision.lower &&
                            refusal.error.code == ErrorCode::amount_exceeds_refundable;
  end_by(way, result, std::move(refusal.error));
  if (lower_may_do) return read_again(attempt, std::move(result));
  const bool looks = way == Way::look_or_failed || way == Way::look_or_unknown;
  return looks ? look(attempt, std::move(result)) : end(*attempt->connection, std::move(result));
}

Step<OperationResult> on_answer(const TryPtr& attempt, const Answer& answer) {
  OperationResult result = result_for(*attempt);
  if (wire::end_without_answer(result, answer)) return end(*attempt->connection, std::move(result));

  const HttpResponse& response = *answer.response();
  result.request_id = request_id(response);
  const auto body = read_body(response);
  if (!is_success(response, body)) return refused(attempt, answer, classify(response, body));

  auto refund = read_refund(*body);
  const auto wrong = refund ? mismatch(*attempt, *refund, *body) : refund.error().message;
  if (wrong) {
    wire::end_unknown(result, malformed(response, *wrong));
    return end(*attempt->connection, std::move(result));
  }
  return end_with(*attempt, std::move(result), *refund);
}

Step<OperationResult> send(Try attempt) {
  const Connection& connection = *attempt.connection;
  const RefundRequest& request = attempt.request;
  RefundFields fields;
  fields.amount = attempt.decision.units;
  fields.reason = request.terms.reason;
  fields.key = attempt.context.key;
  fields.attempt = attempt.attempt;
  fields.fingerprint = request_fingerprint(request);
  fields.reference = request.terms.reference;
  fields.then_cancel = attempt.then_cancel;
  fields.wire_key = wire_key(attempt.context.key, attempt.attempt);

  PreparedRequest prepared;
  prepared.request = connection.requests.create_refund(request.payment, fields);
  prepared.wire_key = fields.wire_key;
  prepared.deduplicated = true;
  prepared.operation = attempt.decision.operation;
  prepared.key = attempt.context.key;
  prepared.attempt = attempt.attempt;
  prepared.amount = attempt.decision.amount;
  prepared.decided_on = attempt.snapshot;
  prepared.rule = attempt.decision.rule;
  auto shared = std::make_shared<const Try>(std::move(attempt));
  return {std::move(prepared),
          [shared](const Answer& answer) { return on_answer(shared, answer); }};
}

Reading<PaymentSnapshot> snapshot_for(const Connection& connection, const RefundRequest& request,
                                      const IdempotencyKey& key) {
  const auto& given = request.snapshot;
  const bool usable = given && given->payment == request.payment && from_snapshot(*given);
  Reading<PaymentSnapshot> reading = usable
                                         ? Reading<PaymentSnapshot>(Result<PaymentSnapshot>(*given))
                                         : read_payment(connection, request.payment);
  return then<Result<PaymentSnapshot>>(
      reading, [key](const Result<PaymentSnapshot>& read) -> Reading<PaymentSnapshot> {
        if (!read) return read;
        PaymentSnapshot snapshot = *read;
        recognise(snapshot.refunds, key);
        return Result<PaymentSnapshot>(std::move(snapshot));
      });
}

}  // namespace

Step<OperationResult> end_by_rule(const Connection& connection, OperationResult result,
                                  const Error& error, const Rule& rule) {
  wire::end_failed(result, error);
  result.plan = Plan{PlanAction::none, rule.text, rule.source};
  return end(connection, std::move(result));
}

Step<OperationResult> refund_of(const Connection& connection, const RefundTask& task) {
  const auto& [request, context, snapshot, then_cancel] = task;
  const RefundVerdict verdict =
      decide_refund(request, snapshot, context.now, connection.requests.moves_connected_money());
  const auto* decision = std::get_if<RefundDecision>(&verdict);
  OperationResult result = begin(request.amount ? Operation::partial_refund : Operation::refund,
                                 request.payment, context);
  result.amount = decision != nullptr ? decision->amount : request.amount;
  wire::put_payment(result, snapshot);

  const wire::Repeat repeat = wire::judge_repeat(request, context, result.amount, snapshot.refunds);
  const auto* no = std::get_if<LocalNo>(&verdict);
  // That nothing is left tells more than that an equal refund was just made.
  const bool nothing_left = no != nullptr && no->error.code == ErrorCode::already_refunded &&
                            repeat.refusal && !repeat.refusal_is_unknown &&
                            repeat.refusal->code == ErrorCode::duplicate_request;
  if ((repeat.refusal || repeat.answer) && !nothing_left) {
    return by_repeat(connection, std::move(result), repeat);
  }
  if (no != nullptr) {
    return end_by_rule(connection, std::move(result), no->error, no->rule);
  }
  return send({&connection, request, context, snapshot, *decision, repeat.attempt, 0, then_cancel});
}

Step<OperationResult> release_charge(const Connection& connection, const VoidRequest& request,
                                     const FlowContext& context, const PaymentSnapshot& snapshot) {
  const Payment payment = *from_snapshot(snapshot);
  OperationResult result = begin(Operation::void_payment, request.payment, context);
  result.amount = snapshot.releasable;
  wire::put_payment(result, snapshot);
  RefundRequest whole{request.payment, std::nullopt, request.terms};
  const wire::Repeat ours = wire::find_operation(context.key, std::nullopt, snapshot.refunds);
  if (ours.answer && ours.answer->state != RefundState::failed) {
    return by_repeat(connection, std::move(result), ours);
  }
  if (payment.refunded || !snapshot.releasable) {
    return end_by_rule(
        connection, std::move(result),
        {ErrorCode::already_voided, "The payment was cancelled before.", {NextAction::none}},
        void_rule());
  }
  RefundDecision decision{*payment.amount, *snapshot.releasable, Operation::void_payment,
                          void_rule()};
  const int attempt = ours.answer ? ours.answer->attempt + 1 : context.attempt;
  return send({&connection, std::move(whole), context, snapshot, std::move(decision), attempt});
}

Step<OperationResult> with_payment(const Connection& connection, const RefundRequest& request,
                                   const FlowContext& context, Decide decide) {
  OperationResult result = begin(request.amount ? Operation::partial_refund : Operation::refund,
                                 request.payment, context);
  result.amount = request.amount;
  auto error = check(request.payment);
  if (!error) error = check(request);
  if (error) {
    wire::end_failed(result, *error);
    return end(connection, std::move(result));
  }
  return then<OperationResult>(
      snapshot_for(connection, request, context.key),
      [&connection, result, decide = std::move(decide)](
          const Result<PaymentSnapshot>& snapshot) -> Step<OperationResult> {
        if (snapshot) return decide(*snapshot);
        OperationResult failed = result;
        wire::end_failed(failed, snapshot.error());
        return end(connection, std::move(failed));
      });
}

Step<OperationResult> refund(const Connection& connection, const RefundRequest& request,
                             const FlowContext& context) {
  return with_payment(connection, request, context,
                      [&connection, request, context](const PaymentSnapshot& snapshot) {
                        return refund_of(connection, {request, context, snapshot});
                      });
}

}  // namespace refundkit::stripe
