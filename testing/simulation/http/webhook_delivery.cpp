#include "webhook_delivery.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <utility>
#include <vector>

namespace refundkit::simulation {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using std::chrono::milliseconds;

constexpr int most_tries = 8;
constexpr milliseconds first_pause{250};
constexpr milliseconds look_every{50};
constexpr std::chrono::seconds patience{10};

http::request<http::string_body> request_of(const WebhookTarget& target,
                                            const std::string& provider, const Event& event) {
  http::request<http::string_body> request(http::verb::post, target.path, 11, event.body);
  request.set(http::field::host, target.host + ":" + target.port);
  request.set(http::field::content_type, "application/json; charset=utf-8");
  request.set(http::field::connection, "close");
  request.set("X-Refundkit-Sandbox-Provider", provider);
  for (const auto& [name, value] : event.headers) request.set(name, value);
  request.prepare_payload();
  return request;
}

// Whether the receiver answered 2xx.
bool post(const WebhookTarget& target, const http::request<http::string_body>& request) {
  boost::asio::io_context context;
  beast::tcp_stream stream(context);
  boost::asio::ip::tcp::resolver resolver(context);
  beast::error_code error;
  const auto addresses = resolver.resolve(target.host, target.port, error);
  if (error) return false;

  beast::flat_buffer buffer;
  http::response<http::string_body> response;
  bool answered = false;
  const auto read = [&](beast::error_code unsent, std::size_t) {
    if (unsent) return;
    http::async_read(stream, buffer, response,
                     [&](beast::error_code unread, std::size_t) { answered = !unread; });
  };
  stream.expires_after(patience);
  stream.async_connect(addresses, [&](beast::error_code failed, const auto&) {
    if (!failed) http::async_write(stream, request, read);
  });
  context.run();
  return answered && response.result_int() / 100 == 2;
}

WebhookTarget::Order order_of(const std::string& word) {
  if (word == "newest-first") return WebhookTarget::Order::newest_first;
  if (word == "twice") return WebhookTarget::Order::twice;
  return WebhookTarget::Order::oldest_first;
}

}  // namespace

std::optional<WebhookTarget> parse_webhook_url(const std::string& url) {
  const std::string scheme = "http://";
  if (url.compare(0, scheme.size(), scheme) != 0) return std::nullopt;
  const std::size_t hash = url.find('#');
  const std::string rest =
      url.substr(scheme.size(), hash == std::string::npos ? hash : hash - scheme.size());
  WebhookTarget target;
  if (hash != std::string::npos) target.order = order_of(url.substr(hash + 1));
  const std::size_t slash = rest.find('/');
  const std::string authority = rest.substr(0, slash);
  target.path = slash == std::string::npos ? "/" : rest.substr(slash);
  const std::size_t colon = authority.find(':');
  target.host = authority.substr(0, colon);
  target.port = colon == std::string::npos ? "80" : authority.substr(colon + 1);
  const bool loopback = target.host == "127.0.0.1" || target.host == "localhost";
  const bool port_is_number =
      !target.port.empty() && target.port.find_first_not_of("0123456789") == std::string::npos;
  return loopback && port_is_number ? std::optional(target) : std::nullopt;
}

WebhookDelivery::WebhookDelivery(std::shared_ptr<World> world, WebhookTarget target)
    : world_(std::move(world)), target_(std::move(target)), worker_([this] { run(); }) {}

WebhookDelivery::~WebhookDelivery() {
  {
    const std::lock_guard guard(lock_);
    stopping_ = true;
  }
  wake_.notify_all();
  worker_.join();
}

void WebhookDelivery::run() {
  std::unique_lock guard(lock_);
  while (!stopping_) {
    guard.unlock();
    deliver_due();
    guard.lock();
    wake_.wait_for(guard, look_every, [this] { return stopping_; });
  }
}

bool WebhookDelivery::is_stopping() {
  const std::lock_guard guard(lock_);
  return stopping_;
}

void WebhookDelivery::deliver_due() {
  for (const std::string& provider : world_->providers()) {
    std::vector<Event> events = world_->events(provider);
    if (target_.order == WebhookTarget::Order::newest_first) {
      std::reverse(events.begin(), events.end());
    }
    for (const Event& event : events) {
      if (is_stopping()) return;
      deliver(provider, event);
    }
  }
}

void WebhookDelivery::deliver(const std::string& provider, const Event& event) {
  const auto [found, fresh] = tries_.try_emplace(provider + "/" + event.id);
  Tries& tries = found->second;
  if (fresh) tries.wanted = target_.order == WebhookTarget::Order::twice ? 2 : 1;
  const auto now = std::chrono::steady_clock::now();
  if (tries.wanted == 0 || tries.failed == most_tries || now < tries.next) return;
  if (post(target_, request_of(target_, provider, event))) {
    --tries.wanted;
    return;
  }
  ++tries.failed;
  tries.next = now + first_pause * (1 << tries.failed);
}

}  // namespace refundkit::simulation
