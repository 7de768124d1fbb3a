#include "numbers.hpp"

#include <charconv>
#include <optional>

#include "exit_status.hpp"

namespace refundkit::cli {
namespace {

constexpr std::chrono::milliseconds longest = std::chrono::hours(24);

std::optional<int> digits_only(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  int value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::chrono::milliseconds> decimal_seconds(std::string_view text) {
  const std::size_t point = text.find('.');
  const auto whole = digits_only(text.substr(0, point));
  if (!whole || std::chrono::seconds(*whole) > longest) return std::nullopt;
  if (point == std::string_view::npos) return std::chrono::seconds(*whole);

  std::string decimals(text.substr(point + 1));
  if (decimals.empty() || decimals.size() > 3) return std::nullopt;
  decimals.resize(3, '0');
  const auto fraction = digits_only(decimals);
  if (!fraction) return std::nullopt;
  return std::chrono::seconds(*whole) + std::chrono::milliseconds(*fraction);
}

}  // namespace

Result<int> parse_count(std::string_view text, int most, const std::string& option) {
  const auto value = digits_only(text);
  if (!value || *value > most) {
    return wrong_usage(option + " takes a whole number from 0 to " + std::to_string(most) + ".");
  }
  return *value;
}

Result<std::chrono::milliseconds> parse_seconds(std::string_view text, const std::string& option) {
  const auto value = decimal_seconds(text);
  if (!value || value->count() <= 0 || *value > longest) {
    return wrong_usage(option + " takes seconds above 0, such as 60 or 0.5, up to 86400.");
  }
  return *value;
}

}  // namespace refundkit::cli
