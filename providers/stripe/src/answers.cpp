#include "answers.hpp"

#include <utility>

#include "amounts.hpp"
#include "errors.hpp"
#include "refundkit/wire/business_days.hpp"
#include "refundkit/wire/times.hpp"

namespace refundkit::stripe {
namespace {

using wire::Json;

// "Cards about 5-10 business days" (sheet: At a glance).
constexpr int card_business_days = 10;

Error unreadable(std::string what) {
  return {ErrorCode::malformed_response,
          "Stripe's answer is no " + std::move(what) + ".",
          {NextAction::resolve}};
}

std::optional<Currency> currency_of(const Json& json) {
  const auto currency = Currency::parse(json.text_or_empty());
  return currency ? std::optional<Currency>(*currency) : std::nullopt;
}

/// A count of money; nothing for what cannot be one.
std::optional<std::int64_t> count_in(const Json& json) {
  const auto count = json.integer();
  return count && *count >= 0 ? count : std::nullopt;
}

std::pair<RefundState, bool> refund_state(const std::string& status) {
  const auto state = from_text<RefundState>(status);
  return {state.value_or(RefundState::pending), state.has_value()};
}

int attempt_of(const std::string& text) {
  if (text.empty() || text.size() > 6) return 0;
  int attempt = 0;
  for (const char letter : text) {
    if (letter < '0' || letter > '9') return 0;
    attempt = attempt * 10 + (letter - '0');
  }
  return attempt;
}

void read_destination(const Json& json, RefundRecord& refund) {
  const Json& details = json["destination_details"];
  const std::string type = details["type"].text_or_empty();
  const Json& method = details[type];
  if (method["reference_status"].text_or_empty() == "available") {
    refund.bank_reference = method["reference"].text();
  }
  // A reversal shows no credit line: the payment itself disappears from the statement.
  const bool arrives = type == "card" && method["type"].text_or_empty() != "reversal" &&
                       refund.state == RefundState::succeeded;
  if (arrives && refund.created) {
    refund.expected_arrival = wire::add_business_days(*refund.created, card_business_days);
  }
}

void read_charge(const Json& json, Payment& payment) {
  payment.has_charge = true;
  payment.charge = json["id"].text_or_empty();
  payment.captured = json["captured"].boolean().value_or(false);
  payment.paid = json["paid"].boolean().value_or(false);
  payment.refunded = json["refunded"].boolean().value_or(false);
  payment.disputed = json["disputed"].boolean().value_or(false);
  payment.amount_refunded = count_in(json["amount_refunded"]);
  payment.created = time_in(json["created"]);
  payment.method = json["payment_method_details"]["type"].text_or_empty();
  if (const auto amount = count_in(json["amount"])) payment.amount = amount;
}

}  // namespace

bool Payment::is_uncaptured() const noexcept {
  if (is_intent) return status == "requires_capture" && received.value_or(0) == 0;
  return status == "succeeded" && !captured && !refunded && received.value_or(0) == 0;
}

bool Payment::was_let_go() const noexcept {
  if (received != 0) return false;
  return is_intent ? status == "canceled" : status == "succeeded" && !captured && refunded;
}

bool Payment::is_being_captured() const noexcept {
  const bool open = is_intent ? status == "requires_capture" : status == "succeeded" && !captured;
  return open && received.value_or(0) > 0 && capturable.value_or(0) > 0;
}

bool Payment::is_held_by_dispute() const { return disputed && holds_money(dispute); }

bool holds_money(std::string_view dispute_status) {
  return dispute_status == "needs_response" || dispute_status == "under_review" ||
         dispute_status == "lost";
}

std::string id_of(const Json& json) {
  return json.is_object() ? json["id"].text_or_empty() : json.text_or_empty();
}

std::optional<TimePoint> time_in(const Json& json) {
  const auto seconds = json.integer();
  return seconds && *seconds >= 0 ? wire::time_of(*seconds) : std::nullopt;
}

bool is_success(const HttpResponse& response, const std::optional<Json>& body) {
  return response.status >= 200 && response.status < 300 && body && !body->has("error");
}

std::optional<Json> read_body(const HttpResponse& response) {
  auto json = Json::parse(response.body);
  if (!json || !json->is_object()) return std::nullopt;
  return std::move(json).value();
}

Result<RefundRecord> read_refund(const Json& json) {
  if (json["object"].text_or_empty() != "refund") return unreadable("refund");
  const auto amount = json["amount"].integer();
  const auto currency = currency_of(json["currency"]);
  const auto id = json["id"].text();
  const auto status = json["status"].text();
  if (!amount || *amount < 0 || !currency || !id || id->empty() || !status) {
    return unreadable("whole refund");
  }
  const auto money = wire::from_provider_rounded_down(*amount, *currency, amount_rule(*currency));
  if (!money) return unreadable("refund with an amount that can be said");

  const auto [state, known] = refund_state(*status);
  RefundRecord refund{RefundId(*id), state, *money};
  refund.created = time_in(json["created"]);
  const Json& metadata = json["metadata"];
  refund.key = IdempotencyKey(metadata["refundkit_ref"].text_or_empty());
  refund.attempt = attempt_of(metadata["refundkit_epoch"].text_or_empty());
  refund.fingerprint = metadata["refundkit_fingerprint"].text_or_empty();
  refund.reference = Reference(metadata["reference"].text_or_empty());
  refund.gives_money_back = json["reason"].text_or_empty() != "expired_uncaptured_charge";
  refund.error = refund_error(json, state);
  if (!known) refund.error->provider_code = *status;
  const std::string intent = id_of(json["payment_intent"]);
  refund.payment = PaymentId(intent.empty() ? id_of(json["charge"]) : intent);
  read_destination(json, refund);
  return refund;
}

Result<ListedRefund> read_listed_refund(const Json& json) {
  auto refund = read_refund(json);
  if (!refund) return refund.error();
  ListedRefund listed{std::move(refund).value()};
  const Json& details = json["destination_details"];
  listed.is_reversal =
      details[details["type"].text_or_empty()]["type"].text_or_empty() == "reversal";
  listed.then_cancel = json["metadata"]["refundkit_then"].text_or_empty() == "cancel";
  return listed;
}

Result<Payment> read_payment(const Json& json, const PaymentId& asked) {
  const std::string object = json["object"].text_or_empty();
  Payment payment;
  payment.id = asked;
  payment.is_intent = object == "payment_intent";
  if (!payment.is_intent && object != "charge") return unreadable("payment");
  if (json["id"].text_or_empty() != asked.str()) return unreadable("payment with the id asked for");
  payment.status = json["status"].text_or_empty();
  payment.currency = currency_of(json["currency"]);
  payment.amount = count_in(json["amount"]);
  if (payment.status.empty() || !payment.currency || !payment.amount) {
    return unreadable("whole payment");
  }
  if (payment.is_intent) {
    payment.received = count_in(json["amount_received"]);
    payment.capturable = count_in(json["amount_capturable"]);
    // Without it, nobody can tell a payment only authorized from one captured in parts.
    if (payment.status == "requires_capture" && !payment.received)
      return unreadable("whole payment");
    payment.canceled_at = time_in(json["canceled_at"]);
    payment.cancellation_reason = json["cancellation_reason"].text_or_empty();
    payment.error = payment_error(json["last_payment_error"]);
    if (json["latest_charge"].is_object()) read_charge(json["latest_charge"], payment);
  } else {
    read_charge(json, payment);
    payment.intent = id_of(json["payment_intent"]);
    payment.received = count_in(json["amount_captured"]);
    if (json["amount_captured"].is_null()) {
      payment.received = payment.captured ? payment.amount : std::int64_t{0};
    }
    if (!payment.captured && payment.received) {
      payment.capturable = *payment.amount - *payment.received;
    }
    if (payment.status == "failed") {
      payment.error = Error{
          ErrorCode::declined, "The customer's payment failed.", {NextAction::contact_provider}};
      payment.error->provider_code = json["failure_code"].text();
      payment.error->provider_message = json["failure_message"].text();
    }
  }
  return payment;
}

}  // namespace refundkit::stripe
