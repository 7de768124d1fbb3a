#include "instruction.hpp"

#include "next_command.hpp"
#include "visible.hpp"

namespace refundkit::cli {
namespace {

std::string at_time(const std::optional<TimePoint>& time) {
  return time ? " not before " + to_rfc3339(*time) : "";
}

std::string at_address(const std::optional<std::string>& url) {
  return url ? " at " + visible(*url) : " in the provider's console";
}

bool has_code(const OperationResult& result, ErrorCode code) {
  return result.error && result.error->code == code;
}

bool is_void(const OperationResult& result) { return result.operation == Operation::void_payment; }

/// How to say the same thing again so that it stays the same operation.
std::string under_its_key(const OperationResult& result) {
  if (!result.reference.empty()) return "with the same --reference";
  return "with --idempotency-key " + shell_word(result.key.str());
}

std::string to_see(const OperationResult& result, const Asked& asked) {
  const std::string command = query_command(result, asked);
  return command.empty() ? "" : " To see how it goes on:" + command;
}

std::string repeat_instruction(const OperationResult& result, const Asked& asked) {
  if (result.requested == Requested::resolve && is_void(result)) {
    return "to send it again under the same key" + at_time(result.next_step.at) + ":" +
           void_again_command(result, asked);
  }
  const std::string same = "run the same command again" + at_time(result.next_step.at);
  const bool reads = result.operation == Operation::query;
  if (reads || result.key.empty()) return same + ".";
  if (result.requested == Requested::resolve) {
    return "run the original command again" + at_time(result.next_step.at) +
           ", with the same --reference, or, if it had none, " + under_its_key(result) + ".";
  }
  const std::string ending = ": it stays the same operation.";
  return same + ", " + under_its_key(result) + ending;
}

std::string wait_instruction(const OperationResult& result, const Asked& asked) {
  const auto& at = result.next_step.at;
  if (result.outcome == Outcome::requires_action) {
    const std::string lapse =
        at ? " by " + to_rfc3339(*at) + ", or the refund lapses" : ", or the refund lapses";
    return "the customer must do what the provider asks for (such as give bank details)" + lapse +
           ". Do not send it again." + to_see(result, asked);
  }
  if (result.outcome == Outcome::pending) {
    const std::string until = at ? "wait until " + to_rfc3339(*at) : "nothing now";
    return until + "; do not send it again." + to_see(result, asked);
  }
  return at ? "wait until " + to_rfc3339(*at) + "." : "wait, then ask again.";
}

std::string funds_instruction(const OperationResult& result, const Asked& asked) {
  const std::string add = "add funds to the merchant's balance at the provider";
  if (result.outcome == Outcome::failed) {
    const bool ordered = result.requested != Requested::query &&
                         result.requested != Requested::refunds &&
                         result.requested != Requested::webhook;
    return add + (ordered ? ", then " + repeat_instruction(result, asked) : ".");
  }
  return add + "; the refund then goes out by itself. Do not send it again." +
         to_see(result, asked);
}

std::string portal_instruction(const OperationResult& result) {
  const std::string where = at_address(result.next_step.url);
  if (result.outcome == Outcome::requires_action) {
    return "have it approved" + where +
           "; the provider then makes the refund by itself. Make no second one.";
  }
  return "do it by hand" + where + ".";
}

/// A look that found nothing. With a provider that keeps keys, the original command is safe.
std::string nothing_listed(const OperationResult& result, const Asked& asked) {
  if (!asked.provider.deduplicates) {
    return "do not begin it anew. Look again" + at_time(result.next_step.at) + ":" +
           resolve_command(result, asked) + "\nIf the key may be mistyped, check the key.";
  }
  return "check the key: is it the one that the operation printed? If it is, run the very same "
         "original command again, with the same --reference, or, if it had none, " +
         under_its_key(result) +
         ". That is safe: it stays the same operation, and finishes it.\nOr look again" +
         at_time(result.next_step.at) + ":" + resolve_command(result, asked);
}

std::string resolve_instruction(const OperationResult& result, const Asked& asked) {
  const bool found_nothing = result.requested == Requested::resolve && !result.refund &&
                             has_code(result, ErrorCode::in_progress);
  if (found_nothing) return nothing_listed(result, asked);
  if (result.requested == Requested::resolve && has_code(result, ErrorCode::idempotency_conflict)) {
    return "to take the provider's answer, whatever its amount:" + resolve_command(result, asked);
  }
  return "do not begin it anew. Ask what became of it" + at_time(result.next_step.at) + ":" +
         resolve_command(result, asked);
}

std::string instead(const std::string& name, const OperationResult& result, const Asked& asked) {
  const std::string command = payment_command(name, result, asked);
  return name + " the payment instead" + (command.empty() ? "." : ":" + command);
}

std::string refund_instead(const OperationResult& result, const Asked& asked) {
  // Of a payment taken in parts, something is still held: a refund alone would leave that.
  const bool holds_more = is_void(result) && result.amount && result.amount->minor() > 0;
  return instead(holds_more ? "reverse" : "refund", result, asked);
}

std::string correction(const OperationResult& result) {
  if (has_code(result, ErrorCode::duplicate_request)) {
    return "if it was meant as a repeat, do nothing. If it is another one, run the command again "
           "with a --reference of its own, or with --again.";
  }
  if (has_code(result, ErrorCode::idempotency_conflict)) {
    return "if it was meant as a repeat, do nothing. If it is another one, give it a --reference "
           "of its own.";
  }
  return "correct the command and run it again.";
}

std::string step_sentence(const OperationResult& result, const Asked& asked) {
  const NextStep& next = result.next_step;
  switch (next.action) {
    case NextAction::none:
      return {};
    case NextAction::retry_later:
      return repeat_instruction(result, asked);
    case NextAction::wait_until:
      return wait_instruction(result, asked);
    case NextAction::void_instead:
      return instead("void", result, asked);
    case NextAction::refund_instead:
      return refund_instead(result, asked);
    case NextAction::resolve:
      return resolve_instruction(result, asked);
    case NextAction::fix_request:
      return correction(result);
    case NextAction::fix_credentials:
      return "correct the credentials (refundkit providers --provider " +
             shell_word(result.provider.str()) + " lists them).";
    case NextAction::add_funds:
      return funds_instruction(result, asked);
    case NextAction::manual_portal:
      return portal_instruction(result);
    case NextAction::contact_provider:
      return "ask the provider's support, or look" + at_address(next.url) + ".";
  }
  return {};
}

std::string planned_instruction(const OperationResult& result, const Asked& asked) {
  switch (result.plan->action) {
    case PlanAction::void_payment:
    case PlanAction::refund:
    case PlanAction::partial_refund: {
      const bool is_named = asked.words.reference || asked.words.idempotency_key;
      const std::string hint = is_named ? "" : ", give it a reference of yours";
      return "to do it" + hint + ":" + planned_command(result, asked);
    }
    case PlanAction::wait:
    case PlanAction::manual:
    case PlanAction::none:
      return "nothing to do.";
  }
  return {};
}

std::string last_sentence(const OperationResult& result, const Asked& asked) {
  if (result.plan) return planned_instruction(result, asked);
  if (result.outcome != Outcome::pending) return "nothing to do.";
  return "nothing now; do not send it again." + to_see(result, asked);
}

}  // namespace

std::string instruction(const OperationResult& result, const Asked& asked) {
  std::string text = step_sentence(result, asked);
  if (text.empty()) text = last_sentence(result, asked);
  const auto& url = result.next_step.url;
  if (url && text.find(visible(*url)) == std::string::npos) {
    text += "\nBy hand: " + visible(*url);
  }
  return "Next: " + text;
}

}  // namespace refundkit::cli
