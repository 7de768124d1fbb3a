#include "answer_table.hpp"

#include <algorithm>
#include <utility>

#include "headline.hpp"
#include "instruction.hpp"
#include "visible.hpp"

namespace refundkit::cli {
namespace {

constexpr std::size_t label_width = 15;

/// Lines of a label and a value; what is not known has no line.
class Rows {
 public:
  void add(const std::string& label, const std::string& value) {
    if (value.empty()) return;
    text_ += "  " + label +
             std::string(label_width - std::min(label.size(), label_width - 1), ' ') +
             visible(value) + "\n";
  }
  void add(const std::string& label, const std::optional<Money>& money) {
    if (money) add(label, with_currency(*money));
  }
  void add(const std::string& label, const std::optional<TimePoint>& time) {
    if (time) add(label, to_rfc3339(*time));
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::string account_suffix(const OperationResult& result) {
  return result.account.str() == "default" ? "" : ", account " + result.account.str();
}

std::string with_state(const std::string& id, std::string_view state) {
  if (id.empty() || state.empty()) return id;
  return visible(id) + " (" + std::string(state) + ")";
}

void add_error(Rows& rows, const Error& error, bool is_headline) {
  if (!is_headline) rows.add("why", error.message);
  std::string told = error.provider_code.value_or("");
  if (error.provider_message) told += (told.empty() ? "" : ": ") + *error.provider_message;
  rows.add("provider says", told);
  std::string code(to_text(error.code));
  if (error.http_status) code += ", HTTP status " + std::to_string(*error.http_status);
  rows.add("error", code);
}

bool is_under_way(const OperationResult& result) {
  return result.refund_state == RefundState::pending ||
         result.refund_state == RefundState::requires_action;
}

/// The sum holds what is accepted and not finished, too.
std::string refunded_text(const OperationResult& result) {
  if (!result.refunded) return {};
  std::string sum = with_currency(*result.refunded);
  if (!is_under_way(result) || !result.amount) return sum;
  if (*result.refunded == *result.amount) return sum + " (under way)";
  if (result.refunded->minor() < result.amount->minor()) return sum;
  return sum + " (" + with_currency(*result.amount) + " of it under way)";
}

void add_amounts(Rows& rows, const OperationResult& result) {
  if (result.operation == Operation::query && !result.refund) return;
  rows.add("amount", result.amount);
  rows.add("captured", result.captured);
  rows.add("refunded", refunded_text(result));
  rows.add("left to refund", result.refundable);
}

void add_subject(Rows& rows, const OperationResult& result) {
  const auto payment_state = result.payment_state ? to_text(*result.payment_state) : "";
  const auto refund_state = result.refund_state ? to_text(*result.refund_state) : "";
  rows.add("payment", with_state(result.payment.str(), payment_state) + " at " +
                          result.provider.str() + account_suffix(result));
  if (result.refund) rows.add("refund", with_state(result.refund->str(), refund_state));
}

void add_steps(Rows& rows, const std::vector<StepRecord>& steps) {
  for (std::size_t at = 0; at < steps.size(); ++at) {
    const StepRecord& step = steps[at];
    std::string text =
        std::string(to_text(step.operation)) + " " + std::string(to_text(step.outcome));
    if (step.amount) text += ", " + with_currency(*step.amount);
    if (step.refund) text += ", " + step.refund->str();
    rows.add("request " + std::to_string(at + 1), text);
  }
}

/// Some providers list as a refund what only lets a payment go.
bool is_release(const OperationResult& refund) {
  return refund.refund_state == RefundState::succeeded && refund.money_moved == MoneyMoved::no;
}

std::string columns(const OperationResult& refund) {
  std::string state(refund.refund_state ? to_text(*refund.refund_state) : "unknown");
  state.resize(std::max(state.size(), std::size_t{16}), ' ');
  std::string amount = refund.amount ? with_currency(*refund.amount) : "?";
  amount.insert(0, amount.size() < 16 ? 16 - amount.size() : 0, ' ');
  std::string line =
      "  " + state + amount + "  " + visible(refund.refund ? refund.refund->str() : "");
  if (!refund.reference.empty()) line += "  " + visible(refund.reference.str());
  if (refund.bank_reference) line += "  bank reference " + visible(*refund.bank_reference);
  if (is_release(refund)) line += "  (a release: no money went back)";
  if (refund.error) line += "\n" + std::string(18, ' ') + visible(refund.error->message);
  return line + "\n";
}

}  // namespace

std::string answer_table(const OperationResult& result, const Asked& asked) {
  Rows rows;
  if (result.plan) {
    rows.add("why", result.plan->rule);
    rows.add("written in", result.plan->source);
  }
  if (result.error) add_error(rows, *result.error, is_told_by_error(result));
  add_subject(rows, result);
  add_amounts(rows, result);
  add_steps(rows, result.steps);
  rows.add("bank reference", result.bank_reference.value_or(""));
  rows.add("arrives by", result.expected_arrival);
  rows.add("reference", result.reference.str());
  if (!result.plan) rows.add("key", result.key.str());
  rows.add("request id", result.request_id);
  rows.add("time", to_rfc3339(result.occurred_at));
  return headline(result, asked) + "\n" + rows.text() + instruction(result, asked) + "\n";
}

std::string refund_table(const std::vector<OperationResult>& refunds, const Asked& asked) {
  if (refunds.empty()) return "No refunds.\n";
  if (!refunds.front().refund) return answer_table(refunds.front(), asked);
  std::string text = std::to_string(refunds.size()) +
                     (refunds.size() == 1 ? " refund" : " refunds") + " of payment " +
                     visible(refunds.front().payment.str()) + ", newest first:\n";
  for (const OperationResult& refund : refunds) text += columns(refund);
  return text;
}

}  // namespace refundkit::cli
