#include "refundkit/clock.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <thread>

namespace refundkit {
inline namespace v0 {
namespace {

using std::chrono::seconds;

constexpr std::int64_t seconds_per_day = 86'400;

struct Date {
  std::int64_t year;
  unsigned month;
  unsigned day;
};

// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in 400-year cycles that begin
// on 1 March, so that a leap day is the last day of its year.
std::int64_t days_from_date(const Date& date) {
  const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t cycle = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_cycle = year - cycle * 400;
  const unsigned month_from_march = date.month > 2 ? date.month - 3 : date.month + 9;
  const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
  const std::int64_t day_of_cycle =
      year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
  return cycle * 146'097 + day_of_cycle - 719'468;
}

Date date_from_days(std::int64_t days) {
  days += 719'468;
  const std::int64_t cycle = (days >= 0 ? days : days - 146'096) / 146'097;
  const std::int64_t day_of_cycle = days - cycle * 146'097;
  const std::int64_t year_of_cycle =
      (day_of_cycle - day_of_cycle / 1'460 + day_of_cycle / 36'524 - day_of_cycle / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
  const auto month_from_march = static_cast<unsigned>((5 * day_of_year + 2) / 153);
  const auto day = static_cast<unsigned>(
      day_of_year - static_cast<std::int64_t>(153 * month_from_march + 2) / 5 + 1);
  const unsigned month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return {year_of_cycle + cycle * 400 + (month <= 2 ? 1 : 0), month, day};
}

void append_padded(std::string& text, std::int64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  text.append(width > digits.size() ? width - digits.size() : 0, '0').append(digits);
}

/// Reads fixed-width fields from the front of a text.
class FieldReader {
 public:
  explicit FieldReader(std::string_view text) : rest_(text) {}

  std::optional<std::int64_t> number(std::size_t width, std::int64_t low, std::int64_t high) {
    if (rest_.size() < width) return std::nullopt;
    std::int64_t value = 0;
    for (const char digit : rest_.substr(0, width)) {
      if (digit < '0' || digit > '9') return std::nullopt;
      value = value * 10 + (digit - '0');
    }
    rest_.remove_prefix(width);
    if (value < low || value > high) return std::nullopt;
    return value;
  }
  bool literal(std::string_view choices) {
    if (rest_.empty() || choices.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool skip_fraction() {
    if (rest_.empty() || rest_.front() != '.') return true;
    rest_.remove_prefix(1);
    const std::size_t digits = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    rest_.remove_prefix(digits);
    return digits > 0;
  }
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

std::optional<std::int64_t> read_offset(FieldReader& reader) {
  const std::string_view zone = reader.rest();
  if (zone == "Z" || zone == "z") return 0;
  const bool behind_utc = !zone.empty() && zone.front() == '-';
  if (!reader.literal("+-")) return std::nullopt;
  const auto hours = reader.number(2, 0, 23);
  if (!hours || !reader.literal(":")) return std::nullopt;
  const auto minutes = reader.number(2, 0, 59);
  if (!minutes || !reader.rest().empty()) return std::nullopt;
  const std::int64_t offset = *hours * 3'600 + *minutes * 60;
  return behind_utc ? -offset : offset;
}

unsigned days_in_month(std::int64_t year, std::int64_t month) {
  constexpr unsigned lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : lengths[month - 1];
}

class SystemClock final : public Clock {
 public:
  [[nodiscard]] TimePoint now() const override { return std::chrono::system_clock::now(); }
  [[nodiscard]] Steady steady_now() const override { return std::chrono::steady_clock::now(); }
  void sleep_until(Steady until, const Cancellation& cancellation) const override {
    constexpr std::chrono::milliseconds look_up{50};
    for (Steady now = steady_now(); now < until && !cancellation.requested(); now = steady_now()) {
      std::this_thread::sleep_for(std::min<Steady::duration>(until - now, look_up));
    }
  }
};

}  // namespace

std::string to_rfc3339(TimePoint time) {
  const std::int64_t total = std::chrono::floor<seconds>(time).time_since_epoch().count();
  std::int64_t days = total / seconds_per_day;
  std::int64_t second = total % seconds_per_day;
  if (second < 0) {
    second += seconds_per_day;
    --days;
  }
  const Date date = date_from_days(days);
  std::string text;
  append_padded(text, date.year, 4);
  append_padded(text += '-', date.month, 2);
  append_padded(text += '-', date.day, 2);
  append_padded(text += 'T', second / 3'600, 2);
  append_padded(text += ':', second / 60 % 60, 2);
  append_padded(text += ':', second % 60, 2);
  return text += 'Z';
}

std::optional<TimePoint> from_rfc3339(std::string_view text) {
  FieldReader reader(text);
  // What 64 bits of nanoseconds hold, with room for an offset.
  const auto year = reader.number(4, 1'678, 2'261);
  if (!year || !reader.literal("-")) return std::nullopt;
  const auto month = reader.number(2, 1, 12);
  if (!month || !reader.literal("-")) return std::nullopt;
  const auto day = reader.number(2, 1, days_in_month(*year, *month));
  if (!day || !reader.literal("Tt ")) return std::nullopt;
  const auto hour = reader.number(2, 0, 23);
  if (!hour || !reader.literal(":")) return std::nullopt;
  const auto minute = reader.number(2, 0, 59);
  if (!minute || !reader.literal(":")) return std::nullopt;
  const auto second = reader.number(2, 0, 59);
  if (!second || !reader.skip_fraction()) return std::nullopt;
  const auto offset = read_offset(reader);
  if (!offset) return std::nullopt;

  const std::int64_t days =
      days_from_date({*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day)});
  return TimePoint(
      seconds(days * seconds_per_day + *hour * 3'600 + *minute * 60 + *second - *offset));
}

std::shared_ptr<const Clock> system_clock() { return std::make_shared<const SystemClock>(); }

}  // namespace v0
}  // namespace refundkit
