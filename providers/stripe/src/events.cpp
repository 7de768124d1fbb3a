#include <utility>

#include "answers.hpp"
#include "refundkit/wire/text.hpp"
#include "webhook.hpp"

namespace refundkit::stripe {
namespace {

using wire::Json;

using wire::starts_with;

OperationResult about(const std::string& payment) {
  OperationResult result;
  result.provider = ProviderId("stripe");
  result.operation = Operation::query;
  result.requested = Requested::webhook;
  result.outcome = Outcome::succeeded;
  result.money_moved = MoneyMoved::no;
  result.payment = PaymentId(payment);
  return result;
}

Result<OperationResult> of_refund(const Json& object) {
  auto refund = read_refund(object);
  // Events carry what their endpoint's version has: a refund made by another system may lack more
  // than the pinned version promises, but never its id, amount, currency and status.
  if (!refund) return refund.error();
  OperationResult result = result_of(*refund);
  result.provider = ProviderId("stripe");
  result.requested = Requested::webhook;
  return result;
}

void put(OperationResult& result, const PaymentSnapshot& snapshot) {
  result.payment_state = snapshot.state;
  result.captured = snapshot.captured;
  result.refunded = snapshot.refunded;
  result.refundable = snapshot.refundable;
}

Result<OperationResult> of_payment(const Json& object) {
  const std::string id = object["id"].text_or_empty();
  const auto payment = read_payment(object, PaymentId(id));
  if (id.empty() || !payment) return no_event("The event's payment cannot be read.");
  OperationResult result = about(payment->intent.empty() ? id : payment->intent);
  // An event lists no refunds; what the charge itself counts is all there is to tell from.
  put(result, to_snapshot(*payment, {}));
  return result;
}

/// Stripe tells of a released authorization in the same words: nothing was taken, nothing given
/// back. And of a part captured, its sum may be what the capture released.
Result<OperationResult> of_refunded_charge(const Json& object) {
  auto result = of_payment(object);
  if (!result) return result;
  OperationResult told = std::move(result).value();
  const bool was_taken =
      told.payment_state == PaymentState::captured || told.payment_state == PaymentState::refunded;
  if (!was_taken) return told;
  if (object["refunded"].boolean().value_or(false)) {
    told.payment_state = PaymentState::refunded;
  } else if (told.refunded && told.refunded->minor() > 0) {
    told.payment_state = PaymentState::partially_refunded;
  } else {
    told.payment_state.reset();
  }
  return told;
}

Result<OperationResult> of_expired_charge(const Json& object) {
  auto result = of_payment(object);
  if (!result) return result;
  OperationResult told = std::move(result).value();
  told.payment_state = PaymentState::expired;
  return told;
}

Result<OperationResult> of_canceled_intent(const Json& object) {
  auto result = of_payment(object);
  if (!result) return result;
  OperationResult told = std::move(result).value();
  if (told.payment_state == PaymentState::voided) {
    told.operation = Operation::void_payment;
    told.requested = Requested::webhook;
  }
  return told;
}

/// A chargeback takes the money, an inquiry does not (sheet: States, Dispute status).
Result<OperationResult> of_dispute(const Json& object) {
  const std::string intent = id_of(object["payment_intent"]);
  const std::string payment = intent.empty() ? id_of(object["charge"]) : intent;
  const std::string status = object["status"].text_or_empty();
  if (payment.empty() || status.empty()) return no_event("The event's dispute cannot be read.");
  OperationResult result = about(payment);
  if (!holds_money(status)) return result;
  result.payment_state = PaymentState::disputed;
  result.next_step = {NextAction::contact_provider};
  return result;
}

Result<std::optional<OperationResult>> some(Result<OperationResult> result) {
  if (!result) return result.error();
  return std::optional<OperationResult>(std::move(result).value());
}

/// Nothing for events about other things.
Result<std::optional<OperationResult>> result_of_event(const std::string& type,
                                                       const Json& object) {
  if (starts_with(type, "refund.") || type == "charge.refund.updated") {
    return some(of_refund(object));
  }
  if (type == "charge.refunded") return some(of_refunded_charge(object));
  if (type == "charge.expired") return some(of_expired_charge(object));
  if (type == "payment_intent.canceled") return some(of_canceled_intent(object));
  if (type == "payment_intent.amount_capturable_updated") return some(of_payment(object));
  if (starts_with(type, "charge.dispute.")) return some(of_dispute(object));
  return std::optional<OperationResult>();
}

}  // namespace

Error no_event(std::string message) {
  return {ErrorCode::malformed_response, std::move(message), {NextAction::none}};
}

Result<WebhookEvent> read_event(const Json& json) {
  const std::string object = json["object"].text_or_empty();
  if (starts_with(object, "v2.")) {
    return no_event(
        "This is an event of Stripe's v2 API. Its signature is good, but it cannot be "
        "read here: send v1 events to this endpoint.");
  }
  const auto id = json["id"].text();
  const auto type = json["type"].text();
  const auto created = time_in(json["created"]);
  const bool whole = object == "event" && id && !id->empty() && type && created &&
                     json["data"]["object"].is_object();
  if (!whole) return no_event("The body is no event of Stripe's.");
  auto result = result_of_event(*type, json["data"]["object"]);
  if (!result) return result.error();
  WebhookEvent event;
  event.id = *id;
  event.type = *type;
  event.created = *created;
  event.result = std::move(result).value();
  if (event.result) event.result->occurred_at = event.created;
  return event;
}

}  // namespace refundkit::stripe
