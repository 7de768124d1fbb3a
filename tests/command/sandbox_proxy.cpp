#include "sandbox_proxy.hpp"

#include <chrono>
#include <sstream>
#include <utility>
#include <variant>

#include "refundkit/http/curl_transport.hpp"

namespace refundkit_tests {

std::string RawRequest::header(const std::string& name) const {
  const std::string* value = refundkit::find_header(headers, name);
  return value == nullptr ? std::string() : *value;
}

RawRequest parse_request(const std::string& text) {
  RawRequest request;
  const std::size_t end = text.find("\r\n\r\n");
  std::istringstream lines(text.substr(0, end));
  std::string version;
  lines >> request.method >> request.path >> version;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    const std::size_t colon = line.find(": ");
    const std::string name = line.substr(0, colon);
    if (name == "Host" || name == "Content-Length") continue;
    request.headers.push_back({name, line.substr(colon + 2, line.size() - colon - 3)});
  }
  request.body = text.substr(end + 4);
  return request;
}

SandboxProxy::SandboxProxy(const SandboxProcess& sandbox)
    : base_url_(sandbox.environment().at("REFUNDKIT_STRIPE_BASE_URL")),
      transport_(refundkit::CurlTransport::create().value()) {}

std::string SandboxProxy::handed_on(const RawRequest& raw) const {
  refundkit::HttpRequest request;
  request.method = raw.method == "POST" ? refundkit::HttpMethod::post : refundkit::HttpMethod::get;
  request.url = base_url_ + raw.path;
  request.headers = raw.headers;
  request.body = raw.body;
  const auto answer = transport_->send(request, {std::chrono::seconds(30)});
  return ok_answer(std::get<refundkit::HttpResponse>(answer).body);
}

RawServer::Script SandboxProxy::script(OnMove on_move) const {
  return [this, on_move = std::move(on_move)](RawConnection& connection) {
    for (int number = 0;; ++number) {
      const auto text = connection.read_request();
      if (!text) return;
      const RawRequest request = parse_request(*text);
      const bool goes_on = request.method == "POST" ? on_move(connection, *text, number)
                                                    : connection.write(handed_on(request));
      if (!goes_on) return;
    }
  };
}

}  // namespace refundkit_tests
