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

std::string outcome_sentence(const OperationResult& result) {
  switch (result.outcome) {
    case Outcome::succeeded:
      return success_sentence(result);
    case Outcome::pending:
      return pending_sentence(result);
    case Outcome::requires_action:
      return "Somebody must act at the provider before the refund goes on.";
    case Outcome::failed:
      if (result.operation == Operation::query && !result.refund) {
        return "The provider could not be read.";
      }
      return is_void(result) ? "The payment was not cancelled."
                             : "The refund did not happen: no money moved.";
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

std::string next_sentence(const NextStep& next) {
  switch (next.action) {
    case NextAction::none:
      return {};
    case NextAction::retry_later:
      return "Next: send the same request again under the same key" + at_time(next.at) + ".";
    case NextAction::wait_until:
      return next.at ? "Next: wait until " + to_rfc3339(*next.at) + "."
                     : "Next: wait, then query it.";
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
      return "Next: add funds to the merchant's balance at the provider.";
    case NextAction::manual_portal:
      return "Next: do it by hand" + at_address(next.url) + ".";
    case NextAction::contact_provider:
      return "Next: ask the provider's support, or look" + at_address(next.url) + ".";
  }
  return {};
}

}  // namespace

std::string describe(const OperationResult& result) {
  std::string text = outcome_sentence(result);
  if (result.error && !result.error->message.empty()) text += " " + result.error->message;
  const std::string next = next_sentence(result.next_step);
  if (!next.empty()) text += " " + next;
  return text;
}

}  // namespace v0
}  // namespace refundkit
