#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "refundkit/clock.hpp"
#include "refundkit/error.hpp"
#include "refundkit/export.hpp"
#include "refundkit/ids.hpp"
#include "refundkit/money.hpp"
#include "refundkit/words.hpp"

namespace refundkit {
inline namespace v0 {

/// One refund as the provider tells it.
struct RefundRecord {
  RefundId id;
  RefundState state = RefundState::pending;
  Money amount;
  std::optional<TimePoint> created = std::nullopt;
  /// The operation that made it, if it carries our key; else empty: made elsewhere.
  IdempotencyKey key = {};
  /// Which try of that operation, from 0.
  int attempt = 0;
  /// The caller's parameters it was made from, as request_fingerprint() gives them; or empty.
  std::string fingerprint = {};
  /// The merchant's reference, if it carries one.
  Reference reference = {};
  /// False for what a provider lists as a refund although no money went back: the release of an
  /// authorization, or of what a partial capture left.
  bool gives_money_back = true;
  /// Why it failed, is pending or needs action.
  std::optional<Error> error = std::nullopt;
  std::optional<std::string> bank_reference = std::nullopt;
  std::optional<TimePoint> expected_arrival = std::nullopt;
  /// The payment it belongs to, as the provider names it; empty if it does not tell.
  PaymentId payment = {};
};

/// What one reading of a payment told. Amounts are absent where they are not known; never 0.
struct PaymentSnapshot {
  PaymentId payment;
  PaymentState state = PaymentState::unknown;
  std::optional<Money> captured = std::nullopt;
  std::optional<Money> refunded = std::nullopt;
  std::optional<Money> refundable = std::nullopt;
  /// Authorized and not taken: what a void would release.
  std::optional<Money> releasable = std::nullopt;
  std::vector<RefundRecord> refunds = {};
  /// Why the payment failed or is disputed, in the provider's own words.
  std::optional<Error> error = std::nullopt;
  /// The provider's own id of the answer.
  std::string request_id = {};
  /// When it was read, by the clock in use; set by the Client.
  std::optional<TimePoint> read_at = std::nullopt;
  /// Facts only the adapter that read them understands (a charge's id, a method, an account).
  std::vector<std::pair<std::string, std::string>> facts = {};

  /// The fact with this name; empty if there is none.
  [[nodiscard]] REFUNDKIT_EXPORT std::string fact(std::string_view name) const;
};

/// What to do, and the rule that says so.
struct Plan {
  PlanAction action = PlanAction::none;
  /// The provider's rule, in a sentence.
  std::string rule;
  /// Where that rule is written.
  std::string source;
};

/// One of several money-moving requests of an operation.
struct StepRecord {
  Operation operation = Operation::refund;
  Outcome outcome = Outcome::unknown;
  std::optional<Money> amount;
  std::optional<RefundId> refund;
  std::string request_id;
};

/// What became of one operation, at any provider.
///
/// Three questions have three answers: was anything sent (`sent`), did money move (`money_moved`),
/// can it still change (is_final()). It cannot be read as a bool: `pending` is no success, and
/// `unknown` is no failure. Thread safety: as of a plain value.
struct OperationResult {
  Operation operation = Operation::query;  ///< what was done or decided
  Requested requested = Requested::query;  ///< what the caller asked for
  ProviderId provider;
  AccountName account;

  Outcome outcome = Outcome::unknown;
  /// A request that can move money left this process for this answer.
  bool sent = false;
  MoneyMoved money_moved = MoneyMoved::unknown;
  std::optional<TimePoint> queued_until;

  PaymentId payment;
  std::optional<RefundId> refund;
  std::optional<PaymentState> payment_state;
  std::optional<RefundState> refund_state;
  std::optional<Money> amount;
  /// As last read or computed; absent where unknown. A refund that the provider has accepted and
  /// that has not failed counts as refunded, a pending one too.
  std::optional<Money> captured;
  std::optional<Money> refunded;
  std::optional<Money> refundable;

  /// Present exactly where the outcome is failed, unknown or requires_action.
  std::optional<Error> error;
  NextStep next_step;
  std::optional<Plan> plan;
  std::vector<StepRecord> steps;
  /// The number that the customer's bank can search for.
  std::optional<std::string> bank_reference;
  /// When the money usually shows at the customer's bank, at the latest.
  std::optional<TimePoint> expected_arrival;

  IdempotencyKey key;
  Reference reference;
  /// The provider's own id of its last answer, for its support.
  std::string request_id;
  /// Tries to move money so far, repeats included, as far as they are known.
  int attempts = 0;
  TimePoint occurred_at;

  /// `succeeded` and `failed` are final answers of the operation. (A provider may still take a
  /// refund back later: a webhook or a query tells.)
  [[nodiscard]] bool is_final() const noexcept {
    return outcome == Outcome::succeeded || outcome == Outcome::failed;
  }
};

/// What a listed or read refund means for the operation that made it: outcome, states, error, next
/// step, whether money moved.
REFUNDKIT_EXPORT OperationResult result_of(const RefundRecord& refund);

/// The one JSON object, on one line, every field always there (docs/result.md).
REFUNDKIT_EXPORT std::string to_json(const OperationResult& result);

/// One or two sentences for a person: what happened, and what to do next.
REFUNDKIT_EXPORT std::string describe(const OperationResult& result);

}  // namespace v0
}  // namespace refundkit
