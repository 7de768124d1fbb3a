#pragma once

#include <gmock/gmock.h>

#include <chrono>
#include <memory>
#include <ostream>
#include <string>
#include <utility>

#include "refundkit/http/curl_transport.hpp"

/// What the transport's tests say again and again.
namespace refundkit {
inline namespace v0 {

inline std::shared_ptr<CurlTransport> make_transport(CurlTransportOptions options = {}) {
  return CurlTransport::create(std::move(options)).value();
}

/// Far enough away never to be the reason, near enough that a hanging test ends.
inline SendLimits plenty() { return {std::chrono::seconds{60}}; }

inline HttpRequest get(std::string url) {
  HttpRequest request;
  request.url = std::move(url);
  return request;
}

inline HttpRequest post_once(std::string url, std::string body) {
  HttpRequest request;
  request.method = HttpMethod::post;
  request.url = std::move(url);
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = std::move(body);
  request.delivery = Delivery::at_most_once;
  return request;
}

inline void PrintTo(const HttpResponse& response, std::ostream* out) {
  *out << "answer " << response.status << ": " << response.body.substr(0, 200);
}

inline void PrintTo(const TransportFailure& failure, std::ostream* out) {
  *out << "failure " << static_cast<int>(failure.code)
       << (failure.sent == Sent::nothing ? ", nothing sent: " : ", maybe sent: ")
       << failure.message;
}

MATCHER_P2(FailsWith, code, sent, "") {
  const auto* const failure = std::get_if<TransportFailure>(&arg);
  return failure != nullptr && failure->code == code && failure->sent == sent;
}

MATCHER_P2(AnswersWith, status, body, "") {
  const auto* const response = std::get_if<HttpResponse>(&arg);
  return response != nullptr && response->status == status && response->body == body;
}

MATCHER_P(SaysWhy, words, "") {
  const auto* const failure = std::get_if<TransportFailure>(&arg);
  return failure != nullptr && failure->message.find(words) != std::string::npos;
}

}  // namespace v0
}  // namespace refundkit
