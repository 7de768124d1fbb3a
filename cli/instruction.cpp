#include "instruction.hpp"

#include "visible.hpp"

namespace refundkit::cli {
namespace {

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

std::string amount_options(const OperationResult& result) {
  if (!result.amount) return {};
  return " --amount " + result.amount->text() + " --currency " +
         std::string(result.amount->currency().code());
}

std::string refund_option(const OperationResult& result) {
  return result.refund ? " --refund " + shell_word(result.refund->str()) : "";
}

bool is_void(const OperationResult& result) { return result.operation == Operation::void_payment; }

std::string resolve_command(const OperationResult& result) {
  if (result.key.empty() || !is_shown_whole(result)) return {};
  const std::string command =
      "\n  refundkit resolve" + target(result) + " --operation " + shell_word(result.key.str());
  return is_void(result) ? command : command + amount_options(result);
}

std::string query_command(const OperationResult& result) {
  if (!result.refund || !is_shown_whole(result)) return {};
  return "\n  refundkit query" + target(result) + refund_option(result);
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

std::string correction(const OperationResult& result) {
  if (result.error && result.error->code == ErrorCode::duplicate_request) {
    return "if it was meant as a repeat, do nothing. If it is another one, run the command again "
           "with a "
           "--reference of its own, or with --again.";
  }
  return "correct the command and run it again.";
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
      return "do not begin it anew. Ask what became of it" + at_time(next.at) + ":" +
             resolve_command(result);
    case NextAction::fix_request:
      return correction(result);
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

std::string planned_instruction(const OperationResult& result) {
  const std::string beginning = "Next: to do it, give it a reference of yours:\n  refundkit ";
  const std::string ending = " --reference TEXT";
  switch (result.plan->action) {
    case PlanAction::void_payment:
      return beginning + "void" + target(result) + refund_option(result) + ending;
    case PlanAction::refund:
      return beginning + "refund" + target(result) + ending;
    case PlanAction::partial_refund:
      return beginning + "refund" + target(result) + amount_options(result) + ending;
    case PlanAction::wait:
    case PlanAction::manual:
    case PlanAction::none:
      return "Next: nothing to do.";
  }
  return {};
}

}  // namespace

std::string instruction(const OperationResult& result) {
  const std::string step = step_sentence(result);
  if (!step.empty()) return "Next: " + step;
  if (result.plan && is_shown_whole(result)) return planned_instruction(result);
  if (result.outcome == Outcome::pending) {
    const std::string query = query_command(result);
    return "Next: nothing now; do not send it again." +
           (query.empty() ? "" : " To see how it goes on:" + query);
  }
  return "Next: nothing to do.";
}

}  // namespace refundkit::cli
