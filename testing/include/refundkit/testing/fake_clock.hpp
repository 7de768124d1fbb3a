#pragma once

#include <algorithm>
#include <chrono>
#include <mutex>
#include <vector>

#include "refundkit/clock.hpp"

namespace refundkit_testing {

/// A clock that stands still until it is moved. A sleep takes no time: it moves both the wall and
/// the steady time on, and is remembered.
///
/// Thread safety: any number of threads may call any member at the same time.
class FakeClock final : public refundkit::Clock {
 public:
  /// Stands at 2026-08-01T16:00:00Z.
  FakeClock() : FakeClock(refundkit::TimePoint(std::chrono::seconds(1'785'600'000))) {}
  explicit FakeClock(refundkit::TimePoint now) : now_(now) {}

  [[nodiscard]] refundkit::TimePoint now() const override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  [[nodiscard]] Steady steady_now() const override {
    const std::lock_guard lock(mutex_);
    return steady_;
  }
  void sleep_until(Steady until, const refundkit::Cancellation& /*cancellation*/) const override {
    const std::lock_guard lock(mutex_);
    const auto pause = (std::max)(Steady::duration::zero(), until - steady_);
    sleeps_.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(pause));
    move(pause);
  }

  void advance(std::chrono::milliseconds by) {
    const std::lock_guard lock(mutex_);
    move(by);
  }
  /// Every pause so far, in order.
  [[nodiscard]] std::vector<std::chrono::milliseconds> sleeps() const {
    const std::lock_guard lock(mutex_);
    return sleeps_;
  }

 private:
  void move(Steady::duration by) const {
    steady_ += by;
    now_ += std::chrono::duration_cast<refundkit::TimePoint::duration>(by);
  }

  mutable std::mutex mutex_;
  mutable refundkit::TimePoint now_;
  mutable Steady steady_{std::chrono::hours(1)};
  mutable std::vector<std::chrono::milliseconds> sleeps_;
};

}  // namespace refundkit_testing
