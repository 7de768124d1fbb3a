#include "refundkit/wire/business_days.hpp"

#include <chrono>
#include <ratio>

namespace refundkit::wire {
namespace {

constexpr std::chrono::hours day{24};

bool is_weekend(TimePoint time) {
  // 1970-01-01 was a Thursday; 0 is Monday.
  using Days = std::chrono::duration<long long, std::ratio<86'400>>;
  const auto days = std::chrono::floor<Days>(time.time_since_epoch()).count();
  const auto weekday = ((days + 3) % 7 + 7) % 7;
  return weekday >= 5;
}

}  // namespace

TimePoint add_business_days(TimePoint from, int days) {
  TimePoint time = from;
  while (days > 0) {
    time += day;
    if (!is_weekend(time)) --days;
  }
  return time;
}

}  // namespace refundkit::wire
