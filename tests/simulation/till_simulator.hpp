#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "refundkit/simulation/json.hpp"
#include "refundkit/simulation/simulator.hpp"
#include "refundkit/simulation/world.hpp"

namespace refundkit_tests {

namespace simulation = ::refundkit::simulation;

/// The smallest provider there can be: POST /refund gives one coin back, GET /till tells how many
/// it gave. It writes down how it was treated.
class TillSimulator final : public simulation::Simulator {
 public:
  std::string name() const override { return "till"; }
  std::map<std::string, std::string> environment() const override {
    return {{"SECRET_KEY", "till-key"}};
  }
  std::string operation(const simulation::Request& request) const override {
    return request.method == "POST" ? "refund" : "query";
  }
  simulation::Response answer(const simulation::Request& request, simulation::Time,
                              const simulation::Treatment& treatment) override {
    if (request.method == "POST") ++refunds;
    late_failure = treatment.late_failure;
    hold = treatment.hold;
    return {200, {{"Content-Type", "text/plain"}, {"X-Till", "1"}}, request.path + " answered"};
  }
  simulation::Response refusal(const simulation::Request&, int status) const override {
    return {status, {}, "till refuses"};
  }
  std::variant<std::string, simulation::Refusal> create_payment(const simulation::PaymentWish& wish,
                                                                simulation::Time) override {
    if (wish.state == "settled") return simulation::Refusal{"a till never settles"};
    return simulation::Json::object({{"payment_id", wish.amount + wish.currency}}).compact();
  }
  std::optional<std::string> truth(std::string_view payment_id) const override {
    if (payment_id != "coin/1") return std::nullopt;
    return simulation::Json::object({{"refunded", std::to_string(refunds)}}).compact();
  }
  void advance(simulation::Time now) override { last_advance = now; }
  std::vector<simulation::Event> events(simulation::Time now) const override {
    std::vector<simulation::Event> all;
    for (int i = 1; i <= refunds; ++i) {
      const std::string number = std::to_string(i);
      all.push_back({"evt_" + number, "refunded", now, {{"X-Signature", "s" + number}}, number});
    }
    return all;
  }
  void reset() override { refunds = 0; }
  std::vector<std::string> secret_headers() const override { return {"X-Till-Key"}; }
  std::vector<std::string> secret_fields() const override { return {"pin"}; }

  std::atomic<int> refunds{0};  ///< a test reads it beside the server
  bool late_failure = false;
  bool hold = false;
  simulation::Time last_advance;
};

/// A world with one till in it.
struct TillWorld {
  TillWorld() {
    auto made = std::make_unique<TillSimulator>();
    till = made.get();
    std::vector<std::unique_ptr<simulation::Simulator>> all;
    all.push_back(std::move(made));
    world = std::make_shared<simulation::World>(std::move(all));
  }
  std::shared_ptr<simulation::World> world;
  TillSimulator* till = nullptr;
};

}  // namespace refundkit_tests
