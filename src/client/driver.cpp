#include "client/driver.hpp"

#include <algorithm>
#include <random>
#include <string_view>

#include "client/credentials.hpp"

namespace refundkit {
inline namespace v0 {
namespace {

using std::chrono::milliseconds;

TransportFailure nothing_sent(ErrorCode code, std::string message) {
  return {code, Sent::nothing, std::move(message)};
}

double random_jitter() {
  thread_local std::mt19937 engine{std::random_device{}()};
  return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
}

bool is_listed(const std::vector<std::string_view>& names, const std::string& name) {
  const std::vector<HttpHeader> probe{{name, {}}};
  return std::any_of(names.begin(), names.end(), [&probe](std::string_view listed) {
    return find_header(probe, listed) != nullptr;
  });
}

}  // namespace

void Driver::begin(Scope scope, const Cancellation& cancellation) {
  scope_ = std::move(scope);
  cancellation_ = cancellation;
  deadline_ = options_.clock->steady_now() + options_.timeout;
}

Answer Driver::read(const HttpRequest& request) { return carry(request, nullptr); }

Answer Driver::move(const PreparedRequest& prepared) {
  scope_.operation = prepared.operation;
  scope_.key = prepared.key;
  if (options_.gate != nullptr) {
    if (auto refusal = options_.gate->admit(prepared)) return Answer{*std::move(refusal)};
  }
  HttpRequest once = prepared.request;
  once.delivery = Delivery::at_most_once;
  return carry(once, &prepared);
}

Answer Driver::carry(const HttpRequest& request, const PreparedRequest* move) {
  bool doubt = false;
  come_back_at_.reset();
  for (int attempt = 1;; ++attempt) {
    TransportResult result = send_once(request, move, attempt);
    const Repeat repeat = judge(result, move, adapter_, options_.clock->now());
    if (!repeat.allowed || !pause_before_repeat(repeat, attempt)) {
      auto* failure = std::get_if<TransportFailure>(&result);
      if (failure == nullptr) return {std::get<HttpResponse>(std::move(result)), doubt};
      // Whatever became of this try, an earlier one may have been executed.
      if (doubt) failure->sent = Sent::maybe;
      return {std::move(*failure), doubt};
    }
    doubt = doubt || repeat.leaves_doubt;
  }
}

TransportResult Driver::send_once(const HttpRequest& request, const PreparedRequest* move,
                                  int attempt) {
  if (cancellation_.requested()) {
    return nothing_sent(ErrorCode::timeout, "The caller cancelled the operation.");
  }
  const Clock::Steady begun = options_.clock->steady_now();
  if (begun >= deadline_) {
    return nothing_sent(ErrorCode::timeout, "The time for the operation was over.");
  }
  auto filled = FilledRequest::fill(request, adapter_);
  if (!filled) return nothing_sent(filled.error().code, filled.error().message);

  const FilledRequest ready = std::move(filled).value();
  TransportResult result = transport_.send(ready.request, {deadline_ - begun, cancellation_});
  note(result, move != nullptr);
  if (options_.observer != nullptr) {
    ExchangeEvent event;
    event.moves_money = move != nullptr;
    event.attempt = attempt;
    event.duration =
        std::chrono::duration_cast<std::chrono::microseconds>(options_.clock->steady_now() - begun);
    tell(request, std::move(event), result);
  }
  return result;
}

void Driver::note(const TransportResult& result, bool moves_money) {
  const auto* response = std::get_if<HttpResponse>(&result);
  if (response != nullptr) request_id_ = adapter_.request_id(*response);
  if (!moves_money) return;
  ++attempts_;
  sent_ = sent_ || response != nullptr || std::get<TransportFailure>(result).sent == Sent::maybe;
}

/// False where no repeat is left: the answer at hand is then the last word.
bool Driver::pause_before_repeat(const Repeat& repeat, int attempt) {
  const double jitter = options_.jitter ? options_.jitter() : random_jitter();
  milliseconds pause = pause_after(attempt, options_, jitter);
  if (repeat.pause) pause = std::max(pause, *repeat.pause);

  const Clock::Steady until = options_.clock->steady_now() + pause;
  if (attempt > options_.retries || until >= deadline_ || cancellation_.requested()) {
    if (repeat.pause) come_back_at_ = options_.clock->now() + *repeat.pause;
    return false;
  }
  if (options_.observer != nullptr) {
    options_.observer->on_repeat(
        {adapter_.capabilities().provider, scope_.key, attempt + 1, pause});
  }
  options_.clock->sleep_until(until, cancellation_);
  return !cancellation_.requested();
}

void Driver::tell(const HttpRequest& request, ExchangeEvent event,
                  const TransportResult& result) const {
  event.provider = adapter_.capabilities().provider;
  event.operation = scope_.operation;
  event.key = scope_.key;
  event.method = request.method;
  event.address = request.url.substr(0, request.url.find_first_of("?#"));
  if (const auto* failure = std::get_if<TransportFailure>(&result)) {
    event.failure = *failure;
  } else {
    const auto& response = std::get<HttpResponse>(result);
    event.status = response.status;
    std::copy_if(response.headers.begin(), response.headers.end(),
                 std::back_inserter(event.headers), [this](const HttpHeader& header) {
                   return is_listed(adapter_.loggable_headers(), header.name);
                 });
  }
  options_.observer->on_exchange(event);
}

}  // namespace v0
}  // namespace refundkit
