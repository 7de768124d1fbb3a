#pragma once

#include <curl/curl.h>

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "http/address.hpp"
#include "http/exchange.hpp"
#include "http/header_list.hpp"
#include "http/trust.hpp"
#include "refundkit/http/curl_transport.hpp"

namespace refundkit {
inline namespace v0 {

/// One libcurl handle with the one connection it keeps.
///
/// It does not move: libcurl keeps the address of its error buffer.
/// Thread safety: one thread at a time.
class CurlHandle {
 public:
  /// `options` and `trust` must outlive the handle. Fails with `configuration_error` where this
  /// libcurl lacks something we insist on.
  static Result<std::unique_ptr<CurlHandle>> create(const CurlTransportOptions& options,
                                                    Trust& trust);
  CurlHandle(const CurlHandle&) = delete;
  CurlHandle& operator=(const CurlHandle&) = delete;

  [[nodiscard]] TransportResult send(const HttpRequest& request, const SendLimits& limits);

 private:
  CurlHandle(const CurlTransportOptions& options, Trust& trust);

  CURLcode set_lasting_options();
  CURLcode set_safety_options();
  CURLcode set_request(const HttpRequest& request, Exchange& exchange);
  Result<void> take_address(const std::string& url);
  CURLcode perform(Exchange& exchange);
  void forget_request() noexcept;
  TransportResult outcome_of(CURLcode code, Exchange& exchange);
  [[nodiscard]] Sent sent_by(const Exchange& exchange) const;
  [[nodiscard]] TransportFailure refused(const Error& error) const;

  struct FreeMulti {
    void operator()(CURLM* handle) const noexcept { curl_multi_cleanup(handle); }
  };
  struct FreeEasy {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
  };

  const CurlTransportOptions& options_;
  Trust& trust_;
  std::array<char, CURL_ERROR_SIZE> error_text_{};
  std::unique_ptr<CURLM, FreeMulti> multi_;
  std::unique_ptr<CURL, FreeEasy> easy_;
  std::string url_;
  std::optional<Address> address_;
  HeaderList headers_;
};

}  // namespace v0
}  // namespace refundkit
