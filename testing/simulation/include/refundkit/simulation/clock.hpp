#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "refundkit/simulation/simulator.hpp"

namespace refundkit::simulation {

/// "2026-11-22T09:12:33Z".
std::string time_text(Time time);
/// Reads what time_text() writes, with or without fractions or a numeric offset.
std::optional<Time> parse_time(std::string_view text);
/// Whole seconds since 1970.
std::int64_t unix_seconds(Time time);

/// Time that starts at the machine's and runs with it, until somebody moves it.
///
/// Thread safety: none.
class SimulatedClock {
 public:
  [[nodiscard]] Time now() const { return std::chrono::system_clock::now() + offset_; }
  void advance(std::chrono::seconds by) { offset_ += by; }
  void set(Time time) { offset_ = time - std::chrono::system_clock::now(); }
  void reset() { offset_ = {}; }

 private:
  Time::duration offset_{};
};

}  // namespace refundkit::simulation
