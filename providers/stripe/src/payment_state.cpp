// What a payment's refunds mean for it: releases, what is left, its state, its snapshot.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

#include "amounts.hpp"
#include "answers.hpp"
#include "refundkit/wire/repeats.hpp"

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
  const bool still_open =
      payment.is_intent ? payment.status == "requires_capture" : !payment.captured;
  return payment.received && payment.amount && *payment.received > 0 && !still_open &&
         *payment.received < *payment.amount;
}

/// Let go before anything was taken, or only authorized: whatever is listed gave no money back.
bool is_nothing_taken(const Payment& payment) {
  if (payment.is_intent) return payment.was_let_go();
  return payment.status == "succeeded" && !payment.captured && payment.received == 0;
}

std::int64_t rest_of(const Payment& payment) { return *payment.amount - *payment.received; }

/// What the charge's own sum counts although no money went back.
std::int64_t released(const Payment& payment, const std::vector<RefundRecord>& refunds) {
  if (is_nothing_taken(payment)) return payment.amount_refunded.value_or(0);
  if (!is_partly_captured(payment)) return 0;
  const bool listed = std::any_of(refunds.begin(), refunds.end(), [](const RefundRecord& refund) {
    return !refund.gives_money_back;
  });
  return listed ? rest_of(payment) : 0;
}

bool is_expiry(const Payment& payment) {
  if (payment.lapsed || payment.cancellation_reason == "expired") return true;
  return payment.cancellation_reason == "automatic" && payment.has_charge && !payment.captured;
}

PaymentState state_after(std::int64_t given_back, std::int64_t taken) {
  if (given_back <= 0) return PaymentState::captured;
  return given_back >= taken ? PaymentState::refunded : PaymentState::partially_refunded;
}

PaymentState state_of_taken(const Payment& payment, const std::vector<RefundRecord>& refunds) {
  const Sums sums = sums_of(refunds);
  if (payment.refunded && !sums.any_taken_back) return PaymentState::refunded;
  if (!payment.received) {
    return sums.succeeded == 0 ? PaymentState::captured : PaymentState::unknown;
  }
  const PaymentState state = state_after(sums.succeeded, *payment.received);
  if (!payment.release_unclear) return state;
  const PaymentState without = state_after(sums.succeeded - rest_of(payment), *payment.received);
  return state == without ? state : PaymentState::unknown;
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
    if (!payment.received && payment.captured) return PaymentState::unknown;
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
  if (payment.captured || payment.received != 0) return state_of_taken(payment, refunds);
  if (!payment.refunded) return PaymentState::authorized;
  return is_expiry(payment) ? PaymentState::expired : PaymentState::voided;
}

using Candidates = std::vector<ListedRefund*>;

/// Those that may be the release of what a partial capture left: exactly the rest, and not ours.
Candidates candidates_among(const Payment& payment, std::vector<ListedRefund>& refunds) {
  Candidates candidates;
  for (ListedRefund& refund : refunds) {
    const RefundRecord& record = refund.record;
    const bool may_be = record.key.empty() && record.state == RefundState::succeeded &&
                        record.gives_money_back && units_of(record) == rest_of(payment);
    if (may_be) candidates.push_back(&refund);
  }
  return candidates;
}

/// The one made at that moment, as far as Stripe's whole seconds tell.
ListedRefund* made_at(const std::optional<TimePoint>& moment, const Candidates& candidates) {
  constexpr std::chrono::seconds near{5};
  ListedRefund* closest = nullptr;
  auto distance = near;
  for (ListedRefund* candidate : candidates) {
    if (!moment || !candidate->record.created) continue;
    const auto apart = std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::abs(*candidate->record.created - *moment));
    if (apart > distance || (closest != nullptr && apart == distance)) continue;
    closest = candidate;
    distance = apart;
  }
  return closest;
}

/// The release is made with the cancel, or with the capture before any refund; Stripe calls it a
/// reversal, and without it more would have been given back than was taken (sheet: Partial refund;
/// Void). nullptr where none of this tells.
ListedRefund* release_among(const Payment& payment, const std::vector<ListedRefund>& refunds,
                            const Candidates& candidates) {
  if (ListedRefund* made = made_at(payment.canceled_at, candidates)) return made;
  if (ListedRefund* made = made_at(payment.created, candidates)) return made;
  const auto is_reversal = [](const ListedRefund* refund) { return refund->is_reversal; };
  if (std::count_if(candidates.begin(), candidates.end(), is_reversal) == 1) {
    return *std::find_if(candidates.begin(), candidates.end(), is_reversal);
  }
  std::int64_t given_back = 0;
  for (const ListedRefund& refund : refunds) {
    if (!wire::is_alive(refund.record)) continue;
    given_back = saturating_sum(given_back, units_of(refund.record));
  }
  return given_back > *payment.received ? candidates.back() : nullptr;
}

/// Paid, says the charge; nothing received, says the intent. Or a status that is new to us.
bool contradicts_itself(const Payment& payment) {
  if (!payment.is_intent) return false;
  const bool settles_it = payment.is_uncaptured() || payment.status == "canceled";
  return !settles_it && (payment.paid || !is_known_status(payment));
}

}  // namespace

bool mark_releases(const Payment& payment, std::vector<ListedRefund>& refunds) {
  if (is_nothing_taken(payment)) {
    for (ListedRefund& refund : refunds) refund.record.gives_money_back = false;
    return true;
  }
  if (!is_partly_captured(payment)) return true;
  const bool named = std::any_of(refunds.begin(), refunds.end(), [](const ListedRefund& refund) {
    return !refund.record.gives_money_back;
  });
  const Candidates candidates = candidates_among(payment, refunds);
  if (named || candidates.empty()) return true;
  ListedRefund* release = release_among(payment, refunds, candidates);
  if (release != nullptr) release->record.gives_money_back = false;
  return release != nullptr;
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
  const std::int64_t listed = saturating_sum(sums.succeeded, sums.open);
  const std::int64_t used = sums.any_taken_back ? listed : std::max(listed, counted);
  if (!payment.received || (taken == 0 && contradicts_itself(payment))) {
    left.guessed = true;
    left.refunded = counted;
    left.upper = left.lower = std::max<std::int64_t>(0, payment.amount.value_or(0) - counted);
    return left;
  }
  left.refunded = std::min(taken, used);
  left.upper = left.lower = taken - left.refunded;
  if (payment.release_unclear) {
    left.guessed = true;
    left.upper = std::min(taken, taken - std::min(taken, listed) + rest_of(payment));
    return left;
  }
  const bool unclear = is_partly_captured(payment) && counted > sums.succeeded &&
                       !sums.any_taken_back && released(payment, refunds) == 0;
  if (unclear) {
    left.upper = std::max<std::int64_t>(0, std::min(taken, *payment.amount - counted) - sums.open);
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
