#include "next_command.hpp"

#include "visible.hpp"

namespace refundkit::cli {
namespace {

std::string option(const std::string& name, const Arguments::Text& value) {
  return value ? " " + name + " " + shell_word(*value) : "";
}

bool is_shown_whole(const OperationResult& result) {
  return visible(result.payment.str()) == result.payment.str();
}

std::string amount_options(const OperationResult& result) {
  if (!result.amount) return {};
  return " --amount " + result.amount->text() + " --currency " +
         std::string(result.amount->currency().code());
}

std::string refund_option(const std::optional<RefundId>& refund) {
  return refund ? " --refund " + shell_word(refund->str()) : "";
}

/// The refund that was to be cancelled; none for a void of a payment.
std::optional<RefundId> cancelled_refund(const Asked& asked) {
  if (!asked.words.refund) return std::nullopt;
  return RefundId(*asked.words.refund);
}

std::string term_options(const Arguments& words) {
  std::string options =
      option("--reference", words.reference) + option("--idempotency-key", words.idempotency_key);
  if (options.empty()) options = " --reference TEXT";
  options += option("--reason", words.reason) + option("--note", words.note) +
             option("--actor", words.actor) + option("--line-items", words.line_items);
  return words.again ? options + " --again" : options;
}

std::string name_of(const OperationResult& result) {
  switch (result.requested) {
    case Requested::refund:
      return "refund";
    case Requested::void_payment:
      return "void";
    case Requested::query:
    case Requested::refunds:
    case Requested::reverse:
    case Requested::resolve:
    case Requested::plan:
    case Requested::reconcile:
    case Requested::webhook:
      break;
  }
  // What a plan says, reverse does: also where that takes more than one request.
  return "reverse";
}

}  // namespace

std::string payment_command(const std::string& name, const OperationResult& result,
                            const Asked& asked, const std::string& own) {
  if (!is_shown_whole(result)) return {};
  const std::string& account = result.account.str();
  const std::string account_option =
      account == "default" ? "" : " --account " + shell_word(account);
  return "\n  refundkit " + name + " --provider " + shell_word(result.provider.str()) +
         " --payment " + shell_word(result.payment.str()) + account_option +
         option("--config", asked.words.config) + own;
}

std::string query_command(const OperationResult& result, const Asked& asked) {
  return payment_command("query", result, asked, refund_option(result.refund));
}

std::string resolve_command(const OperationResult& result, const Asked& asked) {
  if (result.key.empty()) return {};
  const bool is_void = result.operation == Operation::void_payment;
  const bool is_conflict = result.error && result.error->code == ErrorCode::idempotency_conflict;
  const std::string amount = is_void || is_conflict ? "" : amount_options(result);
  const std::string refund = is_void ? refund_option(cancelled_refund(asked)) : "";
  return payment_command("resolve", result, asked,
                         refund + " --operation " + shell_word(result.key.str()) + amount);
}

std::string void_again_command(const OperationResult& result, const Asked& asked) {
  return payment_command("void", result, asked,
                         refund_option(cancelled_refund(asked)) + " --idempotency-key " +
                             shell_word(result.key.str()));
}

std::string planned_command(const OperationResult& result, const Asked& asked) {
  const std::string name = name_of(result);
  const std::string refund = name == "void" ? refund_option(cancelled_refund(asked)) : "";
  const std::string amount = asked.words.amount ? amount_options(result) : "";
  return payment_command(name, result, asked, refund + amount + term_options(asked.words));
}

}  // namespace refundkit::cli
