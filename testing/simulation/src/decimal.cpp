#include "refundkit/simulation/decimal.hpp"

#include <limits>

namespace refundkit::simulation {
namespace {

bool append_digit(std::int64_t& units, int digit) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  if (units > (most - digit) / 10) return false;
  units = units * 10 + digit;
  return true;
}

}  // namespace

std::optional<std::int64_t> parse_decimal(std::string_view text, int places) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
  if (whole.empty() || fraction.empty()) return std::nullopt;

  std::int64_t units = 0;
  for (const char character : whole) {
    if (character < '0' || character > '9') return std::nullopt;
    if (!append_digit(units, character - '0')) return std::nullopt;
  }
  for (std::size_t i = 0; i < fraction.size(); ++i) {
    const char character = fraction[i];
    if (character < '0' || character > '9') return std::nullopt;
    if (static_cast<int>(i) < places) {
      if (!append_digit(units, character - '0')) return std::nullopt;
    } else if (character != '0') {
      return std::nullopt;
    }
  }
  for (auto given = static_cast<int>(fraction.size()); given < places; ++given) {
    if (!append_digit(units, 0)) return std::nullopt;
  }
  return units;
}

std::string decimal_text(std::int64_t units, int places) {
  const bool negative = units < 0;
  const auto magnitude =
      negative ? 0 - static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
  std::string digits = std::to_string(magnitude);
  if (places > 0) {
    const auto shortest = static_cast<std::size_t>(places) + 1;
    if (digits.size() < shortest) digits.insert(0, shortest - digits.size(), '0');
    digits.insert(digits.size() - static_cast<std::size_t>(places), ".");
  }
  return negative ? "-" + digits : digits;
}

}  // namespace refundkit::simulation
