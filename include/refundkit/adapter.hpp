#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "refundkit/capabilities.hpp"
#include "refundkit/clock.hpp"
#include "refundkit/export.hpp"
#include "refundkit/request.hpp"
#include "refundkit/secret.hpp"
#include "refundkit/step.hpp"

namespace refundkit {
inline namespace v0 {

/// What the driver hands an adapter beside the caller's request.
struct FlowContext {
  /// The operation's key, already derived. Wire keys are made from it.
  IdempotencyKey key;
  /// The key to use where a reverse turns out to be a void: void and refund are two families, and a
  /// reference means another operation in each. Else the same as `key`.
  IdempotencyKey void_key;
  /// Which try of the operation to begin with, from 0.
  int attempt = 0;
  /// The key is the caller's own or comes from a reference: an earlier run may have used it.
  bool repeatable_key = false;
  /// The time by the clock in use. A flow reads no other clock.
  TimePoint now;
};

/// What a provider's answer says about sending the same bytes again. Neutral: the driver knows no
/// provider's headers.
struct RepeatHint {
  enum class Advice {
    as_usual,        ///< the answer ends it
    do_not_repeat,   ///< the provider forbids it
    repeat_same_key  ///< not done: the same bytes under the same key may be sent after a pause
  };
  Advice advice = Advice::as_usual;
  /// The answer also proves that this try was not executed (a rate limit, say).
  bool not_executed = false;
  /// Not before this pause, where the provider names one.
  std::optional<std::chrono::milliseconds> pause = std::nullopt;
};

/// All that is known of talking to one provider, for one account: builds requests, reads answers,
/// applies the provider's rules. It does no I/O, never sleeps and reads no clock.
///
/// Thread safety: any number of threads may call const members at the same time.
class REFUNDKIT_EXPORT Adapter {
 public:
  Adapter() = default;
  Adapter(const Adapter&) = delete;
  Adapter& operator=(const Adapter&) = delete;
  virtual ~Adapter();

  [[nodiscard]] virtual const Capabilities& capabilities() const noexcept = 0;

  /// Operations. Without an amount a refund reads what is left and sends that amount; a reverse
  /// voids or refunds, whichever the rules allow now, and never widens a part to a void.
  /// A flow fills operation, outcome, money_moved, error, next step, ids, states, amounts and
  /// request id, and `plan` where one of the provider's rules decided without sending; the driver
  /// fills the rest.
  [[nodiscard]] virtual Step<OperationResult> refund(const RefundRequest& request,
                                                     const FlowContext& context) const = 0;
  [[nodiscard]] virtual Step<OperationResult> void_payment(const VoidRequest& request,
                                                           const FlowContext& context) const = 0;
  [[nodiscard]] virtual Step<OperationResult> reverse(const RefundRequest& request,
                                                      const FlowContext& context) const = 0;
  /// Only reads.
  [[nodiscard]] virtual Step<OperationResult> resolve(const ResolveRequest& request,
                                                      const FlowContext& context) const = 0;

  /// The payment, its refunds included.
  [[nodiscard]] virtual Reading<PaymentSnapshot> read_payment(const PaymentId& payment) const = 0;
  [[nodiscard]] virtual Reading<RefundRecord> read_refund(const PaymentId& payment,
                                                          const RefundId& refund) const = 0;
  [[nodiscard]] virtual Reading<std::vector<RefundRecord>> list_refunds(
      const PaymentId& payment) const = 0;

  [[nodiscard]] virtual RepeatHint repeat_hint(const HttpResponse& response) const = 0;
  /// The provider's own id of an answer, for its support; empty if it gave none.
  [[nodiscard]] virtual std::string request_id(const HttpResponse& response) const = 0;
  /// The bytes for a CredentialSlot. Fails with `configuration_error` for a slot it never made.
  [[nodiscard]] virtual Result<Secret> credential(std::string_view slot) const = 0;
  /// Response headers an observer may see. All others are hidden.
  [[nodiscard]] virtual const std::vector<std::string_view>& loggable_headers() const noexcept = 0;
};

}  // namespace v0
}  // namespace refundkit
