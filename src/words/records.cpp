#include <algorithm>

#include "refundkit/operation_result.hpp"

namespace refundkit {
inline namespace v0 {
namespace {

Outcome outcome_of(RefundState state) {
  switch (state) {
    case RefundState::succeeded:
      return Outcome::succeeded;
    case RefundState::pending:
      return Outcome::pending;
    case RefundState::requires_action:
      return Outcome::requires_action;
    case RefundState::failed:
    case RefundState::canceled:
      return Outcome::failed;
  }
  return Outcome::unknown;
}

NextStep next_step_of(const RefundRecord& refund) {
  if (refund.error) return refund.error->next_step;
  // A pending refund ends by itself: wait, then query it.
  const bool waits = refund.state == RefundState::pending;
  return {waits ? NextAction::wait_until : NextAction::none};
}

Error unexplained(RefundState state) {
  if (state == RefundState::requires_action) {
    return {ErrorCode::in_progress,
            "The refund waits for the customer or the merchant to act at the provider.",
            {NextAction::wait_until}};
  }
  return {ErrorCode::declined,
          "The refund did not reach the customer, and the provider gives no reason.",
          {NextAction::contact_provider}};
}

}  // namespace

std::string PaymentSnapshot::fact(std::string_view name) const {
  const auto found = std::find_if(facts.begin(), facts.end(),
                                  [name](const auto& fact) { return fact.first == name; });
  return found == facts.end() ? std::string() : found->second;
}

OperationResult result_of(const RefundRecord& refund) {
  OperationResult result;
  result.operation = Operation::refund;
  result.outcome = outcome_of(refund.state);
  const bool taken_back = result.outcome == Outcome::failed;
  result.money_moved = refund.gives_money_back && !taken_back ? MoneyMoved::yes : MoneyMoved::no;
  result.payment = refund.payment;
  result.refund = refund.id;
  result.refund_state = refund.state;
  result.amount = refund.amount;
  result.next_step = next_step_of(refund);
  if (taken_back || result.outcome == Outcome::requires_action) {
    result.error = refund.error ? *refund.error : unexplained(refund.state);
    result.next_step = result.error->next_step;
  }
  result.bank_reference = refund.bank_reference;
  result.expected_arrival = refund.expected_arrival;
  result.key = refund.key;
  result.reference = refund.reference;
  result.attempts = refund.key.empty() ? 0 : refund.attempt + 1;
  return result;
}

}  // namespace v0
}  // namespace refundkit
