#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "refundkit/http/message.hpp"
#include "refundkit/operation_result.hpp"
#include "refundkit/wire/json.hpp"

namespace refundkit::stripe {

/// A PaymentIntent and its latest charge, or a charge alone, as far as we use them. Amounts are
/// Stripe's counts; absent fields stay absent.
struct Payment {
  PaymentId id;
  bool is_intent = true;
  std::string intent;  ///< of a charge: the PaymentIntent behind it, if there is one
  std::string charge;
  /// The PaymentIntent's, or the charge's.
  std::string status;
  std::string cancellation_reason;
  std::string method;
  std::optional<Currency> currency;
  std::optional<std::int64_t> amount;           ///< of the charge; without one, of the intent
  std::optional<std::int64_t> received;         ///< taken so far
  std::optional<std::int64_t> capturable;       ///< authorized and not taken
  std::optional<std::int64_t> amount_refunded;  ///< the charge's own sum
  bool has_charge = false;
  bool captured = false;
  bool paid = false;
  bool refunded = false;
  bool disputed = false;
  bool lapsed = false;  ///< a refund says that the authorization ran out
  /// One of the listed refunds may be the release of what a partial capture left, or may not.
  bool release_unclear = false;
  /// Our refunds after which the rest was to be cancelled: the first of two steps.
  std::vector<std::string> then_cancel;
  /// The dispute's status; "unreadable" where the key may not read it.
  std::string dispute;
  std::optional<TimePoint> created;
  std::optional<TimePoint> canceled_at;
  std::optional<Error> error;

  [[nodiscard]] bool is_uncaptured() const noexcept;
  /// Cancelled or released, and nothing was ever taken.
  [[nodiscard]] bool was_let_go() const noexcept;
  /// A part is taken, and the rest still on hold.
  [[nodiscard]] bool is_being_captured() const noexcept;
  /// A chargeback holds the money (sheet: States, Dispute status).
  [[nodiscard]] bool is_held_by_dispute() const;
};

/// What is left to refund, in Stripe's counts. The two bounds differ only where a part was captured
/// and the sources contradict each other (sheet: Partial refund).
struct Left {
  std::int64_t lower = 0;
  std::int64_t upper = 0;
  /// Accepted and not failed: a pending refund counts.
  std::int64_t refunded = 0;
  /// Stripe's own reading contradicts itself or tells too little: the bounds are guesses, Stripe
  /// decides.
  bool guessed = false;

  [[nodiscard]] bool is_exact() const noexcept { return !guessed && lower == upper; }
};

/// A refund as a list of them tells it.
struct ListedRefund {
  RefundRecord record;
  /// Stripe calls it a reversal: a release, or a refund so early that the payment just disappears.
  bool is_reversal = false;
  /// Made by a reverse that was to cancel the rest next.
  bool then_cancel = false;
};

/// The body, if it is JSON.
std::optional<wire::Json> read_body(const HttpResponse& response);

/// Is it an answer with the object that was asked for, as far as status and shape tell?
bool is_success(const HttpResponse& response, const std::optional<wire::Json>& body);

/// The id in a field that holds one, or the expanded object with it.
std::string id_of(const wire::Json& json);
/// The moment in a field of Unix seconds; nothing before 1970.
std::optional<TimePoint> time_in(const wire::Json& json);

/// A refund object; fails with `malformed_response`.
Result<RefundRecord> read_refund(const wire::Json& json);
/// The same, with what only a list needs.
Result<ListedRefund> read_listed_refund(const wire::Json& json);
/// A PaymentIntent or a charge; fails with `malformed_response`.
Result<Payment> read_payment(const wire::Json& json, const PaymentId& asked);

/// Is this one of the statuses that a PaymentIntent has today?
bool is_known_status(const Payment& payment);

/// Does a dispute with this status hold the money? (sheet: States, Dispute status)
bool holds_money(std::string_view dispute_status);

/// Marks those refunds that gave nothing back: releases of an authorization, or of what a partial
/// capture left. False where one of them may be such a release and nothing tells.
bool mark_releases(const Payment& payment, std::vector<ListedRefund>& refunds);
Left what_is_left(const Payment& payment, const std::vector<RefundRecord>& refunds);
PaymentState state_of(const Payment& payment, const std::vector<RefundRecord>& refunds);

/// The one value that callers see and may hand back to us. `listed`: newest first.
PaymentSnapshot to_snapshot(Payment payment, std::vector<ListedRefund> listed);
/// The payment out of a snapshot of ours; nothing if we did not make it.
std::optional<Payment> from_snapshot(const PaymentSnapshot& snapshot);

}  // namespace refundkit::stripe
