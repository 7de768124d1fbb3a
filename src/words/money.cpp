#include "refundkit/money.hpp"

#include <cstddef>
#include <limits>

namespace refundkit {
inline namespace v0 {
namespace {

Error invalid_amount(std::string message) {
  return {ErrorCode::amount_invalid, std::move(message), {NextAction::fix_request}};
}

Error too_large() {
  return invalid_amount("The amount is larger than 64 bits of minor units hold.");
}

bool all_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

Result<Money> Money::parse(std::string_view text, const Currency& currency) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view decimals =
      point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  const bool ends_in_point = point != std::string_view::npos && decimals.empty();
  if (whole.empty() || ends_in_point || !all_digits(whole) || !all_digits(decimals)) {
    return invalid_amount(
        "The amount is not a number such as 12.50: digits, and at most one point.");
  }
  const auto exponent = static_cast<std::size_t>(currency.exponent());
  if (decimals.size() > exponent) {
    return invalid_amount("The amount has more decimals than " + std::string(currency.code()) +
                          " has (" + std::to_string(exponent) + ").");
  }
  std::string digits(whole);
  digits.append(decimals).append(exponent - decimals.size(), '0');

  constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
  std::int64_t minor = 0;
  for (const char digit : digits) {
    const std::int64_t value = digit - '0';
    if (minor > (largest - value) / 10) return too_large();
    minor = minor * 10 + value;
  }
  return Money(minor, currency);
}

Result<Money> Money::parse(std::string_view text, std::string_view currency_code) {
  const auto currency = Currency::parse(currency_code);
  if (!currency) return currency.error();
  return parse(text, *currency);
}

std::string Money::text() const {
  const auto exponent = static_cast<std::size_t>(currency_.exponent());
  // The magnitude as unsigned: -minor_ would overflow for the smallest number.
  const auto magnitude =
      minor_ < 0 ? ~static_cast<std::uint64_t>(minor_) + 1 : static_cast<std::uint64_t>(minor_);
  std::string digits = std::to_string(magnitude);
  if (digits.size() <= exponent) digits.insert(0, exponent + 1 - digits.size(), '0');
  if (exponent > 0) digits.insert(digits.size() - exponent, 1, '.');
  return minor_ < 0 ? "-" + digits : digits;
}

Result<Money> Money::plus(const Money& other) const {
  if (currency_ != other.currency_) {
    return Error{ErrorCode::currency_mismatch,
                 "Amounts of two currencies do not add up.",
                 {NextAction::fix_request}};
  }
  using Limits = std::numeric_limits<std::int64_t>;
  const bool overflows = other.minor_ > 0 ? minor_ > (Limits::max)() - other.minor_
                                          : minor_ < (Limits::min)() - other.minor_;
  if (overflows) return too_large();
  return Money(minor_ + other.minor_, currency_);
}

Result<Money> Money::minus(const Money& other) const {
  if (other.minor_ == std::numeric_limits<std::int64_t>::min()) return too_large();
  return plus(Money(-other.minor_, other.currency_));
}

}  // namespace v0
}  // namespace refundkit
