#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "refundkit/simulation/clock.hpp"
#include "refundkit/simulation/fault.hpp"
#include "refundkit/simulation/request_log.hpp"
#include "refundkit/simulation/simulator.hpp"

namespace refundkit::simulation {

/// What the wire does with one request.
enum class Wire {
  answer,       ///< the response
  refused,      ///< as if nobody had listened
  cut,          ///< closed without a status line
  late_answer,  ///< silence for `wait`, then the response
  half_answer,  ///< the first half of the response, then closed
};

struct Exchange {
  Wire wire = Wire::answer;
  Response response;
  std::chrono::milliseconds wait{0};
};

/// The simulators on one clock, with the faults scripted for them and what arrived so far. Both
/// doors, sockets and in process, stand in front of one of these.
///
/// Thread safety: any number of threads may call any member at the same time; the one lock is
/// never held while a caller waits.
class World {
 public:
  explicit World(std::vector<std::unique_ptr<Simulator>> simulators);

  /// Obeys a request whose path starts with the provider's name: /stripe/v1/refunds. Whether the
  /// state changed is decided when this returns.
  [[nodiscard]] Exchange exchange(Request request);

  [[nodiscard]] std::vector<std::string> providers() const;
  [[nodiscard]] bool has_provider(std::string_view provider) const;
  /// As Simulator::environment(); empty for a provider there is none of.
  [[nodiscard]] std::map<std::string, std::string> environment(std::string_view provider) const;

  /// As Simulator::create_payment().
  [[nodiscard]] std::variant<std::string, Refusal> create_payment(std::string_view provider,
                                                                  const PaymentWish& wish);
  /// As Simulator::truth().
  [[nodiscard]] std::optional<std::string> truth(std::string_view provider,
                                                 std::string_view payment_id);
  [[nodiscard]] std::vector<Event> events(std::string_view provider);
  [[nodiscard]] Json requests(std::string_view provider) const;

  [[nodiscard]] Time now() const;
  /// Moves the clock and runs what is due.
  void advance_clock(std::chrono::seconds by);
  void set_clock(Time time);

  void add_fault(FaultScript script);
  void clear_faults();
  /// No payments, faults, requests or events any more, and the machine's time.
  void reset();

 private:
  Simulator* find(std::string_view provider) const;
  void run_due();

  mutable std::mutex lock_;
  std::vector<std::unique_ptr<Simulator>> simulators_;
  SimulatedClock clock_;
  FaultScripts faults_;
  RequestLog log_;
};

}  // namespace refundkit::simulation
