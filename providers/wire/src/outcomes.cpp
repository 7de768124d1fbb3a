#include "refundkit/wire/outcomes.hpp"

#include <utility>

namespace refundkit::wire {
namespace {

std::optional<Money> sum(const std::optional<Money>& a, const Money& b) {
  if (!a) return std::nullopt;
  const Result<Money> total = a->plus(b);
  return total ? std::optional<Money>(*total) : std::nullopt;
}

std::optional<Money> rest(const std::optional<Money>& a, const Money& b) {
  if (!a) return std::nullopt;
  const Result<Money> left = a->minus(b);
  if (!left || left->minor() < 0) return std::nullopt;
  return *left;
}

}  // namespace

void end_failed(OperationResult& result, Error error) {
  result.outcome = Outcome::failed;
  result.money_moved = MoneyMoved::no;
  result.next_step = error.next_step;
  result.error = std::move(error);
}

void end_unknown(OperationResult& result, Error error) {
  result.outcome = Outcome::unknown;
  result.money_moved =
      result.operation == Operation::void_payment ? MoneyMoved::no : MoneyMoved::unknown;
  if (error.next_step.action == NextAction::none) error.next_step.action = NextAction::resolve;
  result.next_step = error.next_step;
  result.error = std::move(error);
}

bool end_without_answer(OperationResult& result, const Answer& answer) {
  if (answer.response() != nullptr) return false;
  Error error = answer.refused() != nullptr ? *answer.refused() : no_answer(*answer.failure());
  const bool nothing_sent = answer.refused() != nullptr || answer.failure()->sent == Sent::nothing;
  if (nothing_sent && !answer.repeats_unanswered) {
    end_failed(result, std::move(error));
  } else {
    error.next_step = {NextAction::resolve};
    end_unknown(result, std::move(error));
  }
  return true;
}

void put_payment(OperationResult& result, const PaymentSnapshot& payment) {
  result.payment_state = payment.state;
  result.captured = payment.captured;
  result.refunded = payment.refunded;
  result.refundable = payment.refundable;
  if (!payment.request_id.empty()) result.request_id = payment.request_id;
}

void put_refund(OperationResult& result, const RefundRecord& refund) {
  const OperationResult told = result_of(refund);
  result.outcome = told.outcome;
  result.money_moved = told.money_moved;
  result.refund = told.refund;
  result.refund_state = told.refund_state;
  result.amount = told.amount;
  result.error = told.error;
  result.next_step = told.next_step;
  result.bank_reference = told.bank_reference;
  result.expected_arrival = told.expected_arrival;
}

void put_effect(OperationResult& result, const PaymentSnapshot& before,
                const RefundRecord& refund) {
  const bool alive = refund.state != RefundState::failed && refund.state != RefundState::canceled;
  if (!alive || !refund.gives_money_back) return;
  if (before.refundable) result.refundable = rest(before.refundable, refund.amount);
  // A reading counts what is under way, too: so does the answer.
  result.refunded = sum(before.refunded, refund.amount);
  if (refund.state != RefundState::succeeded) return;

  const bool counts = before.state == PaymentState::captured ||
                      before.state == PaymentState::settled ||
                      before.state == PaymentState::partially_refunded;
  if (!counts) return;
  const bool all =
      before.captured && result.refunded && result.refunded->minor() >= before.captured->minor();
  result.payment_state = all ? PaymentState::refunded : PaymentState::partially_refunded;
}

}  // namespace refundkit::wire
