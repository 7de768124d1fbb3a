#include "client/retry.hpp"

#include <gtest/gtest.h>

namespace refundkit {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const TimePoint now = TimePoint(seconds(784'111'777 - 90));  // Sun, 06 Nov 1994 08:48:07 GMT

TEST(RetryAfterTest, ReadsSecondsAndDates) {
  EXPECT_EQ(retry_after("120", now), seconds(120));
  EXPECT_EQ(retry_after(" 0 ", now), seconds(0));
  EXPECT_EQ(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now), seconds(90));
}

TEST(RetryAfterTest, IgnoresWhatIsNeitherOrLiesInThePast) {
  for (const auto* value : {"", " ", "soon", "-5", "1.5", "1e9", "Sun, 06 Nov 1994 08:47:37 GMT",
                            "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
                            "Sunday, 06-Nov-94 08:49:37 GMT"}) {
    EXPECT_FALSE(retry_after(value, now).has_value()) << value;
  }
}

TEST(RetryAfterTest, ANumberBeyondAllBoundsIsOneDay) {
  EXPECT_EQ(retry_after("99999999999999999999999999", now), std::chrono::hours(24));
}

TEST(PauseTest, DoublesUpToTheLongestAndJittersDownToItsHalf) {
  ClientOptions options;
  options.first_pause = milliseconds(500);
  options.longest_pause = milliseconds(1'500);
  EXPECT_EQ(pause_after(1, options, 1.0), milliseconds(500));
  EXPECT_EQ(pause_after(2, options, 1.0), milliseconds(1'000));
  EXPECT_EQ(pause_after(3, options, 1.0), milliseconds(1'500));
  EXPECT_EQ(pause_after(1'000, options, 1.0), milliseconds(1'500));
  EXPECT_EQ(pause_after(2, options, 0.0), milliseconds(500));
}

}  // namespace
}  // namespace refundkit
