#include "refundkit/simulation/world.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <utility>

namespace refundkit::simulation {
namespace {

constexpr std::string_view proxy_page =
    "<!DOCTYPE html>\n<html><head><title>Bad Gateway</title></head>\n"
    "<body><h1>Bad Gateway</h1><p>The proxy server received an invalid response from an upstream "
    "server.</p></body></html>\n";

// The same bytes each time: a zero, bytes that are no UTF-8, a brace that opens nothing.
std::string random_bytes() {
  std::string bytes("\x00\xff\xfe{\x80", 5);
  unsigned state = 1;
  while (bytes.size() < 256) {
    state = state * 1103515245U + 12345U;
    bytes += static_cast<char>((state >> 16U) & 255U);
  }
  return bytes;
}

Response page(const Fault& fault, std::string type, std::string body) {
  return {fault.status.value_or(200), {{"Content-Type", std::move(type)}}, std::move(body)};
}

// What is asked of the simulator when its own answer cannot or must not be given.
constexpr int unavailable = 503;

// Takes one request through a fault, on the side of the simulator.
class Striker {
 public:
  Striker(Simulator& simulator, const Request& request, Time now)
      : simulator_(simulator), request_(request), now_(now) {}

  Exchange strike(const Fault& fault) {
    const bool changed = fault.changed.value_or(true);
    switch (fault.kind) {
      case FaultKind::refuse:
        return {Wire::refused, {}, {}};
      case FaultKind::drop_before:
        return {Wire::cut, {}, {}};
      case FaultKind::drop_after:
        return {Wire::cut, answer({}), {}};
      case FaultKind::stall:
        return {Wire::late_answer, answer_if(changed), fault.stall};
      case FaultKind::truncate:
        return {Wire::half_answer, answer_if(changed), {}};
      case FaultKind::html:
        if (changed) static_cast<void>(answer({}));
        return {Wire::answer, page(fault, "text/html", std::string(proxy_page)), {}};
      case FaultKind::garbage:
        if (changed) static_cast<void>(answer({}));
        return {Wire::answer, page(fault, "application/json", random_bytes()), {}};
      case FaultKind::status:
        return {Wire::answer, break_off(fault), {}};
      case FaultKind::late_failure:
        return {Wire::answer, answer({true, false}), {}};
      case FaultKind::hold:
        return {Wire::answer, answer({false, true}), {}};
    }
    return {};
  }

  Response answer(const Treatment& treatment) {
    return simulator_.answer(request_, now_, treatment);
  }

 private:
  Response answer_if(bool changed) {
    return changed ? answer({}) : simulator_.refusal(request_, unavailable);
  }

  Response break_off(const Fault& fault) {
    const Breakdown breakdown{fault.status.value_or(unavailable), fault.changed.value_or(false)};
    Response response = simulator_.break_off(request_, breakdown, now_);
    if (!fault.retry_after.empty()) {
      response.headers.emplace_back("Retry-After", fault.retry_after);
    }
    return response;
  }

  Simulator& simulator_;
  const Request& request_;
  Time now_;
};

}  // namespace

const std::string* Request::header(std::string_view name) const noexcept {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  };
  for (const auto& [key, value] : headers) {
    if (std::equal(key.begin(), key.end(), name.begin(), name.end(), same)) return &value;
  }
  return nullptr;
}

World::World(std::vector<std::unique_ptr<Simulator>> simulators)
    : simulators_(std::move(simulators)) {}

Exchange World::exchange(Request request) {
  const std::size_t end = request.path.find('/', 1);
  const std::string provider = request.path.substr(0, end);
  request.path = end == std::string::npos ? "/" : request.path.substr(end);

  const std::lock_guard guard(lock_);
  Simulator* simulator = provider.size() < 2 ? nullptr : find(provider.substr(1));
  if (simulator == nullptr) {
    return {Wire::answer,
            {404, {{"Content-Type", "application/json"}}, R"({"error":"no such provider here"})"},
            {}};
  }
  run_due();
  const Time now = clock_.now();
  const std::string operation = simulator->operation(request);
  const auto fault = faults_.strike(simulator->name(), operation);
  log_.add(*simulator, request,
           {now, operation, fault ? std::string(to_text(fault->kind)) : std::string()});
  Striker striker(*simulator, request, now);
  return fault ? striker.strike(*fault) : Exchange{Wire::answer, striker.answer({}), {}};
}

std::vector<std::string> World::providers() const {
  const std::lock_guard guard(lock_);
  std::vector<std::string> names;
  for (const auto& simulator : simulators_) names.push_back(simulator->name());
  return names;
}

bool World::has_provider(std::string_view provider) const {
  const std::lock_guard guard(lock_);
  return find(provider) != nullptr;
}

std::map<std::string, std::string> World::environment(std::string_view provider) const {
  const std::lock_guard guard(lock_);
  const Simulator* simulator = find(provider);
  return simulator == nullptr ? std::map<std::string, std::string>() : simulator->environment();
}

std::variant<std::string, Refusal> World::create_payment(std::string_view provider,
                                                         const PaymentWish& wish) {
  const std::lock_guard guard(lock_);
  Simulator* simulator = find(provider);
  if (simulator == nullptr) return Refusal{"no such provider"};
  run_due();
  return simulator->create_payment(wish, clock_.now());
}

std::optional<std::string> World::truth(std::string_view provider, std::string_view payment_id) {
  const std::lock_guard guard(lock_);
  Simulator* simulator = find(provider);
  if (simulator == nullptr) return std::nullopt;
  run_due();
  return simulator->truth(payment_id);
}

std::vector<Event> World::events(std::string_view provider) {
  const std::lock_guard guard(lock_);
  Simulator* simulator = find(provider);
  if (simulator == nullptr) return {};
  run_due();
  return simulator->events(clock_.now());
}

Json World::requests(std::string_view provider) const {
  const std::lock_guard guard(lock_);
  return log_.entries(provider);
}

Time World::now() const {
  const std::lock_guard guard(lock_);
  return clock_.now();
}

void World::advance_clock(std::chrono::seconds by) {
  const std::lock_guard guard(lock_);
  clock_.advance(by);
  run_due();
}

void World::set_clock(Time time) {
  const std::lock_guard guard(lock_);
  clock_.set(time);
  run_due();
}

void World::add_fault(FaultScript script) {
  const std::lock_guard guard(lock_);
  faults_.add(std::move(script));
}

void World::clear_faults() {
  const std::lock_guard guard(lock_);
  faults_.clear();
}

void World::reset() {
  const std::lock_guard guard(lock_);
  for (const auto& simulator : simulators_) simulator->reset();
  faults_.clear();
  log_.clear();
  clock_.reset();
}

Simulator* World::find(std::string_view provider) const {
  for (const auto& simulator : simulators_) {
    if (simulator->name() == provider) return simulator.get();
  }
  return nullptr;
}

void World::run_due() {
  for (const auto& simulator : simulators_) simulator->advance(clock_.now());
}

}  // namespace refundkit::simulation
