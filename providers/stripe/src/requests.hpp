#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "refundkit/http/message.hpp"
#include "refundkit/ids.hpp"
#include "refundkit/providers/stripe.hpp"
#include "refundkit/words.hpp"

namespace refundkit::stripe {

inline constexpr std::string_view api_version = "2026-07-29.dahlia";
inline constexpr std::string_view key_slot = "secret_key";

/// What a refund carries beside its amount.
struct RefundFields {
  std::int64_t amount = 0;
  std::optional<Reason> reason = std::nullopt;
  IdempotencyKey key = {};
  int attempt = 0;
  std::string fingerprint = {};
  Reference reference = {};
  std::string wire_key = {};
  /// A reverse that cancels the rest next.
  bool then_cancel = false;
};

/// Builds every request of ours (sheet: Calls). The secret key is a slot in them, never its bytes.
class Requests {
 public:
  explicit Requests(const Options& options)
      : base_url_(options.base_url),
        account_(options.account),
        reverse_transfer_(options.reverse_transfer),
        refund_application_fee_(options.refund_application_fee) {}

  /// A PaymentIntent with its latest charge, or a charge.
  [[nodiscard]] HttpRequest payment(const PaymentId& payment) const;
  /// One page, newest first; `after`: the last id of the page before.
  [[nodiscard]] HttpRequest refunds(const PaymentId& payment, std::string_view after) const;
  [[nodiscard]] HttpRequest refund(const RefundId& refund) const;
  [[nodiscard]] HttpRequest disputes(std::string_view charge) const;

  [[nodiscard]] HttpRequest create_refund(const PaymentId& payment,
                                          const RefundFields& fields) const;
  [[nodiscard]] HttpRequest cancel_payment(std::string_view payment_intent,
                                           std::optional<Reason> reason,
                                           std::string_view wire_key) const;
  [[nodiscard]] HttpRequest cancel_refund(const RefundId& refund, std::string_view wire_key) const;

  /// One of the flags that Stripe does not take for a part of a payment still being captured.
  [[nodiscard]] bool moves_connected_money() const noexcept {
    return reverse_transfer_ || refund_application_fee_;
  }

 private:
  [[nodiscard]] HttpRequest get(std::string_view path, std::string_view query) const;
  [[nodiscard]] HttpRequest post(std::string_view path, std::string body,
                                 std::string_view wire_key) const;

  std::string base_url_;
  std::string account_;
  bool reverse_transfer_;
  bool refund_application_fee_;
};

}  // namespace refundkit::stripe
