#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "refundkit/export.hpp"
#include "refundkit/result.hpp"

namespace refundkit {
inline namespace v0 {

/// A currency of ISO 4217, with the number of decimals that ISO gives it. Where a provider counts
/// otherwise, that provider's folder converts.
class REFUNDKIT_EXPORT Currency {
 public:
  /// Takes "EUR" or "eur". Fails with `invalid_request` for what ISO 4217 does not list.
  static Result<Currency> parse(std::string_view code);

  /// Three upper-case letters.
  [[nodiscard]] std::string_view code() const noexcept { return {code_.data(), code_.size()}; }
  /// Decimals of the major unit: 2 for EUR, 0 for JPY, 3 for KWD.
  [[nodiscard]] int exponent() const noexcept { return exponent_; }

  friend bool operator==(const Currency& a, const Currency& b) noexcept {
    return a.code_ == b.code_;
  }
  friend bool operator!=(const Currency& a, const Currency& b) noexcept { return !(a == b); }

 private:
  Currency(std::array<char, 3> code, int exponent) noexcept : code_(code), exponent_(exponent) {}
  std::array<char, 3> code_;
  int exponent_;
};

/// An exact amount: whole minor units of one currency. Never a floating-point number.
class REFUNDKIT_EXPORT Money {
 public:
  Money(std::int64_t minor, Currency currency) noexcept : minor_(minor), currency_(currency) {}

  /// Reads digits with at most one point: "12.50", "12.5", "12". No sign, exponent, blanks or
  /// thousands separators. Fails with `amount_invalid`, also for more decimals than the currency
  /// has and for what does not fit 64 bits.
  static Result<Money> parse(std::string_view text, const Currency& currency);
  static Result<Money> parse(std::string_view text, std::string_view currency_code);

  [[nodiscard]] std::int64_t minor() const noexcept { return minor_; }
  [[nodiscard]] const Currency& currency() const noexcept { return currency_; }
  /// "12.50": always as many decimals as the currency has.
  [[nodiscard]] std::string text() const;

  /// Fails with `currency_mismatch`, or `amount_invalid` where 64 bits do not hold the result.
  [[nodiscard]] Result<Money> plus(const Money& other) const;
  [[nodiscard]] Result<Money> minus(const Money& other) const;

  friend bool operator==(const Money& a, const Money& b) noexcept {
    return a.minor_ == b.minor_ && a.currency_ == b.currency_;
  }
  friend bool operator!=(const Money& a, const Money& b) noexcept { return !(a == b); }

 private:
  std::int64_t minor_;
  Currency currency_;
};

}  // namespace v0
}  // namespace refundkit
