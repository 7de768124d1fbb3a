#include "refundkit/wire/amounts.hpp"

#include <string>

namespace refundkit::wire {
namespace {

Error invalid(std::string message) {
  return {ErrorCode::amount_invalid, std::move(message), {NextAction::fix_request}};
}

std::optional<std::int64_t> power_of_ten(int exponent) {
  if (exponent < 0 || exponent > 18) return std::nullopt;
  std::int64_t power = 1;
  for (int at = 0; at < exponent; ++at) power *= 10;
  return power;
}

std::optional<std::int64_t> times(std::int64_t count, std::int64_t factor) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(count, factor, &product)) return std::nullopt;
  return product;
}

/// Moves `count` from one number of decimals to another; nothing if that is not exact.
std::optional<std::int64_t> rescale(std::int64_t count, int from, int to) {
  const auto factor = power_of_ten(to > from ? to - from : from - to);
  if (!factor) return std::nullopt;
  if (to >= from) return times(count, *factor);
  if (count % *factor != 0) return std::nullopt;
  return count / *factor;
}

}  // namespace

std::string show(const Money& amount) {
  return amount.text() + " " + std::string(amount.currency().code());
}

Result<std::int64_t> to_provider(const Money& amount, const AmountRule& rule) {
  const std::string shown = show(amount);
  const auto units = rescale(amount.minor(), amount.currency().exponent(), rule.exponent);
  if (!units) {
    return invalid(shown + " cannot be said exactly in the provider's units (it takes " +
                   std::to_string(rule.exponent) + " decimals of this currency).");
  }
  if (*units % rule.multiple != 0) {
    return invalid(shown +
                   " is not a multiple of what the provider takes: its amounts in this "
                   "currency must be divisible by " +
                   std::to_string(rule.multiple) + " in the smallest unit.");
  }
  return *units;
}

std::optional<Money> from_provider(std::int64_t units, const Currency& currency,
                                   const AmountRule& rule) {
  const auto minor = rescale(units, rule.exponent, currency.exponent());
  if (!minor) return std::nullopt;
  return Money(*minor, currency);
}

std::optional<Money> from_provider_rounded_down(std::int64_t units, const Currency& currency,
                                                const AmountRule& rule) {
  std::int64_t step = rule.multiple;
  if (rule.exponent > currency.exponent()) {
    const auto factor = power_of_ten(rule.exponent - currency.exponent());
    if (!factor) return std::nullopt;
    if (step % *factor != 0) step = *factor;
  }
  return from_provider(units - units % step, currency, rule);
}

}  // namespace refundkit::wire
