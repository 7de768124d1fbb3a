#include "client/plan.hpp"

namespace refundkit {
inline namespace v0 {
namespace {

PlanAction action_of(Operation operation) {
  switch (operation) {
    case Operation::void_payment:
      return PlanAction::void_payment;
    case Operation::partial_refund:
      return PlanAction::partial_refund;
    case Operation::refund:
      return PlanAction::refund;
    case Operation::query:
      break;
  }
  return PlanAction::none;
}

PlanAction action_of(const NextStep& next) {
  switch (next.action) {
    case NextAction::wait_until:
      return PlanAction::wait;
    case NextAction::manual_portal:
    case NextAction::contact_provider:
      return PlanAction::manual;
    case NextAction::none:
    case NextAction::retry_later:
    case NextAction::void_instead:
    case NextAction::refund_instead:
    case NextAction::resolve:
    case NextAction::fix_request:
    case NextAction::fix_credentials:
    case NextAction::add_funds:
      break;
  }
  return PlanAction::none;
}

// Whether the provider's state was read, so that what follows is advice. A provider that could not
// be read leaves nothing to plan.
bool is_decided(const OperationResult& result) { return result.payment_state.has_value(); }

OperationResult planned_move(const PreparedRequest& prepared) {
  OperationResult result;
  result.operation = prepared.operation;
  result.payment = prepared.decided_on.payment;
  result.payment_state = prepared.decided_on.state;
  result.captured = prepared.decided_on.captured;
  result.refunded = prepared.decided_on.refunded;
  result.refundable = prepared.decided_on.refundable;
  result.amount = prepared.amount;
  result.key = prepared.key;
  result.plan = Plan{action_of(prepared.operation), prepared.rule.text, prepared.rule.source};
  return result;
}

OperationResult planned_without_move(OperationResult result) {
  if (result.error && !is_decided(result)) {
    result.plan.reset();
    return result;
  }
  if (!result.plan) result.plan = Plan{};
  result.plan->action = action_of(result.next_step);
  // The reason in this case tells more than the rule in general, whose source stays beside it.
  if (result.error) result.plan->rule = result.error->message;
  if (result.plan->rule.empty()) result.plan->rule = describe(result);
  result.error.reset();
  return result;
}

}  // namespace

OperationResult planned(const Step<OperationResult>& step) {
  OperationResult result =
      step.moves() != nullptr ? planned_move(*step.moves()) : planned_without_move(*step.result());
  if (result.plan) {
    result.outcome = Outcome::succeeded;
    result.money_moved = MoneyMoved::no;
  }
  return result;
}

}  // namespace v0
}  // namespace refundkit
