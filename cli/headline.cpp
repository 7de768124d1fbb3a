#include "headline.hpp"

#include "visible.hpp"

namespace refundkit::cli {
namespace {

enum class Subject { refund, payment_void, refund_void, payment, refund_reading };

/// A provider may list the release of an authorization as a refund: only what was asked for tells
/// whether a refund was to be cancelled.
Subject subject_of(const OperationResult& result, const Asked& asked) {
  switch (result.operation) {
    case Operation::void_payment:
      return asked.words.refund ? Subject::refund_void : Subject::payment_void;
    case Operation::query:
      return result.refund ? Subject::refund_reading : Subject::payment;
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

/// An earlier run of the same operation did it, and the provider's list says so.
bool is_repeat(const OperationResult& result) {
  const bool ordered =
      result.requested == Requested::refund || result.requested == Requested::reverse;
  return ordered && !result.sent && !result.queued_until;
}

std::string repeat_sentence(const OperationResult& result) {
  const std::string under = result.reference.empty() ? "this key" : visible(result.reference.str());
  return amount_of(result) + " was already refunded under " + under + "; nothing was sent now.";
}

std::string accepted_sentence(const OperationResult& result) {
  if (result.queued_until) {
    return "The refund of " + amount_of(result) + " waits in the queue until " +
           to_rfc3339(*result.queued_until) + ".";
  }
  const std::string again = is_repeat(result) ? " Nothing was sent now." : "";
  return "The provider accepted the refund of " + amount_of(result) +
         " and has not finished it yet." + again;
}

std::string waiting_sentence(const OperationResult& result, const std::string& what) {
  if (result.next_step.action == NextAction::manual_portal) {
    return "The " + what + " waits until somebody on your side approves it at the provider.";
  }
  return "The " + what + " waits: the customer must first do something for the provider.";
}

std::string refund_sentence(const OperationResult& result) {
  const std::string amount = amount_of(result);
  switch (result.outcome) {
    case Outcome::succeeded:
      if (is_repeat(result)) return repeat_sentence(result);
      return "Refunded " + amount + ": the provider confirms it.";
    case Outcome::pending:
      return accepted_sentence(result);
    case Outcome::requires_action:
      return waiting_sentence(result, "refund of " + amount);
    case Outcome::failed:
      return "Not refunded.";
    case Outcome::unknown:
      if (result.requested == Requested::resolve) {
        return "It is still not known whether " + amount + " was refunded.";
      }
      return "Nobody knows yet whether " + amount +
             " was refunded: the provider's answer is missing.";
  }
  return {};
}

std::string voided_sentence(const OperationResult& result, const std::string& what) {
  // What is voided carries no key that could be compared; only a listed release does.
  if (result.requested == Requested::resolve && (what == "refund" || !result.refund)) {
    return "The " + what + " is voided. Whether by this key cannot be told.";
  }
  if (!result.sent && result.requested == Requested::void_payment) {
    return "The " + what + " was already cancelled; nothing was sent now.";
  }
  return "The " + what + " was cancelled.";
}

std::string void_sentence(const OperationResult& result, const std::string& what) {
  switch (result.outcome) {
    case Outcome::succeeded:
      return voided_sentence(result, what);
    case Outcome::pending:
      return "The provider accepted the cancellation of the " + what +
             " and has not finished it yet.";
    case Outcome::requires_action:
      return waiting_sentence(result, "cancellation of the " + what);
    case Outcome::failed:
      return "The " + what + " was not cancelled.";
    case Outcome::unknown:
      return "Nobody knows yet whether the " + what +
             " was cancelled: the provider's answer is missing.";
  }
  return {};
}

std::string step_sentence(const StepRecord& step) {
  const bool is_void = step.operation == Operation::void_payment;
  const std::string amount = step.amount ? with_currency(*step.amount) : "what there was";
  const std::string what = (is_void ? "release of " : "refund of ") + amount;
  switch (step.outcome) {
    case Outcome::succeeded:
      return (is_void ? "Released " : "Refunded ") + amount + ".";
    case Outcome::pending:
      return "The " + what + " was accepted and is not finished yet.";
    case Outcome::requires_action:
      return "The " + what + " waits: somebody must act first.";
    case Outcome::failed:
      return "The " + what + " did not happen.";
    case Outcome::unknown:
      return "Nobody knows yet whether the " + what + " happened.";
  }
  return {};
}

/// An operation of several requests may have done a part: "not refunded" would be a lie.
std::string steps_sentence(const std::vector<StepRecord>& steps) {
  std::string text;
  for (const StepRecord& step : steps) text += (text.empty() ? "" : " ") + step_sentence(step);
  return text;
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
      return "Plan: nothing, for the reason below. Nothing was sent.";
  }
  return {};
}

}  // namespace

std::string with_currency(const Money& money) {
  return money.text() + " " + std::string(money.currency().code());
}

bool is_told_by_error(const OperationResult& result) {
  if (result.outcome != Outcome::unknown || !result.error) return false;
  return result.error->code == ErrorCode::idempotency_conflict ||
         result.error->code == ErrorCode::duplicate_request;
}

std::string headline(const OperationResult& result, const Asked& asked) {
  if (result.plan) return plan_sentence(result);
  const std::string money = money_sentence(result.money_moved);
  if (is_told_by_error(result)) return visible(result.error->message) + money;
  if (!result.steps.empty()) return steps_sentence(result.steps) + money;
  switch (subject_of(result, asked)) {
    case Subject::refund:
      return refund_sentence(result) + money;
    case Subject::payment_void:
      return void_sentence(result, "payment") + money;
    case Subject::refund_void:
      return void_sentence(result, "refund") + money;
    case Subject::payment:
      return payment_sentence(result);
    case Subject::refund_reading:
      return reading_sentence(result);
  }
  return {};
}

}  // namespace refundkit::cli
