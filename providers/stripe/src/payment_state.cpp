// What a payment's refunds mean for it: releases, what is left, its state, its snapshot.

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "amounts.hpp"
#include "answers.hpp"

namespace refundkit::stripe {
namespace {

struct Sums {
  std::int64_t succeeded = 0;
  std::int64_t open = 0;
  bool any_taken_back = false;
};

std::int64_t units_of(const RefundRecord& refund) {
  const auto units = wire::to_provider(refund.amount, amount_rule(refund.amount.currency()));
  return units ? *units : 0;
}

std::int64_t saturating_sum(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

Sums sums_of(const std::vector<RefundRecord>& refunds) {
  Sums sums;
  for (const RefundRecord& refund : refunds) {
    if (!refund.gives_money_back) continue;
    switch (refund.state) {
      case RefundState::succeeded:
        sums.succeeded = saturating_sum(sums.succeeded, units_of(refund));
        break;
      case RefundState::pending:
      case RefundState::requires_action:
        sums.open = saturating_sum(sums.open, units_of(refund));
        break;
      case RefundState::failed:
      case RefundState::canceled:
        sums.any_taken_back = true;
        break;
    }
  }
  return sums;
}

bool is_partly_captured(const Payment& payment) {
  const bool still_open = payment.is_intent && payment.status == "requires_capture";
  return payment.received && payment.amount && *payment.received > 0 && !still_open &&
         *payment.received < *payment.amount;
}

/// Let go before anything was taken, or only authorized: whatever is listed gave no money back.
bool is_nothing_taken(const Payment& payment) {
  return payment.is_intent ? payment.status == "canceled" && payment.received == 0
                           : payment.status == "succeeded" && !payment.captured;
}

/// What the charge's own sum counts although no money went back.
std::int64_t released(const Payment& payment, const std::vector<RefundRecord>& refunds) {
  if (is_nothing_taken(payment)) return payment.amount_refunded.value_or(0);
  if (!is_partly_captured(payment)) return 0;
  const bool listed = std::any_of(refunds.begin(), refunds.end(), [](const RefundRecord& refund) {
    return !refund.gives_money_back;
  });
  return listed ? *payment.amount - *payment.received : 0;
}

bool is_expiry(const Payment& payment) {
  if (payment.lapsed || payment.cancellation_reason == "expired") return true;
  return payment.cancellation_reason == "automatic" && payment.has_charge && !payment.captured;
}

PaymentState state_of_taken(const Payment& payment, const std::vector<RefundRecord>& refunds) {
  const Sums sums = sums_of(refunds);
  const std::int64_t taken = payment.received.value_or(0);
  const bool says_refunded = payment.refunded && !sums.any_taken_back;
  if (says_refunded || (taken > 0 && sums.succeeded >= taken)) return PaymentState::refunded;
  return sums.succeeded > 0 ? PaymentState::partially_refunded : PaymentState::captured;
}

PaymentState state_of_intent(const Payment& payment, const std::vector<RefundRecord>& refunds) {
  const std::int64_t taken = payment.received.value_or(0);
  const std::string& status = payment.status;
  if (status == "succeeded") return state_of_taken(payment, refunds);
  if (status == "requires_capture") {
    return taken > 0 ? state_of_taken(payment, refunds) : PaymentState::authorized;
  }
  if (status == "canceled") {
    if (taken > 0) return state_of_taken(payment, refunds);
    return is_expiry(payment) ? PaymentState::expired : PaymentState::voided;
  }
  if (status == "requires_payment_method") {
    return payment.error ? PaymentState::failed : PaymentState::pending;
  }
  const bool waits =
      status == "processing" || status == "requires_action" || status == "requires_confirmation";
  return waits ? PaymentState::pending : PaymentState::unknown;
}

PaymentState state_of_charge(const Payment& payment, const std::vector<RefundRecord>& refunds) {
  if (payment.status == "pending") return PaymentState::pending;
  if (payment.status == "failed") return PaymentState::failed;
  if (payment.status != "succeeded") return PaymentState::unknown;
  if (payment.captured) return state_of_taken(payment, refunds);
  if (!payment.refunded) return PaymentState::authorized;
  return is_expiry(payment) ? PaymentState::expired : PaymentState::voided;
}

/// Paid, says the charge; nothing received, says the intent. Or a status that is new to us.
bool contradicts_itself(const Payment& payment) {
  if (!payment.is_intent) return false;
  const bool settles_it = payment.is_uncaptured() || payment.status == "canceled";
  return !settles_it && (payment.paid || !is_known_status(payment));
}

}  // namespace

void mark_releases(const Payment& payment, std::vector<RefundRecord>& refunds) {
  if (is_nothing_taken(payment)) {
    for (RefundRecord& refund : refunds) refund.gives_money_back = false;
    return;
  }
  // The list is newest first, and the release is made with the capture: the oldest of all.
  if (!is_partly_captured(payment) || refunds.empty()) return;
  RefundRecord& oldest = refunds.back();
  const bool is_release = oldest.key.empty() && oldest.state == RefundState::succeeded &&
                          units_of(oldest) == *payment.amount - *payment.received;
  if (is_release) oldest.gives_money_back = false;
}

bool is_known_status(const Payment& payment) {
  constexpr std::array<std::string_view, 7> known{"requires_payment_method",
                                                  "requires_confirmation",
                                                  "requires_action",
                                                  "processing",
                                                  "requires_capture",
                                                  "canceled",
                                                  "succeeded"};
  return std::find(known.begin(), known.end(), payment.status) != known.end();
}

Left what_is_left(const Payment& payment, const std::vector<RefundRecord>& refunds) {
  Left left;
  const Sums sums = sums_of(refunds);
  const std::int64_t taken = payment.received.value_or(0);
  const std::int64_t counted =
      std::max<std::int64_t>(0, payment.amount_refunded.value_or(0) - released(payment, refunds));
  if (taken == 0 && contradicts_itself(payment)) {
    left.guessed = true;
    left.upper = left.lower = payment.amount.value_or(0) - counted;
    left.refunded = counted;
    return left;
  }
  const std::int64_t listed = saturating_sum(sums.succeeded, sums.open);
  const std::int64_t used = sums.any_taken_back ? listed : std::max(listed, counted);
  left.refunded =
      sums.any_taken_back || sums.open > 0 ? sums.succeeded : std::max(sums.succeeded, counted);
  left.lower = std::max<std::int64_t>(0, taken - used);
  left.upper = left.lower;
  const bool unclear = is_partly_captured(payment) && counted > sums.succeeded &&
                       !sums.any_taken_back && released(payment, refunds) == 0;
  if (unclear) {
    left.upper = std::max<std::int64_t>(0, std::min(taken, *payment.amount - counted) - sums.open);
    left.refunded = sums.succeeded;
  }
  return left;
}

PaymentState state_of(const Payment& payment, const std::vector<RefundRecord>& refunds) {
  const bool held =
      payment.is_held_by_dispute() || (payment.disputed && payment.dispute == "unreadable");
  if (held) return PaymentState::disputed;
  return payment.is_intent ? state_of_intent(payment, refunds) : state_of_charge(payment, refunds);
}

}  // namespace refundkit::stripe
