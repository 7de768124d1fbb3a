#include "objects.hpp"

#include <algorithm>
#include <cctype>

#include "refundkit/simulation/clock.hpp"

namespace refundkit::simulation::stripe {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return text;
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json seconds_or_null(const std::optional<Time>& time) {
  return time ? Json(unix_seconds(*time)) : Json();
}

bool was_confirmed(const Payment& payment) { return payment.status != "processing"; }
bool was_declined(const Payment& payment) { return payment.status == "requires_payment_method"; }

Json balance_transaction_object(const Payment& payment, Time now) {
  const std::int64_t fee = payment.captured * 29 / 1000;
  return Json::object({{"id", payment.balance_transaction},
                       {"object", "balance_transaction"},
                       {"amount", payment.captured},
                       {"available_on", unix_seconds(payment.available_on)},
                       {"created", unix_seconds(payment.created)},
                       {"currency", lower(payment.currency)},
                       {"fee", fee},
                       {"net", payment.captured - fee},
                       {"source", payment.charge},
                       {"status", now < payment.available_on ? "pending" : "available"},
                       {"type", payment.method == "card" ? "charge" : "payment"}});
}

Json card_destination(const Refund& refund, Time now) {
  if (refund.is_release) return Json::object({{"type", "reversal"}});
  if (refund.status == "pending") return Json::object({{"type", "pending"}});
  Json card = Json::object();
  const bool available = now >= refund.reference_from;
  if (available) card.set("reference", refund.reference);
  card.set("reference_status", available ? "available" : "pending");
  card.set("reference_type", "acquirer_reference_number");
  card.set("type", "refund");
  return card;
}

Json destination_details(const Payment& payment, const Refund& refund, Time now) {
  if (payment.method == "card") {
    return Json::object({{"card", card_destination(refund, now)}, {"type", "card"}});
  }
  const bool available = now >= refund.reference_from;
  Json transfer = Json::object({{"reference", available ? Json(refund.reference) : Json()},
                                {"reference_status", available ? "available" : "pending"}});
  return Json::object({{"eu_bank_transfer", std::move(transfer)}, {"type", "eu_bank_transfer"}});
}

Json next_action(const Refund& refund) {
  const std::int64_t sent = unix_seconds(refund.created) + 1;
  const std::string email =
      refund.instructions_email.empty() ? "customer@example.test" : refund.instructions_email;
  Json mail = Json::object({{"email_sent_at", sent}, {"email_sent_to", email}});
  Json details = Json::object({{"email_sent", std::move(mail)},
                               {"expires_at", unix_seconds(refund.created + customer_patience)}});
  return Json::object({{"display_details", std::move(details)}, {"type", "display_details"}});
}

Json payment_method_details(const Payment& payment) {
  if (payment.method != "card") {
    return Json::object(
        {{payment.method, Json::object({{"bank_code", "37040044"}, {"last4", "3000"}})},
         {"type", payment.method}});
  }
  Json card = Json::object(
      {{"brand", "visa"},
       {"capture_before", payment.is_on_hold() ? seconds_or_null(payment.capture_before) : Json()},
       {"last4", "4242"}});
  card.set("wallet", payment.wallet.empty() ? Json() : Json::object({{"type", payment.wallet}}));
  return Json::object({{"card", std::move(card)}, {"type", "card"}});
}

Json list_of(Json::Items items, std::size_t most, const std::string& url) {
  const bool has_more = items.size() > most;
  if (has_more) items.resize(most);
  return Json::object({{"object", "list"},
                       {"data", Json::array(std::move(items))},
                       {"has_more", has_more},
                       {"url", url}});
}

Json merchant_metadata(const Payment& payment) {
  Json metadata = Json::object();
  if (!payment.reference.empty()) metadata.set("merchant_order", payment.reference);
  return metadata;
}

Json last_payment_error(const Payment& payment) {
  if (!was_declined(payment)) return {};
  return Json::object({{"charge", payment.charge},
                       {"code", "card_declined"},
                       {"decline_code", "generic_decline"},
                       {"message", "Your card was declined."},
                       {"type", "card_error"}});
}

}  // namespace

Json refund_object(const Payment& payment, const Refund& refund, Time now, const Expand& expand) {
  Json object = Json::object({{"id", refund.id}, {"object", "refund"}, {"amount", refund.amount}});
  object.set("balance_transaction", text_or_null(refund.balance_transaction));
  if (expand.wants("charge")) {
    object.set("charge", charge_object(payment, now, expand.below("charge")));
  } else {
    object.set("charge", payment.charge);
  }
  object.set("created", unix_seconds(refund.created));
  object.set("currency", lower(payment.currency));
  object.set("customer", Json());
  object.set("customer_account", Json());
  object.set("destination_details", destination_details(payment, refund, now));
  if (!refund.failure_balance_transaction.empty()) {
    object.set("failure_balance_transaction", refund.failure_balance_transaction);
  }
  if (!refund.failure_reason.empty()) object.set("failure_reason", refund.failure_reason);
  if (!refund.instructions_email.empty()) {
    object.set("instructions_email", refund.instructions_email);
  }
  object.set("metadata", refund.metadata);
  if (refund.status == "requires_action") object.set("next_action", next_action(refund));
  if (expand.wants("payment_intent") && !payment.intent.empty()) {
    object.set("payment_intent", intent_object(payment, now, expand.below("payment_intent")));
  } else {
    object.set("payment_intent", text_or_null(payment.intent));
  }
  object.set("payment_method", payment.payment_method);
  if (refund.status == "pending" && !refund.pending_reason.empty()) {
    object.set("pending_reason", refund.pending_reason);
  }
  object.set("reason", text_or_null(refund.reason));
  object.set("receipt_number", Json());
  object.set("source_transfer_reversal", Json());
  object.set("status", refund.status);
  object.set("transfer_reversal", refund.reversed_transfer ? Json("trr_" + refund.id) : Json());
  return object;
}

Json charge_object(const Payment& payment, Time now, const Expand& expand) {
  const bool declined = was_declined(payment);
  const bool finally_captured = payment.was_paid() && !payment.is_on_hold();
  Json object = Json::object({{"id", payment.charge},
                              {"object", "charge"},
                              {"amount", payment.amount},
                              {"amount_captured", payment.captured},
                              {"amount_refunded", payment.counted_refunds}});
  object.set("balance_transaction",
             payment.was_paid() ? Json(payment.balance_transaction) : Json());
  if (expand.wants("balance_transaction") && payment.was_paid()) {
    object.set("balance_transaction", balance_transaction_object(payment, now));
  }
  object.set("captured", finally_captured);
  object.set("created", unix_seconds(payment.created));
  object.set("currency", lower(payment.currency));
  object.set("disputed", payment.dispute.has_value());
  object.set("failure_code", declined ? Json("card_declined") : Json());
  object.set("livemode", false);
  object.set("metadata", merchant_metadata(payment));
  object.set("paid", !declined && was_confirmed(payment));
  object.set("payment_intent", text_or_null(payment.intent));
  if (expand.wants("payment_intent") && !payment.intent.empty()) {
    object.set("payment_intent", intent_object(payment, now, expand.below("payment_intent")));
  }
  object.set("payment_method", payment.payment_method);
  object.set("payment_method_details", payment_method_details(payment));
  object.set("refunded", !payment.is_on_hold() && payment.counted_refunds >= payment.amount);
  if (expand.wants("refunds")) {
    object.set("refunds", list_of(refund_objects(payment, now), 10,
                                  "/v1/charges/" + payment.charge + "/refunds"));
  }
  object.set("status", declined ? "failed" : was_confirmed(payment) ? "succeeded" : "pending");
  return object;
}

Json intent_object(const Payment& payment, Time now, const Expand& expand) {
  const std::int64_t on_hold = payment.is_on_hold() ? payment.amount - payment.captured : 0;
  const bool manual = payment.capture_before.has_value();
  Json object = Json::object({{"id", payment.intent},
                              {"object", "payment_intent"},
                              {"amount", payment.amount},
                              {"amount_capturable", on_hold},
                              {"amount_received", payment.captured},
                              {"canceled_at", seconds_or_null(payment.canceled_at)},
                              {"cancellation_reason", text_or_null(payment.cancellation_reason)},
                              {"capture_method", manual ? "manual" : "automatic"},
                              {"client_secret", payment.client_secret},
                              {"created", unix_seconds(payment.created)},
                              {"currency", lower(payment.currency)},
                              {"customer", Json()},
                              {"last_payment_error", last_payment_error(payment)}});
  if (expand.wants("latest_charge")) {
    object.set("latest_charge", charge_object(payment, now, expand.below("latest_charge")));
  } else {
    object.set("latest_charge", payment.charge);
  }
  object.set("livemode", false);
  object.set("metadata", merchant_metadata(payment));
  object.set("next_action", Json());
  object.set("payment_method", was_declined(payment) ? Json() : Json(payment.payment_method));
  object.set("payment_method_types", Json::array({payment.method}));
  object.set("status", payment.status);
  return object;
}

Json dispute_object(const Payment& payment) {
  const bool inquiry = payment.dispute->status.compare(0, 8, "warning_") == 0;
  return Json::object({{"id", payment.dispute->id},
                       {"object", "dispute"},
                       {"amount", payment.captured},
                       {"charge", payment.charge},
                       {"created", unix_seconds(payment.dispute->created)},
                       {"currency", lower(payment.currency)},
                       {"is_charge_refundable", inquiry},
                       {"livemode", false},
                       {"metadata", Json::object()},
                       {"payment_intent", text_or_null(payment.intent)},
                       {"reason", "fraudulent"},
                       {"status", payment.dispute->status}});
}

Json event_object(const StoredEvent& event) {
  Json data = Json::object({{"object", event.object}});
  if (!event.previous.is_null()) data.set("previous_attributes", event.previous);
  Json object = Json::object({{"id", event.id}, {"object", "event"}});
  if (event.account != Books::own_account) object.set("account", event.account);
  object.set("api_version", "2026-07-29.dahlia");
  object.set("created", unix_seconds(event.created));
  object.set("data", std::move(data));
  object.set("livemode", false);
  object.set("pending_webhooks", 1);
  object.set("request", Json::object({{"id", text_or_null(event.cause.request_id)},
                                      {"idempotency_key", text_or_null(event.cause.key)}}));
  object.set("type", event.type);
  return object;
}

Json::Items refund_objects(const Payment& payment, Time now, const Expand& expand) {
  Json::Items items;
  for (auto refund = payment.refunds.rbegin(); refund != payment.refunds.rend(); ++refund) {
    items.push_back(refund_object(payment, *refund, now, expand));
  }
  return items;
}

}  // namespace refundkit::simulation::stripe
