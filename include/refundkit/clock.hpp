#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "refundkit/export.hpp"

namespace refundkit {
inline namespace v0 {

/// A moment in UTC.
using TimePoint = std::chrono::system_clock::time_point;

/// "2026-11-22T09:12:33Z": UTC, whole seconds (fractions are cut off).
REFUNDKIT_EXPORT std::string to_rfc3339(TimePoint time);
/// Reads "2026-11-22T09:12:33Z", with or without fractions or a numeric offset; nothing if it is
/// not such a time, or lies outside the years 1678 to 2261.
REFUNDKIT_EXPORT std::optional<TimePoint> from_rfc3339(std::string_view text);

/// A caller's wish to stop. Copies share one flag.
/// Thread safety: any thread may call any member at any time.
class Cancellation {
 public:
  Cancellation() : stop_(std::make_shared<std::atomic<bool>>(false)) {}
  void cancel() const noexcept { stop_->store(true); }
  [[nodiscard]] bool requested() const noexcept { return stop_->load(); }

 private:
  std::shared_ptr<std::atomic<bool>> stop_;
};

/// The only source of time: rules and records use now(), deadlines and pauses the steady time.
/// Thread safety: any number of threads may call const members at the same time.
class REFUNDKIT_EXPORT Clock {
 public:
  using Steady = std::chrono::steady_clock::time_point;

  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock();

  [[nodiscard]] virtual TimePoint now() const = 0;
  /// Never goes backward; counts even while now() is moved.
  [[nodiscard]] virtual Steady steady_now() const = 0;
  /// Returns at `until`, or soon after `cancellation` is requested.
  virtual void sleep_until(Steady until, const Cancellation& cancellation) const = 0;
};

/// The machine's own clock.
REFUNDKIT_EXPORT std::shared_ptr<const Clock> system_clock();

}  // namespace v0
}  // namespace refundkit
