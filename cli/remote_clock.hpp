#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "refundkit/clock.hpp"
#include "refundkit/http/transport.hpp"
#include "refundkit/result.hpp"

namespace refundkit::cli {

/// The time as a sandbox tells it, at a loopback address that answers `{"now":"…"}`. Deadlines and
/// pauses use the machine's steady clock. Where the address falls silent, the last answer goes on
/// at the steady clock's pace.
///
/// Thread safety: any number of threads may call const members at the same time.
class RemoteClock final : public Clock {
 public:
  /// Asks once. Fails with wrong configuration: not a loopback address, or no time to be had there.
  static Result<std::shared_ptr<const Clock>> create(const std::string& url,
                                                     const std::string& ca_file);

  RemoteClock(std::shared_ptr<Transport> transport, std::string url);

  [[nodiscard]] TimePoint now() const override;
  [[nodiscard]] Steady steady_now() const override;
  void sleep_until(Steady until, const Cancellation& cancellation) const override;

 private:
  [[nodiscard]] Result<TimePoint> ask() const;

  std::shared_ptr<Transport> transport_;
  std::string url_;
  std::shared_ptr<const Clock> machine_ = system_clock();
  mutable std::mutex mutex_;
  mutable TimePoint last_answer_;
  mutable Steady answered_at_;
};

}  // namespace refundkit::cli
