#include <memory>
#include <utility>

#include "flows.hpp"
#include "ids.hpp"
#include "refundkit/wire/outcomes.hpp"
#include "rulings.hpp"

namespace refundkit::stripe {
namespace {

/// One try to cancel a refund that is still on its way.
struct Try {
  const Connection* connection;
  VoidRequest request;
  FlowContext context;
  RefundRecord before;
  int attempt = 0;
  int reopened = 0;
};
using TryPtr = std::shared_ptr<const Try>;

const Rule& rule() {
  static const Rule cancelling{"cancelling a refund",
                               "Only while it waits for the customer's bank details.",
                               "docs.stripe.com/api/refunds"};
  return cancelling;
}

Step<OperationResult> send(Try attempt);

OperationResult result_for(const Try& attempt, const RefundRecord& refund) {
  OperationResult result = begin(Operation::void_payment, attempt.request.payment, attempt.context);
  result.refund = refund.id;
  result.refund_state = refund.state;
  result.amount = refund.amount;
  result.money_moved = MoneyMoved::no;
  return result;
}

/// Cancelled, or whatever `open` says of it.
Step<OperationResult> judge(const Try& attempt, const RefundRecord& refund,
                            const std::string& request_id, Error open) {
  OperationResult result = result_for(attempt, refund);
  result.request_id = request_id;
  if (refund.state == RefundState::canceled) {
    result.outcome = Outcome::succeeded;
  } else {
    open.next_step = {NextAction::resolve};
    wire::end_unknown(result, std::move(open));
  }
  return end(*attempt.connection, std::move(result));
}

Step<OperationResult> look(const TryPtr& attempt, const std::string& request_id, Error open) {
  return then<OperationResult>(
      read_refund(*attempt->connection, attempt->request.payment, *attempt->request.refund),
      [attempt, request_id, open = std::move(open)](const Result<RefundRecord>& read) {
        return judge(*attempt, read ? *read : attempt->before, request_id, open);
      });
}

Step<OperationResult> refused(const TryPtr& attempt, const Answer& answer, Refusal refusal) {
  OperationResult result = result_for(*attempt, attempt->before);
  result.request_id = request_id(*answer.response());
  const Way way = way_after(answer, refusal, attempt->reopened);
  if (way == Way::look_or_unknown) {
    return look(attempt, result.request_id, std::move(refusal.error));
  }
  if (way == Way::next_attempt) {
    Try next = *attempt;
    ++next.attempt;
    ++next.reopened;
    return send(std::move(next));
  }
  const bool is_no = way == Way::failed || way == Way::look_or_failed;
  if (is_no && attempt->before.state == RefundState::canceled) {
    refusal.error.code = ErrorCode::already_voided;
    refusal.error.message = "The refund was cancelled before.";
    refusal.error.next_step = {NextAction::none};
  }
  end_by(way, result, std::move(refusal.error));
  return end(*attempt->connection, std::move(result));
}

Step<OperationResult> on_answer(const TryPtr& attempt, const Answer& answer) {
  OperationResult result = result_for(*attempt, attempt->before);
  if (wire::end_without_answer(result, answer)) return end(*attempt->connection, std::move(result));
  const HttpResponse& response = *answer.response();
  const auto body = read_body(response);
  if (!is_success(response, body)) return refused(attempt, answer, classify(response, body));

  const auto refund = read_refund(*body);
  if (!refund || refund->id != *attempt->request.refund) {
    result.request_id = request_id(response);
    wire::end_unknown(result, malformed(response, "Stripe's answer is not the cancelled refund."));
    return end(*attempt->connection, std::move(result));
  }
  if (refund->state == RefundState::canceled) {
    return judge(*attempt, *refund, request_id(response), {});
  }
  return look(attempt, request_id(response),
              malformed(response, "Stripe accepted the cancel, but the refund is not cancelled."));
}

Step<OperationResult> send(Try attempt) {
  PreparedRequest prepared;
  prepared.wire_key = wire_key(attempt.context.key, attempt.attempt);
  prepared.request =
      attempt.connection->requests.cancel_refund(*attempt.request.refund, prepared.wire_key);
  prepared.deduplicated = true;
  prepared.operation = Operation::void_payment;
  prepared.key = attempt.context.key;
  prepared.attempt = attempt.attempt;
  prepared.amount = attempt.before.amount;
  prepared.decided_on.payment = attempt.request.payment;
  prepared.decided_on.refunds = {attempt.before};
  prepared.rule = rule();
  auto shared = std::make_shared<const Try>(std::move(attempt));
  return {std::move(prepared),
          [shared](const Answer& answer) { return on_answer(shared, answer); }};
}

}  // namespace

Step<OperationResult> cancel_refund(const Connection& connection, const VoidRequest& request,
                                    const FlowContext& context) {
  return then<OperationResult>(
      read_refund(connection, request.payment, *request.refund),
      [&connection, request, context](const Result<RefundRecord>& read) -> Step<OperationResult> {
        if (!read) {
          OperationResult result = begin(Operation::void_payment, request.payment, context);
          result.refund = request.refund;
          wire::end_failed(result, read.error());
          return end(connection, std::move(result));
        }
        Try attempt{&connection, request, context, *read, context.attempt};
        // Under a key of an earlier run Stripe tells whether that cancel was ours.
        if (read->state != RefundState::canceled || context.repeatable_key) {
          return send(std::move(attempt));
        }
        return end_by_rule(
            connection, result_for(attempt, *read),
            {ErrorCode::already_voided, "The refund was cancelled before.", {NextAction::none}},
            rule());
      });
}

}  // namespace refundkit::stripe
