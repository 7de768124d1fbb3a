#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "refundkit/money.hpp"
#include "refundkit/result.hpp"

namespace refundkit::wire {

/// "12.50 EUR"
std::string show(const Money& amount);

/// How a provider counts one currency, where that may differ from ISO 4217.
struct AmountRule {
  /// Decimals of the major unit, as the provider counts.
  int exponent = 2;
  /// Every amount must be a multiple of this, in the provider's units.
  std::int64_t multiple = 1;
};

/// The provider's count for an amount. Exact, or `amount_invalid`: more decimals than the provider
/// has, not a multiple, or too large for 64 bits. Never rounds.
Result<std::int64_t> to_provider(const Money& amount, const AmountRule& rule);

/// The amount for the provider's count; nothing where ISO 4217's decimals cannot say it exactly.
std::optional<Money> from_provider(std::int64_t units, const Currency& currency,
                                   const AmountRule& rule);

/// The largest amount, not above the provider's count, that to_provider() accepts.
std::optional<Money> from_provider_rounded_down(std::int64_t units, const Currency& currency,
                                                const AmountRule& rule);

}  // namespace refundkit::wire
