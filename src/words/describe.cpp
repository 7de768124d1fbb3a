#include <string>

#include "refundkit/operation_result.hpp"

namespace refundkit {
inline namespace v0 {
namespace {

std::string with_currency(const Money& money) {
  return money.text() + " " + std::string(money.currency().code());
}

std::string money_or(const std::optional<Money>& money, std::string_view otherwise) {
  return money ? with_currency(*money) : std::string(otherwise);
}

bool is_void(const OperationResult& result) { return result.operation == Operation::void_payment; }

std::string payment_sentence(const OperationResult& result) {
  if (!result.payment_state) return "The payment was read.";
  std::string text = "The payment is " + std::string(to_text(*result.payment_state));
  if (result.captured) text += "; captured " + with_currency(*result.captured);
  if (result.refunded) text += ", refunded " + with_currency(*result.refunded);
  if (result.refundable) text += ", still refundable " + with_currency(*result.refundable);
  return text + ".";
}

std::string success_sentence(const OperationResult& result) {
  if (result.plan) return "Nothing was sent. " + result.plan->rule;
  if (is_void(result)) return "The payment was cancelled. No money is taken.";
  if (result.operation == Operation::query && !result.refund) return payment_sentence(result);
  return "The refund of " + money_or(result.amount, "the payment") +
         " succeeded: the provider confirms it.";
}

std::string pending_sentence(const OperationResult& result) {
  if (result.queued_until) {
    return "Queued until " + to_rfc3339(*result.queued_until) + ". Nothing was sent yet.";
  }
  return "The provider accepted the refund of " + money_or(result.amount, "the payment") +
         " and has not finished it. Do not send it again.";
}

std::string unknown_sentence(const OperationResult& result) {
  return is_void(result)
             ? "It is not known whether the payment was cancelled."
             : "It is not known whether the refund happened. Do not send it under another key.";
}

std::string failed_sentence(const OperationResult& result) {
  if (result.operation == Operation::query && !result.refund) {
    return "The provider could not be read.";
  }
  return is_void(result) ? "The payment was not cancelled."
                         : "The refund did not happen: no money moved.";
}

std::string action_sentence(const OperationResult& result) {
  if (result.next_step.action == NextAction::manual_portal) {
    return "Somebody on the merchant's side must approve it at the provider, which then does it by "
           "itself.";
  }
  return "The customer must do something for the provider before the refund goes on.";
}

std::string step_sentence(const StepRecord& step) {
  const std::string what =
      (step.operation == Operation::void_payment ? "The release of " : "The refund of ") +
      money_or(step.amount, "what there was");
  switch (step.outcome) {
    case Outcome::succeeded:
      return what + " happened.";
    case Outcome::pending:
      return what + " was accepted and is not finished.";
    case Outcome::requires_action:
      return what + " waits until somebody acts.";
    case Outcome::failed:
      return what + " did not happen.";
    case Outcome::unknown:
      return what + " may or may not have happened.";
  }
  return {};
}

/// Of an operation of several requests, a part may have happened.
std::string steps_sentence(const std::vector<StepRecord>& steps) {
  std::string text;
  for (const StepRecord& step : steps) text += (text.empty() ? "" : " ") + step_sentence(step);
  return text;
}

std::string outcome_sentence(const OperationResult& result) {
  if (!result.steps.empty()) return steps_sentence(result.steps);
  switch (result.outcome) {
    case Outcome::succeeded:
      return success_sentence(result);
    case Outcome::pending:
      return pending_sentence(result);
    case Outcome::requires_action:
      return action_sentence(result);
    case Outcome::failed:
      return failed_sentence(result);
    case Outcome::unknown:
      return unknown_sentence(result);
  }
  return {};
}

std::string at_time(const std::optional<TimePoint>& time) {
  return time ? " at " + to_rfc3339(*time) + " or later" : "";
}

std::string at_address(const std::optional<std::string>& url) {
  return url ? " at " + *url : " in the provider's console";
}

std::string wait_sentence(const OperationResult& result) {
  const auto& at = result.next_step.at;
  if (result.outcome == Outcome::requires_action) {
    const std::string deadline = at ? "by " + to_rfc3339(*at) : std::string("in time");
    return "Next: the customer must act " + deadline + ", or it lapses. Do not send it again.";
  }
  return at ? "Next: wait until " + to_rfc3339(*at) + "." : "Next: wait, then query it.";
}

std::string funds_sentence(const OperationResult& result) {
  const std::string add = "Next: add funds to the merchant's balance at the provider";
  if (result.outcome == Outcome::failed) return add + ", then send it again under the same key.";
  return add + "; the refund then goes out by itself. Do not send it again.";
}

std::string portal_sentence(const OperationResult& result) {
  const std::string where = at_address(result.next_step.url);
  if (result.outcome == Outcome::requires_action) {
    return "Next: have it approved" + where + ". Make no second one.";
  }
  return "Next: do it by hand" + where + ".";
}

std::string next_sentence(const OperationResult& result) {
  const NextStep& next = result.next_step;
  switch (next.action) {
    case NextAction::none:
      return {};
    case NextAction::retry_later:
      return "Next: send the same request again under the same key" + at_time(next.at) + ".";
    case NextAction::wait_until:
      return wait_sentence(result);
    case NextAction::void_instead:
      return "Next: void the payment instead.";
    case NextAction::refund_instead:
      return "Next: refund the payment instead.";
    case NextAction::resolve:
      return "Next: resolve it under its key" + at_time(next.at) + "; never make a new refund.";
    case NextAction::fix_request:
      return "Next: correct the request.";
    case NextAction::fix_credentials:
      return "Next: correct the credentials.";
    case NextAction::add_funds:
      return funds_sentence(result);
    case NextAction::manual_portal:
      return portal_sentence(result);
    case NextAction::contact_provider:
      return "Next: ask the provider's support, or look" + at_address(next.url) + ".";
  }
  return {};
}

}  // namespace

std::string describe(const OperationResult& result) {
  std::string text = outcome_sentence(result);
  if (result.error && !result.error->message.empty()) text += " " + result.error->message;
  const std::string next = next_sentence(result);
  if (!next.empty()) text += " " + next;
  return text;
}

}  // namespace v0
}  // namespace refundkit
