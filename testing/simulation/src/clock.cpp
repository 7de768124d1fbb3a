#include "refundkit/simulation/clock.hpp"

#include <ctime>

namespace refundkit::simulation {
namespace {

// The `length` digits at `position`, or nothing.
std::optional<int> digits_at(std::string_view text, std::size_t position, std::size_t length) {
  if (text.size() < position + length) return std::nullopt;
  int value = 0;
  for (const char character : text.substr(position, length)) {
    if (character < '0' || character > '9') return std::nullopt;
    value = value * 10 + (character - '0');
  }
  return value;
}

// What follows the seconds: fractions are skipped, the offset is returned.
std::optional<std::chrono::seconds> offset_of(std::string_view rest) {
  if (!rest.empty() && rest.front() == '.') {
    const std::size_t end = rest.find_first_not_of("0123456789", 1);
    if (end == 1 || end == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(end);
  }
  if (rest == "Z" || rest == "z") return std::chrono::seconds(0);
  if (rest.size() != 6 || rest[3] != ':' || (rest[0] != '+' && rest[0] != '-')) return std::nullopt;
  const auto hours = digits_at(rest, 1, 2);
  const auto minutes = digits_at(rest, 4, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const std::chrono::seconds ahead = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return rest[0] == '+' ? ahead : -ahead;
}

bool names_a_day(const std::tm& asked, std::time_t seconds) {
  std::tm found{};
  gmtime_r(&seconds, &found);
  return found.tm_mday == asked.tm_mday && found.tm_mon == asked.tm_mon;
}

}  // namespace

std::string time_text(Time time) {
  const auto seconds = static_cast<std::time_t>(unix_seconds(time));
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text, length};
}

std::optional<Time> parse_time(std::string_view text) {
  const auto year = digits_at(text, 0, 4);
  const auto month = digits_at(text, 5, 2);
  const auto day = digits_at(text, 8, 2);
  const auto hour = digits_at(text, 11, 2);
  const auto minute = digits_at(text, 14, 2);
  const auto second = digits_at(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  if (text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':') return std::nullopt;
  if (text[10] != 'T' && text[10] != 't' && text[10] != ' ') return std::nullopt;
  // Later years do not fit a system_clock of nanoseconds.
  if (*year < 1970 || *year > 2200 || *hour > 23 || *minute > 59 || *second > 60) {
    return std::nullopt;
  }
  const auto offset = offset_of(text.substr(19));
  if (!offset) return std::nullopt;

  std::tm parts{};
  parts.tm_year = *year - 1900;
  parts.tm_mon = *month - 1;
  parts.tm_mday = *day;
  std::tm asked = parts;
  const std::time_t midnight = timegm(&parts);
  if (!names_a_day(asked, midnight)) return std::nullopt;
  return std::chrono::system_clock::from_time_t(midnight) + std::chrono::hours(*hour) +
         std::chrono::minutes(*minute) + std::chrono::seconds(*second) - *offset;
}

std::int64_t unix_seconds(Time time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace refundkit::simulation
