#include "client/request_check.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace refundkit {
inline namespace v0 {
namespace {

// No provider's id, key or reference is longer.
constexpr std::size_t longest = 255;

std::optional<Error> invalid(std::string message) {
  return Error{ErrorCode::invalid_request, std::move(message), {NextAction::fix_request}};
}

// Of one line: no byte that could end a header, a path or a record early.
bool is_one_line(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte < 0x20 || byte == 0x7F;
  });
}

bool is_id(std::string_view text) {
  return is_one_line(text) && text.find_first_of(" /\\?#%") == std::string_view::npos;
}

std::optional<Error> check_id(std::string_view what, std::string_view text) {
  const std::string name(what);
  if (text.empty()) return invalid("The " + name + " is empty.");
  if (text.size() > longest) return invalid("The " + name + " is longer than 255 characters.");
  if (!is_id(text)) return invalid("The " + name + " has characters that no id has.");
  return std::nullopt;
}

std::optional<Error> check_terms(const Terms& terms) {
  if (!terms.key.empty() && !terms.reference.empty()) {
    return invalid("Give a reference or an idempotency key, not both.");
  }
  if (terms.reference.str().size() > longest || !is_one_line(terms.reference.str())) {
    return invalid("The reference must be one line of at most 255 characters.");
  }
  if (terms.key.str().size() > longest || !is_one_line(terms.key.str())) {
    return invalid("The idempotency key must be one line of at most 255 characters.");
  }
  return std::nullopt;
}

std::optional<Error> check_amount(const std::optional<Money>& amount) {
  if (!amount || amount->minor() > 0) return std::nullopt;
  return Error{
      ErrorCode::amount_invalid, "The amount must be above zero.", {NextAction::fix_request}};
}

}  // namespace

std::optional<Error> check(const PaymentId& payment) {
  return check_id("payment id", payment.str());
}

std::optional<Error> check(const RefundId& refund) { return check_id("refund id", refund.str()); }

std::optional<Error> check(const RefundRequest& request) {
  if (auto error = check(request.payment)) return error;
  if (auto error = check_amount(request.amount)) return error;
  return check_terms(request.terms);
}

std::optional<Error> check(const VoidRequest& request) {
  if (auto error = check(request.payment)) return error;
  if (request.refund) {
    if (auto error = check(*request.refund)) return error;
  }
  return check_terms(request.terms);
}

std::optional<Error> check(const ResolveRequest& request) {
  if (auto error = check(request.payment)) return error;
  if (auto error = check_amount(request.amount)) return error;
  if (request.refund) {
    if (auto error = check(*request.refund)) return error;
  }
  if (request.key.empty()) return invalid("The key of the operation is empty.");
  if (request.key.str().size() > longest || !is_one_line(request.key.str())) {
    return invalid("The key of the operation must be one line of at most 255 characters.");
  }
  return std::nullopt;
}

}  // namespace v0
}  // namespace refundkit
