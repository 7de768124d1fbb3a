#include "refundkit/clock.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace refundkit {
namespace {

using std::chrono::seconds;

TEST(ClockTest, PrintsUtcWithWholeSeconds) {
  EXPECT_EQ(to_rfc3339(TimePoint(seconds(0))), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339(TimePoint(seconds(1'785'600'000))), "2026-08-01T16:00:00Z");
  EXPECT_EQ(to_rfc3339(TimePoint(seconds(951'782'400))), "2000-02-29T00:00:00Z");
  EXPECT_EQ(to_rfc3339(TimePoint(seconds(-1))), "1969-12-31T23:59:59Z");
  EXPECT_EQ(to_rfc3339(TimePoint(std::chrono::milliseconds(1'999))), "1970-01-01T00:00:01Z");
}

TEST(ClockTest, ReadsWhatItPrintsForEveryDayOfFourHundredYears) {
  for (std::int64_t day = -50'000; day < 100'000; ++day) {
    const TimePoint time(seconds(day * 86'400 + day % 1'000));
    ASSERT_EQ(from_rfc3339(to_rfc3339(time)), time) << day;
  }
}

TEST(ClockTest, ReadsOffsetsAndFractions) {
  const auto expected = from_rfc3339("2026-08-01T16:00:00Z");
  ASSERT_TRUE(expected.has_value());
  EXPECT_EQ(from_rfc3339("2026-08-01T18:00:00+02:00"), expected);
  EXPECT_EQ(from_rfc3339("2026-08-01T12:30:00-03:30"), expected);
  EXPECT_EQ(from_rfc3339("2026-08-01T16:00:00.999Z"), expected);
}

TEST(ClockTest, RefusesWhatIsNoTime) {
  for (const auto* text :
       {"", "now", "2026-08-01", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
        "2026-08-01T24:00:00Z", "2026-08-01T16:00:00", "2026-08-01T16:00:00.Z",
        "9999-12-31T23:59:59-23:59", "1677-12-31T23:59:59Z", "2026-08-01T16:00:00+0200",
        "2026-08-01T16:00:00Zz", "26-08-01T16:00:00Z"}) {
    EXPECT_FALSE(from_rfc3339(text).has_value()) << text;
  }
}

TEST(ClockTest, CancellationEndsASleepEarly) {
  const auto clock = system_clock();
  const Cancellation cancellation;
  std::thread canceller([&] { cancellation.cancel(); });
  clock->sleep_until(clock->steady_now() + std::chrono::hours(1), cancellation);
  canceller.join();
  EXPECT_TRUE(cancellation.requested());
}

}  // namespace
}  // namespace refundkit
