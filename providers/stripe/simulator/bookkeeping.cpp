#include "bookkeeping.hpp"

#include <chrono>
#include <utility>

#include "objects.hpp"

namespace refundkit::simulation::stripe {
namespace {

using std::chrono::hours;

constexpr hours failure_delay{1};
constexpr hours pending_time{24};
constexpr hours reference_delay{72};
constexpr hours balance_patience{7 * 24};

const Cause by_itself;

// What an event says.
struct News {
  std::string type;
  Json object;
  Cause cause = by_itself;
  Json previous = Json();
};

void tell(Books& books, const Payment& payment, News news, Time now) {
  books.record({new_id("evt_"), std::move(news.type), payment.account, now, std::move(news.object),
                std::move(news.previous), std::move(news.cause)});
}

// From here on the refund stands in the charge's amount_refunded, which a failure does not lower.
void count(Payment& payment, Refund& refund, Time now) {
  refund.counted = true;
  refund.balance_transaction = new_id("txn_");
  refund.reference_from = now + reference_delay;
  refund.reference = "7442" + std::to_string(1'000'000'000 + payment.refunds.size()) + "001122334";
  payment.counted_refunds += refund.amount;
}

void tell_charge_refunded(Books& books, const Payment& payment, const Cause& cause, Time now) {
  tell(books, payment, {"charge.refunded", charge_object(payment, now), cause}, now);
}

void succeed(Books& books, Payment& payment, Refund& refund, Time now) {
  if (refund.status != "pending") return;
  refund.status = "succeeded";
  count(payment, refund, now);
  tell(books, payment,
       {"refund.updated", refund_object(payment, refund, now), by_itself,
        Json::object({{"status", "pending"}})},
       now);
  tell_charge_refunded(books, payment, by_itself, now);
}

std::string first_status(const Payment& payment) {
  if (payment.course == RefundCourse::action) return "requires_action";
  if (payment.course == RefundCourse::direct && payment.method == "card") return "succeeded";
  return "pending";
}

std::string first_pending_reason(const Payment& payment, Time now) {
  if (payment.course == RefundCourse::low_balance) return "insufficient_funds";
  if (payment.method != "card" && now < payment.available_on) return "charge_pending";
  return "processing";
}

// What becomes of a refund that has not ended yet.
void plan_end(Books& books, Payment& payment, Refund& refund, bool fails_later) {
  const auto fail = [&books, &payment, &refund](const RefundEnd& end) {
    return [&books, &payment, &refund, end](Time now) {
      end_refund(books, {&payment, &refund}, end, now);
    };
  };
  if (fails_later) {
    books.later(refund.created + failure_delay, fail({"failed", "expired_or_canceled_card"}));
  } else if (payment.course == RefundCourse::low_balance) {
    books.later(refund.created + balance_patience, fail({"failed", "insufficient_funds"}));
  } else if (payment.course == RefundCourse::action) {
    books.later(refund.created + customer_patience, fail({"canceled", "unknown"}));
  } else if (refund.status == "pending") {
    books.later(refund.created + pending_time,
                [&books, &payment, &refund](Time now) { succeed(books, payment, refund, now); });
  }
}

}  // namespace

Refund& accept_refund(Books& books, Payment& payment, const RefundOrder& order, Time now) {
  Refund made;
  made.id = new_id(payment.method == "card" ? "re_" : "pyr_");
  made.amount = order.amount;
  made.created = now;
  made.status = first_status(payment);
  made.reason = order.reason;
  made.instructions_email = order.instructions_email;
  made.metadata = order.metadata;
  made.key = order.cause.key;
  made.reversed_transfer = order.reverse_transfer;
  if (made.status == "pending") made.pending_reason = first_pending_reason(payment, now);

  Refund& refund = books.add_refund(payment, std::move(made));
  payment.moved.push_back({now, refund.amount});
  if (refund.status == "succeeded") count(payment, refund, now);
  tell(books, payment, {"refund.created", refund_object(payment, refund, now), order.cause}, now);
  if (refund.counted) tell_charge_refunded(books, payment, order.cause, now);
  plan_end(books, payment, refund, order.fails_later);
  return refund;
}

void end_refund(Books& books, const Books::Found& found, const RefundEnd& end, Time now) {
  Payment& payment = *found.payment;
  Refund& refund = *found.refund;
  if (refund.status == "failed" || refund.status == "canceled") return;
  Json previous = Json::object({{"status", refund.status}});
  refund.status = end.status;
  refund.failure_reason = end.failure_reason;
  refund.failure_balance_transaction = new_id("txn_");
  payment.moved.push_back({now, -refund.amount});
  const Json changed = refund_object(payment, refund, now);
  tell(books, payment, {"refund.updated", changed, by_itself, std::move(previous)}, now);
  if (refund.status == "failed") tell(books, payment, {"refund.failed", changed}, now);
}

void release_rest(Books& books, Payment& payment, const std::string& reason, Time now) {
  Refund release;
  release.id = new_id("re_");
  release.amount = payment.amount - payment.captured;
  release.created = now;
  release.status = "succeeded";
  release.reason = reason;
  release.is_release = true;
  release.counted = true;
  payment.counted_refunds += release.amount;
  books.add_refund(payment, std::move(release));
}

void cancel_payment(Books& books, Payment& payment, const Cancellation& cancellation, Time now) {
  const auto& [reason, cause] = cancellation;
  const bool held = payment.is_on_hold();
  const bool lapsed = reason == "expired";
  payment.status = "canceled";
  payment.cancellation_reason = reason;
  payment.canceled_at = now;
  if (held) release_rest(books, payment, lapsed ? "expired_uncaptured_charge" : "", now);
  if (lapsed) tell(books, payment, {"charge.expired", charge_object(payment, now), cause}, now);
  if (payment.intent.empty()) return;
  tell(books, payment, {"payment_intent.canceled", intent_object(payment, now), cause}, now);
}

void watch_authorization(Books& books, Payment& payment) {
  books.later(*payment.capture_before, [&books, &payment](Time now) {
    if (!payment.is_on_hold()) return;
    if (payment.was_paid()) {
      // The taken part stays, the rest lapses (sheet: Void, multicapture).
      release_rest(books, payment, "expired_uncaptured_charge", now);
      payment.status = "succeeded";
      return;
    }
    cancel_payment(books, payment, {"expired", by_itself}, now);
  });
}

}  // namespace refundkit::simulation::stripe
