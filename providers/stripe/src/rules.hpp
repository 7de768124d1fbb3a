#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "answers.hpp"
#include "refundkit/capabilities.hpp"
#include "refundkit/request.hpp"

namespace refundkit::stripe {

/// A rule of Stripe's that says no before anything is sent.
struct LocalNo {
  Error error;
  Rule rule;
};

/// A refund that may be sent, as far as we know; Stripe stays judge of the balance.
struct RefundDecision {
  std::int64_t units = 0;
  Money amount;
  Operation operation = Operation::refund;
  Rule rule;
  /// A full refund whose sum is the upper of two readings: refused as too much, this is tried.
  std::optional<Money> lower = std::nullopt;
};

using RefundVerdict = std::variant<RefundDecision, LocalNo>;

/// Every rule of Stripe's that the provider's page lists, with its source.
const std::vector<Rule>& all_rules();

/// Checks that need no payment: sign and units of the amount.
std::optional<Error> check(const RefundRequest& request);

RefundVerdict decide_refund(const RefundRequest& request, const PaymentSnapshot& snapshot,
                            TimePoint now, bool moves_connected_money);

/// What to send after `refused` was more than is left: the lower reading of what is left now.
/// Nothing where the payment, read again, allows no less.
std::optional<RefundDecision> lower_of(const RefundDecision& now, const RefundDecision& refused);

/// May this payment be cancelled whole? Nothing: it may. A payment already cancelled is the flow's
/// question, which depends on whose repeat it is.
std::optional<LocalNo> refuse_void(const Payment& payment);

/// Days after the payment in which its method takes refunds; nothing where none is documented.
std::optional<int> refund_window_days(const std::string& method);
bool is_full_only(const std::string& method);

Rule void_rule();
Rule multicapture_rule();

}  // namespace refundkit::stripe
