// A payment as the neutral snapshot that callers hold, and back.

#include <algorithm>
#include <charconv>
#include <utility>

#include "amounts.hpp"
#include "answers.hpp"
#include "refundkit/wire/times.hpp"

namespace refundkit::stripe {
namespace {

using Facts = std::vector<std::pair<std::string, std::string>>;

void put(Facts& facts, const char* name, const std::string& value) {
  if (!value.empty()) facts.emplace_back(name, value);
}

void put(Facts& facts, const char* name, const std::optional<std::int64_t>& value) {
  if (value) facts.emplace_back(name, std::to_string(*value));
}

void put_flag(Facts& facts, const char* name, bool value) {
  if (value) facts.emplace_back(name, "true");
}

std::optional<std::int64_t> number(const PaymentSnapshot& snapshot, std::string_view name) {
  const std::string text = snapshot.fact(name);
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || stop != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> seconds_of(const std::optional<TimePoint>& time) {
  if (!time) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch()).count();
}

Facts facts_of(const Payment& payment) {
  Facts facts;
  put(facts, "object", std::string(payment.is_intent ? "payment_intent" : "charge"));
  put(facts, "status", payment.status);
  put(facts, "payment_intent", payment.intent);
  put(facts, "charge", payment.charge);
  put(facts, "cancellation_reason", payment.cancellation_reason);
  put(facts, "method", payment.method);
  put(facts, "currency", payment.currency ? std::string(payment.currency->code()) : std::string());
  put(facts, "amount", payment.amount);
  put(facts, "amount_received", payment.received);
  put(facts, "amount_capturable", payment.capturable);
  put(facts, "amount_refunded", payment.amount_refunded);
  put_flag(facts, "has_charge", payment.has_charge);
  put_flag(facts, "captured", payment.captured);
  put_flag(facts, "paid", payment.paid);
  put_flag(facts, "refunded", payment.refunded);
  put_flag(facts, "disputed", payment.disputed);
  put_flag(facts, "lapsed", payment.lapsed);
  put(facts, "dispute", payment.dispute);
  put_flag(facts, "release_unclear", payment.release_unclear);
  for (const std::string& refund : payment.then_cancel) put(facts, "then_cancel", refund);
  put(facts, "created", seconds_of(payment.created));
  return facts;
}

std::optional<Money> money(const Payment& payment, const std::optional<std::int64_t>& units) {
  if (!units || !payment.currency) return std::nullopt;
  return wire::from_provider(*units, *payment.currency, amount_rule(*payment.currency));
}

}  // namespace

PaymentSnapshot to_snapshot(Payment payment, std::vector<ListedRefund> listed) {
  payment.lapsed = std::any_of(listed.begin(), listed.end(), [](const ListedRefund& refund) {
    return !refund.record.gives_money_back;
  });
  payment.release_unclear = !mark_releases(payment, listed);
  std::vector<RefundRecord> refunds;
  for (ListedRefund& refund : listed) {
    if (refund.then_cancel) payment.then_cancel.push_back(refund.record.id.str());
    // Callers know the payment by the id they asked with: the charge's, or its PaymentIntent's.
    refund.record.payment = payment.id;
    refunds.push_back(std::move(refund.record));
  }
  PaymentSnapshot snapshot;
  snapshot.payment = payment.id;
  snapshot.state = state_of(payment, refunds);
  snapshot.error = payment.error;
  snapshot.facts = facts_of(payment);
  const Left left = what_is_left(payment, refunds);
  if (!left.guessed || payment.release_unclear) {
    snapshot.captured = money(payment, payment.received);
  }
  if (left.is_exact() && payment.currency) {
    snapshot.refunded = money(payment, left.refunded);
    snapshot.refundable = wire::from_provider_rounded_down(left.upper, *payment.currency,
                                                           amount_rule(*payment.currency));
  }
  if (payment.capturable.value_or(0) > 0) {
    snapshot.releasable = money(payment, payment.capturable);
  }
  snapshot.refunds = std::move(refunds);
  return snapshot;
}

std::optional<Payment> from_snapshot(const PaymentSnapshot& snapshot) {
  const std::string object = snapshot.fact("object");
  const auto currency = Currency::parse(snapshot.fact("currency"));
  if ((object != "payment_intent" && object != "charge") || !currency) return std::nullopt;
  const auto flag = [&snapshot](std::string_view name) { return snapshot.fact(name) == "true"; };
  Payment payment;
  payment.id = snapshot.payment;
  payment.is_intent = object == "payment_intent";
  payment.intent = snapshot.fact("payment_intent");
  payment.charge = snapshot.fact("charge");
  payment.status = snapshot.fact("status");
  payment.cancellation_reason = snapshot.fact("cancellation_reason");
  payment.method = snapshot.fact("method");
  payment.currency = *currency;
  payment.amount = number(snapshot, "amount");
  payment.received = number(snapshot, "amount_received");
  payment.capturable = number(snapshot, "amount_capturable");
  payment.amount_refunded = number(snapshot, "amount_refunded");
  payment.has_charge = flag("has_charge");
  payment.captured = flag("captured");
  payment.paid = flag("paid");
  payment.refunded = flag("refunded");
  payment.disputed = flag("disputed");
  payment.lapsed = flag("lapsed");
  payment.dispute = snapshot.fact("dispute");
  payment.release_unclear = flag("release_unclear");
  for (const auto& [name, value] : snapshot.facts) {
    if (name == "then_cancel") payment.then_cancel.push_back(value);
  }
  const auto created = number(snapshot, "created");
  if (created && *created >= 0) payment.created = wire::time_of(*created);
  payment.error = snapshot.error;
  if (payment.status.empty() || !payment.amount) return std::nullopt;
  return payment;
}

}  // namespace refundkit::stripe
