#include <chrono>

#include "bookkeeping.hpp"
#include "endpoints.hpp"
#include "objects.hpp"

namespace refundkit::simulation::stripe {
namespace {

constexpr std::chrono::hours events_kept{30 * 24};

std::optional<Answer> read_cancellation_reason(const Call& call, std::string& reason) {
  const std::string* text = call.find("cancellation_reason");
  if (text == nullptr) return std::nullopt;
  for (const char* word : {"duplicate", "fraudulent", "requested_by_customer", "abandoned"}) {
    if (*text == word) {
      reason = *text;
      return std::nullopt;
    }
  }
  return invalid_parameter({"invalid_request_error", "",
                            "Invalid cancellation_reason: must be one of duplicate, fraudulent, "
                            "requested_by_customer, or abandoned",
                            "cancellation_reason"});
}

Answer wrong_state(const Payment& payment, Time now) {
  Answer answer = refuse(
      400, {"invalid_request_error", "payment_intent_unexpected_state",
            "You cannot cancel this PaymentIntent because it has a status of " + payment.status +
                ". Only a PaymentIntent with one of the following statuses may be canceled: "
                "requires_payment_method, requires_capture, requires_confirmation, "
                "requires_action, processing.",
            ""});
  Json error = *answer.body.find("error");
  answer.body.set("error", error.set("payment_intent", intent_object(payment, now)));
  return answer;
}

bool is_named(const std::string* filter, const std::string& id) {
  return filter == nullptr || *filter == id;
}

}  // namespace

Answer show_intent(Books& books, const Call& call) {
  if (auto no = refuse_unknown_parameters(call, {"expand", "client_secret"})) return *no;
  const Expand expand = read_expand(call);
  if (auto no = refuse_unexpandable(expand, {"latest_charge", "payment_method", "customer"})) {
    return *no;
  }
  const Payment* payment = books.find_intent(call.path.at(2), call.account);
  if (payment == nullptr) return no_such("payment_intent", call.path.at(2), "intent");
  return {200, intent_object(*payment, call.now, expand), true};
}

Answer cancel_intent(Books& books, const Call& call) {
  if (auto no = refuse_unknown_parameters(call, {"cancellation_reason", "expand"})) return *no;
  std::string reason;
  if (auto no = read_cancellation_reason(call, reason)) return *no;
  Payment* payment = books.find_intent(call.path.at(2), call.account);
  if (payment == nullptr) return no_such("payment_intent", call.path.at(2), "intent");
  const bool cancelable = payment->is_on_hold() || payment->status == "requires_payment_method";
  if (!cancelable) return wrong_state(*payment, call.now);
  cancel_payment(books, *payment, {reason, {call.request_id, call.key}}, call.now);
  return {200, intent_object(*payment, call.now, read_expand(call)), true};
}

Answer list_intents(Books& books, const Call& call) {
  if (auto no = refuse_unknown_parameters(
          call, {"customer", "created", "limit", "starting_after", "ending_before", "expand"})) {
    return *no;
  }
  const Expand expand = read_expand(call).below("data");
  Json::Items items;
  for (const Payment* payment : books.payments(call.account)) {
    if (!payment->intent.empty()) items.push_back(intent_object(*payment, call.now, expand));
  }
  return list_page(call, items, "payment_intent");
}

Answer show_charge(Books& books, const Call& call) {
  if (auto no = refuse_unknown_parameters(call, {"expand"})) return *no;
  const Expand expand = read_expand(call);
  if (auto no = refuse_unexpandable(
          expand, {"balance_transaction", "payment_intent", "refunds", "customer"})) {
    return *no;
  }
  const Payment* payment = books.find_charge(call.path.at(2), call.account);
  if (payment == nullptr) return no_such("charge", call.path.at(2), "id");
  return {200, charge_object(*payment, call.now, expand), true};
}

Answer list_charges(Books& books, const Call& call) {
  if (auto no = refuse_unknown_parameters(call, {"payment_intent", "customer", "created", "limit",
                                                 "starting_after", "ending_before", "expand"})) {
    return *no;
  }
  const Expand expand = read_expand(call).below("data");
  const std::string* intent = call.find("payment_intent");
  Json::Items items;
  for (const Payment* payment : books.payments(call.account)) {
    if (!is_named(intent, payment->intent)) continue;
    items.push_back(charge_object(*payment, call.now, expand));
  }
  return list_page(call, items, "charge");
}

Answer list_disputes(Books& books, const Call& call) {
  if (auto no = refuse_unknown_parameters(call, {"charge", "payment_intent", "created", "limit",
                                                 "starting_after", "ending_before", "expand"})) {
    return *no;
  }
  Json::Items items;
  for (const Payment* payment : books.payments(call.account)) {
    if (!payment->dispute) continue;
    if (!is_named(call.find("charge"), payment->charge)) continue;
    if (!is_named(call.find("payment_intent"), payment->intent)) continue;
    items.push_back(dispute_object(*payment));
  }
  return list_page(call, items, "dispute");
}

Answer show_event(Books& books, const Call& call) {
  for (const StoredEvent& event : books.events()) {
    if (event.id == call.path.at(2) && event.account == call.account) {
      return {200, event_object(event), true};
    }
  }
  return no_such("event", call.path.at(2), "id");
}

Answer list_events(Books& books, const Call& call) {
  if (auto no = refuse_unknown_parameters(
          call, {"type", "types", "created", "limit", "starting_after", "ending_before"})) {
    return *no;
  }
  const std::string* type = call.find("type");
  std::vector<std::string> types;
  for (const auto& [name, value] : call.parameters) {
    if (name.compare(0, 6, "types[") == 0) types.push_back(value);
  }
  if (type != nullptr) types.push_back(*type);
  Json::Items items;
  const auto& events = books.events();
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    if (event->account != call.account || event->created + events_kept < call.now) continue;
    bool wanted = types.empty();
    for (const std::string& one : types) wanted = wanted || one == event->type;
    if (wanted) items.push_back(event_object(*event));
  }
  return list_page(call, items, "event");
}

}  // namespace refundkit::simulation::stripe
