#include "headline.hpp"

namespace refundkit::cli {
namespace {

enum class Subject { refund, payment_void, refund_void, payment, refund_reading };

Subject subject_of(const OperationResult& result) {
  const bool has_refund = result.refund.has_value();
  switch (result.operation) {
    case Operation::void_payment:
      return has_refund ? Subject::refund_void : Subject::payment_void;
    case Operation::query:
      return has_refund ? Subject::refund_reading : Subject::payment;
    case Operation::refund:
    case Operation::partial_refund:
      return Subject::refund;
  }
  return Subject::refund;
}

std::string amount_of(const OperationResult& result) {
  return result.amount ? with_currency(*result.amount) : "the payment";
}

std::string money_sentence(MoneyMoved moved) {
  switch (moved) {
    case MoneyMoved::yes:
      return " Money moved: yes.";
    case MoneyMoved::no:
      return " Money moved: no.";
    case MoneyMoved::unknown:
      return " Money moved: not known.";
  }
  return {};
}

std::string refund_sentence(const OperationResult& result) {
  const std::string amount = amount_of(result);
  switch (result.outcome) {
    case Outcome::succeeded:
      return "Refunded " + amount + ": the provider confirms it.";
    case Outcome::pending:
      if (result.queued_until) {
        return "The refund of " + amount + " waits in the queue until " +
               to_rfc3339(*result.queued_until) + ".";
      }
      return "The provider accepted the refund of " + amount + " and has not finished it yet.";
    case Outcome::requires_action:
      return "The refund of " + amount + " waits: somebody must act at the provider first.";
    case Outcome::failed:
      return "Not refunded.";
    case Outcome::unknown:
      return "Nobody knows yet whether " + amount +
             " was refunded: the provider's answer is missing.";
  }
  return {};
}

std::string void_sentence(const OperationResult& result, const std::string& what) {
  switch (result.outcome) {
    case Outcome::succeeded:
      return "The " + what + " was cancelled.";
    case Outcome::pending:
      return "The provider accepted the cancellation of the " + what +
             " and has not finished it yet.";
    case Outcome::requires_action:
      return "The cancellation of the " + what + " waits: somebody must act at the provider first.";
    case Outcome::failed:
      return "The " + what + " was not cancelled.";
    case Outcome::unknown:
      return "Nobody knows yet whether the " + what +
             " was cancelled: the provider's answer is missing.";
  }
  return {};
}

std::string payment_sentence(const OperationResult& result) {
  if (!result.payment_state) return "The question could not be answered.";
  std::string text = "The payment is " + std::string(to_text(*result.payment_state)) + ".";
  if (result.captured) text += " Taken: " + with_currency(*result.captured) + ".";
  if (result.refunded) text += " Refunded: " + with_currency(*result.refunded) + ".";
  if (result.refundable) text += " Left to refund: " + with_currency(*result.refundable) + ".";
  return text;
}

std::string reading_sentence(const OperationResult& result) {
  if (!result.refund_state) return "The question could not be answered.";
  return "The refund of " + amount_of(result) + " is " +
         std::string(to_text(*result.refund_state)) + "." + money_sentence(result.money_moved);
}

std::string plan_sentence(const OperationResult& result) {
  switch (result.plan->action) {
    case PlanAction::void_payment:
      return "Plan: cancel the payment. Nothing was sent.";
    case PlanAction::refund:
    case PlanAction::partial_refund:
      return "Plan: refund " + amount_of(result) + ". Nothing was sent.";
    case PlanAction::wait:
      return "Plan: wait. Nothing was sent.";
    case PlanAction::manual:
      return "Plan: do it by hand at the provider. Nothing was sent.";
    case PlanAction::none:
      return "Plan: there is nothing to do, or nothing that can be done. Nothing was sent.";
  }
  return {};
}

}  // namespace

std::string with_currency(const Money& money) {
  return money.text() + " " + std::string(money.currency().code());
}

std::string headline(const OperationResult& result) {
  if (result.plan) return plan_sentence(result);
  switch (subject_of(result)) {
    case Subject::refund:
      return refund_sentence(result) + money_sentence(result.money_moved);
    case Subject::payment_void:
      return void_sentence(result, "payment") + money_sentence(result.money_moved);
    case Subject::refund_void:
      return void_sentence(result, "refund") + money_sentence(result.money_moved);
    case Subject::payment:
      return payment_sentence(result);
    case Subject::refund_reading:
      return reading_sentence(result);
  }
  return {};
}

}  // namespace refundkit::cli
