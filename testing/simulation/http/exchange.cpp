#include "refundkit/simulation/control.hpp"
#include "session.hpp"

namespace refundkit::simulation {
namespace {

constexpr std::string_view control_path = "/_control";

Request as_request(const HttpRequestMessage& message) {
  Request request;
  const auto method = message.method_string();
  request.method.assign(method.data(), method.size());
  const std::string target(message.target());
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string::npos) request.query = target.substr(mark + 1);
  for (const auto& field : message) {
    request.headers.emplace_back(field.name_string(), field.value());
  }
  request.body = message.body();
  return request;
}

bool is_control(const std::string& path) {
  if (path.compare(0, control_path.size(), control_path) != 0) return false;
  return path.size() == control_path.size() || path[control_path.size()] == '/';
}

}  // namespace

Exchange obey(World& world, const HttpRequestMessage& message) {
  Request request = as_request(message);
  if (!is_control(request.path)) return world.exchange(std::move(request));
  request.path.erase(0, control_path.size());
  return {Wire::answer, control(world, request), {}};
}

HttpResponseMessage as_message(Response given, bool keep_alive) {
  HttpResponseMessage message;
  message.version(11);
  message.result(static_cast<unsigned>(given.status));
  for (const auto& [name, value] : given.headers) message.insert(name, value);
  // These two have no body on the wire (RFC 9110, 15.3.5 and 15.4.5).
  const bool is_bodiless = given.status == 204 || given.status == 304;
  if (!is_bodiless) message.body() = std::move(given.body);
  message.keep_alive(keep_alive);
  message.prepare_payload();
  return message;
}

}  // namespace refundkit::simulation
