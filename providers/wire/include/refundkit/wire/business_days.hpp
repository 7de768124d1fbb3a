#pragma once

#include "refundkit/clock.hpp"

namespace refundkit::wire {

/// The same time of day, `days` business days later. Saturdays and Sundays (UTC) do not count;
/// bank holidays are unknown and do.
TimePoint add_business_days(TimePoint from, int days);

}  // namespace refundkit::wire
