#include "requests.hpp"

#include <utility>

#include "ids.hpp"
#include "refundkit/wire/form.hpp"

namespace refundkit::stripe {
namespace {

constexpr std::string_view page_size = "100";

// `other` has no word at Stripe, and no reason is sent rather than a wrong one.
std::optional<std::string_view> wire_reason(std::optional<Reason> reason) {
  if (!reason || *reason == Reason::other) return std::nullopt;
  return to_text(*reason);
}

std::string path_of(std::string_view collection, std::string_view id) {
  return "/v1/" + std::string(collection) + "/" + wire::percent_encode(id);
}

std::string_view target_of(const PaymentId& payment) {
  return is_payment_intent(payment) ? "payment_intent" : "charge";
}

}  // namespace

HttpRequest Requests::get(std::string_view path, std::string_view query) const {
  HttpRequest request;
  request.url = base_url_ + std::string(path);
  if (!query.empty()) request.url.append("?").append(query);
  request.headers = {{"Authorization", "Bearer "},
                     {"Stripe-Version", std::string(api_version)},
                     {"Accept", "application/json"},
                     {"User-Agent", "refundkit/" REFUNDKIT_VERSION}};
  if (!account_.empty()) request.headers.push_back({"Stripe-Account", account_});
  const std::size_t after_scheme = request.headers.front().value.size();
  request.credentials = {{std::string(key_slot), CredentialSlot::Place::header, 0, after_scheme}};
  return request;
}

HttpRequest Requests::post(std::string_view path, std::string body,
                           std::string_view wire_key) const {
  HttpRequest request = get(path, {});
  request.method = HttpMethod::post;
  request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  request.headers.push_back({"Idempotency-Key", std::string(wire_key)});
  request.body = std::move(body);
  request.delivery = Delivery::at_most_once;
  return request;
}

HttpRequest Requests::payment(const PaymentId& payment) const {
  if (!is_payment_intent(payment)) return get(path_of("charges", payment.str()), {});
  return get(path_of("payment_intents", payment.str()),
             wire::Form().add("expand[]", "latest_charge").text());
}

HttpRequest Requests::refunds(const PaymentId& payment, std::string_view after) const {
  wire::Form query;
  query.add(target_of(payment), payment.str()).add("limit", page_size);
  if (!after.empty()) query.add("starting_after", after);
  return get("/v1/refunds", query.text());
}

HttpRequest Requests::refund(const RefundId& refund) const {
  return get(path_of("refunds", refund.str()), {});
}

HttpRequest Requests::disputes(std::string_view charge) const {
  return get("/v1/disputes", wire::Form().add("charge", charge).add("limit", page_size).text());
}

HttpRequest Requests::create_refund(const PaymentId& payment, const RefundFields& fields) const {
  wire::Form body;
  body.add(target_of(payment), payment.str()).add("amount", std::to_string(fields.amount));
  if (const auto reason = wire_reason(fields.reason)) body.add("reason", *reason);
  if (reverse_transfer_) body.add("reverse_transfer", "true");
  if (refund_application_fee_) body.add("refund_application_fee", "true");
  body.add("metadata[refundkit_ref]", key_text(fields.key));
  body.add("metadata[refundkit_epoch]", std::to_string(fields.attempt));
  body.add("metadata[refundkit_fingerprint]", fields.fingerprint);
  if (fields.then_cancel) body.add("metadata[refundkit_then]", "cancel");
  if (!fields.reference.empty()) body.add("metadata[reference]", fields.reference.str());
  return post("/v1/refunds", body.text(), fields.wire_key);
}

HttpRequest Requests::cancel_payment(std::string_view payment_intent, std::optional<Reason> reason,
                                     std::string_view wire_key) const {
  wire::Form body;
  if (const auto text = wire_reason(reason)) body.add("cancellation_reason", *text);
  return post(path_of("payment_intents", payment_intent) + "/cancel", body.text(), wire_key);
}

HttpRequest Requests::cancel_refund(const RefundId& refund, std::string_view wire_key) const {
  return post(path_of("refunds", refund.str()) + "/cancel", {}, wire_key);
}

}  // namespace refundkit::stripe
