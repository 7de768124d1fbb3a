#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "refundkit/simulation/world.hpp"

namespace refundkit::simulation {

/// Where notifications go, and in which order.
struct WebhookTarget {
  enum class Order { oldest_first, newest_first, twice };

  std::string host;
  std::string port;
  std::string path;
  Order order = Order::oldest_first;
};

/// Reads "http://127.0.0.1:9000/hooks"; loopback addresses only. A "#newest-first" at its end
/// turns the order of what is due together round, "#twice" delivers everything two times.
std::optional<WebhookTarget> parse_webhook_url(const std::string& url);

/// Posts every notification that falls due, signed anew for each try, until the receiver answers
/// 2xx or eight tries were in vain. Runs on a thread of its own until it is destroyed.
class WebhookDelivery {
 public:
  WebhookDelivery(std::shared_ptr<World> world, WebhookTarget target);
  WebhookDelivery(const WebhookDelivery&) = delete;
  WebhookDelivery& operator=(const WebhookDelivery&) = delete;
  ~WebhookDelivery();

 private:
  using Moment = std::chrono::steady_clock::time_point;
  struct Tries {
    int failed = 0;
    int wanted = 1;
    Moment next;
  };

  void run();
  bool is_stopping();
  void deliver_due();
  void deliver(const std::string& provider, const Event& event);

  std::shared_ptr<World> world_;
  WebhookTarget target_;
  std::map<std::string, Tries> tries_;  // by event id
  std::mutex lock_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread worker_;
};

}  // namespace refundkit::simulation
