#include "headline.hpp"

#include "visible.hpp"

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
    case Operation::reverse:
    case Operation::resolve:
    case Operation::plan:
    case Operation::reconcile:
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
      return "Cancelled: " + what + ".";
    case Outcome::pending:
      return "The provider accepted the cancellation of " + what + " and has not finished it yet.";
    case Outcome::requires_action:
      return "The cancellation of " + what + " waits: somebody must act at the provider first.";
    case Outcome::failed:
      return "Not cancelled: " + what + ".";
    case Outcome::unknown:
      return "Nobody knows yet whether " + what +
             " was cancelled: the provider's answer is missing.";
  }
  return {};
}

std::string payment_sentence(const OperationResult& result) {
  if (!result.payment_state) return "The payment could not be read.";
  std::string text = "The payment is " + std::string(to_text(*result.payment_state)) + ".";
  if (result.captured) text += " Taken: " + with_currency(*result.captured) + ".";
  if (result.refunded) text += " Refunded: " + with_currency(*result.refunded) + ".";
  if (result.refundable) text += " Left to refund: " + with_currency(*result.refundable) + ".";
  return text;
}

std::string reading_sentence(const OperationResult& result) {
  if (!result.refund_state) return "The refund could not be read.";
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

std::string at_time(const std::optional<TimePoint>& time) {
  return time ? " not before " + to_rfc3339(*time) : "";
}

std::string at_address(const std::optional<std::string>& url) {
  return url ? " at " + visible(*url) : " in the provider's console";
}

std::string target(const OperationResult& result) {
  std::string words = " --provider " + shell_word(result.provider.str()) + " --payment " +
                      shell_word(result.payment.str());
  if (result.account.str() != "default") words += " --account " + shell_word(result.account.str());
  return words;
}

bool is_shown_whole(const OperationResult& result) {
  return visible(result.payment.str()) == result.payment.str();
}

std::string resolve_command(const OperationResult& result) {
  if (result.key.empty() || !is_shown_whole(result)) return {};
  std::string command =
      "\n  refundkit resolve" + target(result) + " --operation " + shell_word(result.key.str());
  if (result.amount) {
    command += " --amount " + result.amount->text() + " --currency " +
               std::string(result.amount->currency().code());
  }
  return command;
}

std::string query_command(const OperationResult& result) {
  if (!result.refund || !is_shown_whole(result)) return {};
  return "\n  refundkit query" + target(result) + " --refund " + shell_word(result.refund->str());
}

std::string repeat_instruction(const OperationResult& result) {
  const std::string same = "run the same command again" + at_time(result.next_step.at);
  if (result.operation == Operation::query || result.key.empty()) return same + ".";
  if (!result.reference.empty()) {
    return same + ", with the same --reference: it stays the same operation.";
  }
  return same + ", with --idempotency-key " + shell_word(result.key.str()) +
         " so that it stays the same operation.";
}

std::string other_command(const std::string& name, const OperationResult& result) {
  if (!is_shown_whole(result)) return name + " the payment instead.";
  return name + " the payment instead:\n  refundkit " + name + target(result);
}

std::string step_sentence(const OperationResult& result) {
  const NextStep& next = result.next_step;
  switch (next.action) {
    case NextAction::none:
      return {};
    case NextAction::retry_later:
      return repeat_instruction(result);
    case NextAction::wait_until:
      return next.at ? "wait until " + to_rfc3339(*next.at) + "." : "wait, then ask again.";
    case NextAction::void_instead:
      return other_command("void", result);
    case NextAction::refund_instead:
      return other_command("refund", result);
    case NextAction::resolve:
      return "do not refund anew. Ask what became of it" + at_time(next.at) + ":" +
             resolve_command(result);
    case NextAction::fix_request:
      return "correct the command and run it again.";
    case NextAction::fix_credentials:
      return "correct the credentials (refundkit providers --provider " +
             shell_word(result.provider.str()) + " lists them).";
    case NextAction::add_funds:
      return "add funds to the merchant's balance at the provider, then run it again.";
    case NextAction::manual_portal:
      return "do it by hand" + at_address(next.url) + ".";
    case NextAction::contact_provider:
      return "ask the provider's support, or look" + at_address(next.url) + ".";
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
      return void_sentence(result, "the payment") + money_sentence(result.money_moved);
    case Subject::refund_void:
      return void_sentence(result, "the refund") + money_sentence(result.money_moved);
    case Subject::payment:
      return payment_sentence(result);
    case Subject::refund_reading:
      return reading_sentence(result);
  }
  return {};
}

std::string instruction(const OperationResult& result) {
  const std::string step = step_sentence(result);
  if (!step.empty()) return "Next: " + step;
  if (result.outcome == Outcome::pending) {
    return "Next: nothing now; do not send it again. To see how it goes on:" +
           query_command(result);
  }
  return "Next: nothing to do.";
}

}  // namespace refundkit::cli
