#pragma once

#include <cstdint>
#include <optional>

#include "refundkit/clock.hpp"

namespace refundkit::wire {

/// The moment this many seconds after 1970 began (UTC); nothing outside the years 1678 to 2261,
/// which is all that a TimePoint's 64 bits of nanoseconds hold.
std::optional<TimePoint> time_of(std::int64_t seconds);

}  // namespace refundkit::wire
