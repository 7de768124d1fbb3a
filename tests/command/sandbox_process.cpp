#include "sandbox_process.hpp"

#include <chrono>
#include <stdexcept>
#include <variant>

#include "refundkit/http/curl_transport.hpp"

namespace refundkit_tests {
namespace {

std::shared_ptr<refundkit::Transport> transport_to(const Json& announcement) {
  refundkit::CurlTransportOptions options;
  if (const std::string* file = announcement.find_string("ca_file")) options.extra_ca_file = *file;
  return refundkit::CurlTransport::create(options).value();
}

std::vector<Json> items_of(const Json& array) {
  if (array.items() == nullptr) throw std::runtime_error("not an array: " + array.compact());
  return *array.items();
}

}  // namespace

SandboxProcess::SandboxProcess(const Words& options)
    : process_(REFUNDKIT_COMMAND, joined({"sandbox", "--port", "0"}, options), {}),
      announcement_(Json::parse(process_.read_line()).value()),
      transport_(transport_to(announcement_)) {}

Environment SandboxProcess::environment() const {
  Environment variables;
  for (const auto& [name, value] : *announcement_.find("environment")->members()) {
    variables[name] = *value.string();
  }
  return variables;
}

Json SandboxProcess::call(refundkit::HttpMethod method, const std::string& path,
                          const std::string& body) {
  refundkit::HttpRequest request;
  request.method = method;
  request.url = *announcement_.find_string("control") + path;
  request.headers = {{"Content-Type", "application/json"}};
  request.body = body;
  const auto answer = transport_->send(request, {std::chrono::seconds(30)});
  const auto* response = std::get_if<refundkit::HttpResponse>(&answer);
  if (response == nullptr || response->status != 200) {
    throw std::runtime_error("control refuses " + path + " " + body +
                             (response == nullptr ? "" : ": " + response->body));
  }
  return Json::parse(response->body).value_or(Json());
}

std::string SandboxProcess::special_payment(const std::string& mark, const std::string& amount,
                                            const std::string& currency, const std::string& state) {
  const Json wish = Json::object({{"provider", provider()},
                                  {"amount", amount},
                                  {"currency", currency},
                                  {"method", "card"},
                                  {"state", state},
                                  {"reference", mark}});
  return value_at(call(refundkit::HttpMethod::post, "/payments", wish.compact()), "payment_id");
}

Json SandboxProcess::truth(const std::string& payment) {
  return call(refundkit::HttpMethod::get, "/payments/" + payment + "?provider=" + provider());
}

std::string SandboxProcess::refunded(const std::string& payment) {
  return value_at(truth(payment), "refunded");
}

std::vector<Json> SandboxProcess::requests() {
  return items_of(call(refundkit::HttpMethod::get, "/requests?provider=" + provider()));
}

std::vector<Json> SandboxProcess::requests(const std::string& operation) {
  std::vector<Json> chosen;
  for (const Json& request : requests()) {
    if (value_at(request, "operation") == operation) chosen.push_back(request);
  }
  return chosen;
}

std::vector<Json> SandboxProcess::events() {
  return items_of(call(refundkit::HttpMethod::get, "/events?provider=" + provider()));
}

void SandboxProcess::fault(const std::string& json) {
  call(refundkit::HttpMethod::post, "/faults", json);
}

void SandboxProcess::advance(int seconds) {
  call(refundkit::HttpMethod::post, "/clock",
       Json::object({{"advance_seconds", seconds}}).compact());
}

}  // namespace refundkit_tests
