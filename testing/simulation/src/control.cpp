#include "refundkit/simulation/control.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "refundkit/simulation/decimal.hpp"
#include "refundkit/simulation/form.hpp"
#include "refundkit/simulation/json.hpp"

namespace refundkit::simulation {
namespace {

constexpr std::int64_t longest_advance = 100LL * 366 * 86400;

Response json_answer(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

Response refuse(int status, std::string message) {
  return json_answer(status, Json::object({{"error", std::move(message)}}).compact());
}

Response done(const Json& body) { return json_answer(200, body.compact()); }

Response wrong_method(std::string_view allowed) {
  Response response = refuse(405, "this takes " + std::string(allowed));
  response.headers.emplace_back("Allow", std::string(allowed));
  return response;
}

std::string query_value(const Request& request, std::string_view name) {
  const FormFields fields = parse_form(request.query);
  const std::string* value = find_field(fields, name);
  return value == nullptr ? std::string() : *value;
}

template <std::size_t count>
bool is_one_of(std::string_view word, const std::array<std::string_view, count>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_positive_amount(const std::string& text) {
  const auto units = parse_decimal(text, 6);
  return units && *units > 0;
}

// A member that must be text; `fallback` where it is absent, nothing where it is something else.
std::optional<std::string> text_member(const Json& body, std::string_view name,
                                       const char* fallback) {
  const Json* member = body.find(name);
  if (member == nullptr || member->is_null()) return std::string(fallback);
  return member->string() == nullptr ? std::nullopt : std::optional(*member->string());
}

std::variant<PaymentWish, Refusal> read_wish(const Json& body) {
  constexpr std::array<std::string_view, 4> methods{"", "card", "bank", "wallet"};
  constexpr std::array<std::string_view, 3> states{"authorized", "captured", "settled"};
  const auto amount = text_member(body, "amount", "");
  const auto currency = text_member(body, "currency", "");
  const auto method = text_member(body, "method", "");
  const auto state = text_member(body, "state", "captured");
  const auto reference = text_member(body, "reference", "");
  if (!amount || !is_positive_amount(*amount)) {
    return Refusal{"amount must be a decimal above 0, as text: \"40.00\""};
  }
  if (!currency || currency->size() != 3 ||
      currency->find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos) {
    return Refusal{"currency must be three capital letters"};
  }
  if (!method || !is_one_of(*method, methods)) {
    return Refusal{"method must be card, bank or wallet"};
  }
  if (!state || !is_one_of(*state, states)) {
    return Refusal{"state must be authorized, captured or settled"};
  }
  if (!reference) return Refusal{"reference must be text"};
  return PaymentWish{*amount, *currency, *method, *state, *reference};
}

Response create_payment(World& world, const Json& body) {
  const std::string* provider = body.find_string("provider");
  if (provider == nullptr || !world.has_provider(*provider)) {
    return refuse(400, "provider is missing or not here");
  }
  const auto wish = read_wish(body);
  if (const auto* no = std::get_if<Refusal>(&wish)) return refuse(400, no->message);
  auto made = world.create_payment(*provider, std::get<PaymentWish>(wish));
  if (const auto* no = std::get_if<Refusal>(&made)) return refuse(400, no->message);
  return json_answer(200, std::move(std::get<std::string>(made)));
}

Response show_truth(World& world, const Request& request, const std::string& payment) {
  const std::string provider = query_value(request, "provider");
  if (!world.has_provider(provider)) return refuse(400, "provider is missing or not here");
  auto truth = world.truth(provider, payment);
  return truth ? json_answer(200, std::move(*truth)) : refuse(404, "no such payment");
}

Response show_clock(const World& world) {
  return done(Json::object({{"now", time_text(world.now())}}));
}

Response move_clock(World& world, const Json& body) {
  const Json* advance = body.find("advance_seconds");
  const Json* now = body.find("now");
  if ((advance == nullptr) == (now == nullptr)) {
    return refuse(400, "give either advance_seconds or now");
  }
  if (advance != nullptr) {
    const auto seconds = advance->integer();
    if (!seconds || *seconds < 0 || *seconds > longest_advance) {
      return refuse(400, "advance_seconds must be a whole number from 0");
    }
    world.advance_clock(std::chrono::seconds(*seconds));
    return show_clock(world);
  }
  const auto time = now->string() == nullptr ? std::nullopt : parse_time(*now->string());
  if (!time) return refuse(400, "now must be a time such as 2026-11-23T09:00:00Z");
  world.set_clock(*time);
  return show_clock(world);
}

Response add_fault(World& world, const Json& body) {
  auto script = parse_fault_script(body);
  if (const auto* no = std::get_if<Refusal>(&script)) return refuse(400, no->message);
  auto& wanted = std::get<FaultScript>(script);
  if (!world.has_provider(wanted.provider)) return refuse(400, "no such provider here");
  world.add_fault(std::move(wanted));
  return done(Json::object());
}

Json shown_event(const Event& event) {
  Json headers = Json::object();
  for (const auto& [name, value] : event.headers) headers.set(name, value);
  return Json::object({{"id", event.id},
                       {"type", event.type},
                       {"due", time_text(event.due)},
                       {"headers", std::move(headers)},
                       {"body", event.body}});
}

Response show_events(World& world, const Request& request) {
  const std::string provider = query_value(request, "provider");
  if (!provider.empty() && !world.has_provider(provider)) return refuse(400, "no such provider");
  Json all = Json::array();
  for (const std::string& name : world.providers()) {
    if (!provider.empty() && name != provider) continue;
    for (const Event& event : world.events(name)) {
      all.push(shown_event(event).set("provider", name));
    }
  }
  return done(all);
}

Response show_requests(const World& world, const Request& request) {
  const std::string provider = query_value(request, "provider");
  if (!provider.empty() && !world.has_provider(provider)) return refuse(400, "no such provider");
  return done(world.requests(provider));
}

using WithBody = Response (*)(World&, const Json&);

Response with_body(World& world, const Request& request, WithBody call) {
  const auto body = Json::parse(request.body);
  if (!body || !body->is_object()) return refuse(400, "the body must be a JSON object");
  return call(world, *body);
}

}  // namespace

Response control(World& world, const Request& request) {
  const bool get = request.method == "GET";
  const bool post = request.method == "POST";
  if (request.path == "/payments") {
    return post ? with_body(world, request, create_payment) : wrong_method("POST");
  }
  constexpr std::string_view payments = "/payments/";
  if (request.path.compare(0, payments.size(), payments) == 0) {
    const auto parts = path_parts(request.path);
    if (parts.size() != 2 || parts[1].empty()) return refuse(404, "no such control call");
    return get ? show_truth(world, request, parts[1]) : wrong_method("GET");
  }
  if (request.path == "/clock") {
    if (get) return show_clock(world);
    return post ? with_body(world, request, move_clock) : wrong_method("GET, POST");
  }
  if (request.path == "/faults") {
    if (post) return with_body(world, request, add_fault);
    if (request.method != "DELETE") return wrong_method("POST, DELETE");
    world.clear_faults();
    return done(Json::object());
  }
  if (request.path == "/requests") {
    return get ? show_requests(world, request) : wrong_method("GET");
  }
  if (request.path == "/events") return get ? show_events(world, request) : wrong_method("GET");
  if (request.path == "/reset") {
    if (!post) return wrong_method("POST");
    world.reset();
    return done(Json::object());
  }
  return refuse(404, "no such control call");
}

}  // namespace refundkit::simulation
