#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace refundkit {
inline namespace v0 {

/// What was done or decided at a provider.
enum class Operation {
  refund,          ///< all that is still refundable
  partial_refund,  ///< a stated amount
  void_payment,    ///< cancel before the money moves
  query,
};

/// What the caller asked for. Its texts are the command's names.
enum class Requested {
  refund,
  void_payment,  ///< "void"
  query,
  refunds,
  reverse,  ///< void or refund, whichever the provider allows now
  resolve,
  plan,
  reconcile,
  webhook,  ///< nobody asked: the provider told
};

/// How an operation ended. Only `succeeded` means that the provider confirmed it.
enum class Outcome {
  succeeded,
  pending,          ///< accepted and not finished; not a success
  requires_action,  ///< the customer or the merchant must act at the provider first
  failed,           ///< a definite no: no money moved
  unknown,          ///< the provider may or may not have done it: resolve, never send anew
};

/// Where a payment stands. `settled` is said only where the provider has a settlement step.
enum class PaymentState {
  authorized,
  captured,
  settled,
  partially_refunded,
  refunded,
  voided,
  pending,
  failed,
  expired,
  disputed,
  unknown,
};

/// Where one refund stands.
enum class RefundState { succeeded, pending, requires_action, failed, canceled };

/// Why an operation did not simply succeed. Codes of a provider that no table knows are
/// `unclassified`; the provider's own code and text are always kept beside it.
enum class ErrorCode {
  invalid_request,
  amount_invalid,
  currency_mismatch,
  amount_exceeds_refundable,
  payment_not_found,
  refund_not_found,
  authentication_failed,
  permission_denied,
  not_captured,
  not_settled,
  already_settled,
  already_refunded,
  already_voided,
  refund_window_expired,
  partial_not_supported,
  not_refundable,
  disputed,
  insufficient_funds,
  declined,
  account_restricted,
  duplicate_request,
  idempotency_conflict,
  in_progress,
  rate_limited,
  provider_unavailable,
  network_error,
  timeout,
  malformed_response,
  unsupported_operation,
  policy_denied,
  configuration_error,
  unclassified,
};

/// What to do next.
enum class NextAction {
  none,
  retry_later,  ///< always under the same idempotency key
  wait_until,
  void_instead,
  refund_instead,
  resolve,
  fix_request,
  fix_credentials,
  add_funds,
  manual_portal,
  contact_provider,
};

/// Did the provider take money on its way back to the customer? `yes` from the moment it accepts a
/// refund, a pending one too, until that refund fails. A void moves none.
enum class MoneyMoved { yes, no, unknown };

/// Why the merchant gives money back.
enum class Reason { duplicate, fraudulent, requested_by_customer, other };

/// What a plan advises.
enum class PlanAction { void_payment, refund, partial_refund, wait, manual, none };

/// The one two-way table between each enumerator and its text.
template <class Enum>
struct Words;

#define REFUNDKIT_WORD(Enum, name) \
  std::pair<Enum, std::string_view> { Enum::name, #name }

template <>
struct Words<Operation> {
  static constexpr std::array table{
      REFUNDKIT_WORD(Operation, refund), REFUNDKIT_WORD(Operation, partial_refund),
      REFUNDKIT_WORD(Operation, void_payment), REFUNDKIT_WORD(Operation, query)};
};
template <>
struct Words<Requested> {
  static constexpr std::array table{
      REFUNDKIT_WORD(Requested, refund),
      std::pair<Requested, std::string_view>{Requested::void_payment, "void"},
      REFUNDKIT_WORD(Requested, query),
      REFUNDKIT_WORD(Requested, refunds),
      REFUNDKIT_WORD(Requested, reverse),
      REFUNDKIT_WORD(Requested, resolve),
      REFUNDKIT_WORD(Requested, plan),
      REFUNDKIT_WORD(Requested, reconcile),
      REFUNDKIT_WORD(Requested, webhook)};
};
template <>
struct Words<Outcome> {
  static constexpr std::array table{
      REFUNDKIT_WORD(Outcome, succeeded), REFUNDKIT_WORD(Outcome, pending),
      REFUNDKIT_WORD(Outcome, requires_action), REFUNDKIT_WORD(Outcome, failed),
      REFUNDKIT_WORD(Outcome, unknown)};
};
template <>
struct Words<PaymentState> {
  static constexpr std::array table{
      REFUNDKIT_WORD(PaymentState, authorized), REFUNDKIT_WORD(PaymentState, captured),
      REFUNDKIT_WORD(PaymentState, settled),    REFUNDKIT_WORD(PaymentState, partially_refunded),
      REFUNDKIT_WORD(PaymentState, refunded),   REFUNDKIT_WORD(PaymentState, voided),
      REFUNDKIT_WORD(PaymentState, pending),    REFUNDKIT_WORD(PaymentState, failed),
      REFUNDKIT_WORD(PaymentState, expired),    REFUNDKIT_WORD(PaymentState, disputed),
      REFUNDKIT_WORD(PaymentState, unknown)};
};
template <>
struct Words<RefundState> {
  static constexpr std::array table{
      REFUNDKIT_WORD(RefundState, succeeded), REFUNDKIT_WORD(RefundState, pending),
      REFUNDKIT_WORD(RefundState, requires_action), REFUNDKIT_WORD(RefundState, failed),
      REFUNDKIT_WORD(RefundState, canceled)};
};
template <>
struct Words<ErrorCode> {
  static constexpr std::array table{REFUNDKIT_WORD(ErrorCode, invalid_request),
                                    REFUNDKIT_WORD(ErrorCode, amount_invalid),
                                    REFUNDKIT_WORD(ErrorCode, currency_mismatch),
                                    REFUNDKIT_WORD(ErrorCode, amount_exceeds_refundable),
                                    REFUNDKIT_WORD(ErrorCode, payment_not_found),
                                    REFUNDKIT_WORD(ErrorCode, refund_not_found),
                                    REFUNDKIT_WORD(ErrorCode, authentication_failed),
                                    REFUNDKIT_WORD(ErrorCode, permission_denied),
                                    REFUNDKIT_WORD(ErrorCode, not_captured),
                                    REFUNDKIT_WORD(ErrorCode, not_settled),
                                    REFUNDKIT_WORD(ErrorCode, already_settled),
                                    REFUNDKIT_WORD(ErrorCode, already_refunded),
                                    REFUNDKIT_WORD(ErrorCode, already_voided),
                                    REFUNDKIT_WORD(ErrorCode, refund_window_expired),
                                    REFUNDKIT_WORD(ErrorCode, partial_not_supported),
                                    REFUNDKIT_WORD(ErrorCode, not_refundable),
                                    REFUNDKIT_WORD(ErrorCode, disputed),
                                    REFUNDKIT_WORD(ErrorCode, insufficient_funds),
                                    REFUNDKIT_WORD(ErrorCode, declined),
                                    REFUNDKIT_WORD(ErrorCode, account_restricted),
                                    REFUNDKIT_WORD(ErrorCode, duplicate_request),
                                    REFUNDKIT_WORD(ErrorCode, idempotency_conflict),
                                    REFUNDKIT_WORD(ErrorCode, in_progress),
                                    REFUNDKIT_WORD(ErrorCode, rate_limited),
                                    REFUNDKIT_WORD(ErrorCode, provider_unavailable),
                                    REFUNDKIT_WORD(ErrorCode, network_error),
                                    REFUNDKIT_WORD(ErrorCode, timeout),
                                    REFUNDKIT_WORD(ErrorCode, malformed_response),
                                    REFUNDKIT_WORD(ErrorCode, unsupported_operation),
                                    REFUNDKIT_WORD(ErrorCode, policy_denied),
                                    REFUNDKIT_WORD(ErrorCode, configuration_error),
                                    REFUNDKIT_WORD(ErrorCode, unclassified)};
};
template <>
struct Words<NextAction> {
  static constexpr std::array table{REFUNDKIT_WORD(NextAction, none),
                                    REFUNDKIT_WORD(NextAction, retry_later),
                                    REFUNDKIT_WORD(NextAction, wait_until),
                                    REFUNDKIT_WORD(NextAction, void_instead),
                                    REFUNDKIT_WORD(NextAction, refund_instead),
                                    REFUNDKIT_WORD(NextAction, resolve),
                                    REFUNDKIT_WORD(NextAction, fix_request),
                                    REFUNDKIT_WORD(NextAction, fix_credentials),
                                    REFUNDKIT_WORD(NextAction, add_funds),
                                    REFUNDKIT_WORD(NextAction, manual_portal),
                                    REFUNDKIT_WORD(NextAction, contact_provider)};
};
template <>
struct Words<MoneyMoved> {
  static constexpr std::array table{REFUNDKIT_WORD(MoneyMoved, yes), REFUNDKIT_WORD(MoneyMoved, no),
                                    REFUNDKIT_WORD(MoneyMoved, unknown)};
};
template <>
struct Words<Reason> {
  static constexpr std::array table{
      REFUNDKIT_WORD(Reason, duplicate), REFUNDKIT_WORD(Reason, fraudulent),
      REFUNDKIT_WORD(Reason, requested_by_customer), REFUNDKIT_WORD(Reason, other)};
};
template <>
struct Words<PlanAction> {
  static constexpr std::array table{
      REFUNDKIT_WORD(PlanAction, void_payment),   REFUNDKIT_WORD(PlanAction, refund),
      REFUNDKIT_WORD(PlanAction, partial_refund), REFUNDKIT_WORD(PlanAction, wait),
      REFUNDKIT_WORD(PlanAction, manual),         REFUNDKIT_WORD(PlanAction, none)};
};

#undef REFUNDKIT_WORD

/// The word as it stands in JSON, in the tables and in this header.
template <class Enum>
constexpr std::string_view to_text(Enum value) noexcept {
  for (const auto& [word, text] : Words<Enum>::table) {
    if (word == value) return text;
  }
  return {};
}

/// The enumerator with this text, if there is one.
template <class Enum>
constexpr std::optional<Enum> from_text(std::string_view text) noexcept {
  for (const auto& [word, name] : Words<Enum>::table) {
    if (name == text) return word;
  }
  return std::nullopt;
}

}  // namespace v0
}  // namespace refundkit
