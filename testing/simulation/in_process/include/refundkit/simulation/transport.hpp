#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "refundkit/clock.hpp"
#include "refundkit/http/transport.hpp"
#include "refundkit/simulation/world.hpp"

namespace refundkit::simulation {

/// The simulators without sockets: what stands in a client's place for the network.
///
/// Faults look as they do on a wire. A stall takes no real time: if it is longer than what is left
/// until the deadline, the answer is a time-out.
/// Thread safety: as Transport.
class SimulatorTransport final : public Transport {
 public:
  explicit SimulatorTransport(std::shared_ptr<World> world);

  /// What a provider's own scheme, host and port are replaced with: http://127.0.0.1/stripe.
  [[nodiscard]] static std::string base_url(std::string_view provider);

  [[nodiscard]] TransportResult send(const HttpRequest& request, const SendLimits& limits) override;

 private:
  std::shared_ptr<World> world_;
};

/// The world's time as a client's clock: rules follow it, and a pause moves it instead of waiting.
std::shared_ptr<const Clock> world_clock(std::shared_ptr<World> world);

}  // namespace refundkit::simulation
