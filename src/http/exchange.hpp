#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

#include "refundkit/http/curl_transport.hpp"

namespace refundkit {
inline namespace v0 {

/// Why we, not libcurl, ended an exchange.
enum class Stop {
  none,
  cancelled,
  deadline,
  idle,
  body_too_long,
  headers_too_long,
  second_attempt,  ///< libcurl was about to send an `at_most_once` request again
  out_of_memory,
};

/// One request on its way and what has come back of its answer. libcurl's callbacks call it, so no
/// member but the constructor throws.
class Exchange {
 public:
  using Steady = std::chrono::steady_clock;

  /// All three must outlive the exchange.
  Exchange(const HttpRequest& request, const CurlTransportOptions& options,
           const SendLimits& limits);

  /// The connection stands and the request's first byte is about to be sent. False: do not.
  [[nodiscard]] bool begin() noexcept;
  /// Copies the next bytes of the body; 0 at its end.
  std::size_t give_body(char* buffer, std::size_t room) noexcept;
  /// One whole line, with its line end. False: the answer is refused.
  [[nodiscard]] bool take_header(std::string_view line) noexcept;
  [[nodiscard]] bool take_body(std::string_view bytes) noexcept;

  /// Ends the exchange if its time is up or the caller has cancelled it.
  [[nodiscard]] bool must_stop() noexcept;
  /// How long libcurl may wait for the network before must_stop() is asked again.
  [[nodiscard]] std::chrono::milliseconds patience() const noexcept;

  [[nodiscard]] bool started() const noexcept { return started_; }
  [[nodiscard]] Stop stop() const noexcept { return stop_; }
  [[nodiscard]] Delivery delivery() const noexcept { return request_.delivery; }
  /// The empty line after an answer's headers has come.
  [[nodiscard]] bool headers_complete() const noexcept { return headers_complete_; }
  [[nodiscard]] HttpResponse& response() noexcept { return response_; }

 private:
  bool end(Stop reason) noexcept;
  bool keep_header(std::string_view line) noexcept;

  const HttpRequest& request_;
  const CurlTransportOptions& options_;
  const Cancellation& cancellation_;
  const Steady::time_point deadline_;
  HttpResponse response_;
  Steady::time_point last_byte_ = {};
  std::size_t body_given_ = 0;
  std::size_t header_bytes_ = 0;
  bool started_ = false;
  bool headers_complete_ = false;
  Stop stop_ = Stop::none;
};

}  // namespace v0
}  // namespace refundkit
