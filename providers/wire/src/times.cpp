#include "refundkit/wire/times.hpp"

#include <chrono>

namespace refundkit::wire {

std::optional<TimePoint> time_of(std::int64_t seconds) {
  constexpr std::int64_t first = -9'214'560'000;  // 1678-01-01T00:00:00Z
  constexpr std::int64_t last = 9'214'646'399;    // 2261-12-31T23:59:59Z
  if (seconds < first || seconds > last) return std::nullopt;
  return TimePoint(std::chrono::seconds(seconds));
}

}  // namespace refundkit::wire
