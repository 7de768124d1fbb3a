#include "ids.hpp"

#include <algorithm>
#include <initializer_list>

#include "refundkit/wire/signature.hpp"
#include "refundkit/wire/text.hpp"

namespace refundkit::stripe {
namespace {

constexpr std::size_t longest_id = 255;
// Leaves room for the prefix, the attempt and the part.
constexpr std::size_t longest_key = 200;

bool is_id_letter(char letter) {
  return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
         (letter >= '0' && letter <= '9') || letter == '_';
}

bool is_id(std::string_view text, std::initializer_list<std::string_view> prefixes) {
  if (text.size() > longest_id) return false;
  const auto* prefix = std::find_if(prefixes.begin(), prefixes.end(), [text](auto candidate) {
    return wire::starts_with(text, candidate);
  });
  if (prefix == prefixes.end() || text.size() == prefix->size()) return false;
  return std::all_of(text.begin(), text.end(), is_id_letter);
}

}  // namespace

bool is_payment_intent(const PaymentId& payment) { return wire::starts_with(payment.str(), "pi_"); }

std::optional<Error> check(const PaymentId& payment) {
  if (is_id(payment.str(), {"pi_", "ch_", "py_"})) return std::nullopt;
  return Error{ErrorCode::invalid_request,
               "This is no payment id of Stripe's: it begins with pi_, ch_ or py_, then letters, "
               "digits and underscores, 255 characters at most.",
               {NextAction::fix_request}};
}

std::optional<Error> check(const RefundId& refund) {
  if (is_id(refund.str(), {"re_", "pyr_"})) return std::nullopt;
  return Error{ErrorCode::invalid_request,
               "This is no refund id of Stripe's: it begins with re_ or pyr_, then letters, digits "
               "and underscores, 255 characters at most.",
               {NextAction::fix_request}};
}

bool is_account(std::string_view text) { return is_id(text, {"acct_"}); }

std::string key_text(const IdempotencyKey& key) {
  const std::string& text = key.str();
  const bool fits = text.size() <= longest_key &&
                    std::all_of(text.begin(), text.end(),
                                [](char letter) { return letter > ' ' && letter < '\x7F'; });
  return fits ? text : wire::sha256_hex(text);
}

std::string wire_key(const IdempotencyKey& key, int attempt, std::string_view part) {
  std::string text = "rfk-" + key_text(key) + "-" + std::to_string(attempt);
  if (!part.empty()) text.append("-").append(part);
  return text;
}

}  // namespace refundkit::stripe
