#include "refundkit/simulation/transport.hpp"

#include <atomic>
#include <chrono>
#include <utility>

namespace refundkit::simulation {
namespace {

constexpr std::string_view origin = "http://127.0.0.1";

std::optional<Request> as_request(const HttpRequest& sent) {
  const std::string_view url = sent.url;
  if (url.substr(0, origin.size()) != origin) return std::nullopt;
  const std::string_view target = url.substr(origin.size());
  if (target.empty() || target.front() != '/') return std::nullopt;

  Request request;
  request.method = std::string(to_text(sent.method));
  const std::size_t mark = target.find('?');
  request.path = std::string(target.substr(0, mark));
  if (mark != std::string_view::npos) request.query = std::string(target.substr(mark + 1));
  for (const HttpHeader& header : sent.headers) {
    request.headers.emplace_back(header.name, header.value);
  }
  request.body = sent.body;
  return request;
}

HttpResponse as_response(Response given) {
  HttpResponse response;
  response.status = given.status;
  for (auto& [name, value] : given.headers) {
    response.headers.push_back({std::move(name), std::move(value)});
  }
  response.body = std::move(given.body);
  return response;
}

class WorldClock final : public Clock {
 public:
  explicit WorldClock(std::shared_ptr<World> world) : world_(std::move(world)) {}

  TimePoint now() const override { return world_->now(); }
  Steady steady_now() const override {
    return std::chrono::steady_clock::now() + std::chrono::nanoseconds(paused_.load());
  }
  void sleep_until(Steady until, const Cancellation& cancellation) const override {
    const auto pause = until - steady_now();
    if (cancellation.requested() || pause <= Steady::duration::zero()) return;
    paused_ += std::chrono::nanoseconds(pause).count();
    world_->advance_clock(std::chrono::ceil<std::chrono::seconds>(pause));
  }

 private:
  std::shared_ptr<World> world_;
  mutable std::atomic<std::int64_t> paused_{0};
};

}  // namespace

SimulatorTransport::SimulatorTransport(std::shared_ptr<World> world) : world_(std::move(world)) {}

std::string SimulatorTransport::base_url(std::string_view provider) {
  return std::string(origin) + "/" + std::string(provider);
}

TransportResult SimulatorTransport::send(const HttpRequest& request, const SendLimits& limits) {
  auto asked = as_request(request);
  if (!asked) {
    return TransportFailure{ErrorCode::configuration_error, Sent::nothing,
                            "the address is not one of the simulators"};
  }
  if (limits.cancellation.requested()) {
    return TransportFailure{ErrorCode::network_error, Sent::nothing, "cancelled before sending"};
  }
  if (limits.time_left <= std::chrono::nanoseconds::zero()) {
    return TransportFailure{ErrorCode::timeout, Sent::nothing, "no time left before sending"};
  }
  Exchange exchange = world_->exchange(std::move(*asked));
  switch (exchange.wire) {
    case Wire::refused:
      return TransportFailure{ErrorCode::network_error, Sent::nothing, "connection refused"};
    case Wire::cut:
      return TransportFailure{ErrorCode::network_error, Sent::maybe,
                              "the connection closed before an answer came"};
    case Wire::half_answer:
      return TransportFailure{ErrorCode::network_error, Sent::maybe,
                              "the connection closed in the middle of the answer"};
    case Wire::late_answer:
      if (exchange.wait >= limits.time_left) {
        return TransportFailure{ErrorCode::timeout, Sent::maybe, "no answer in time"};
      }
      return as_response(std::move(exchange.response));
    case Wire::answer:
      return as_response(std::move(exchange.response));
  }
  return TransportFailure{};
}

std::shared_ptr<const Clock> world_clock(std::shared_ptr<World> world) {
  return std::make_shared<WorldClock>(std::move(world));
}

}  // namespace refundkit::simulation
