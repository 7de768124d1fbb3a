#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>
#include <string_view>

#include "refundkit/result.hpp"

namespace refundkit {
inline namespace v0 {

/// A URL that a request may go to, parsed once.
class Address {
 public:
  /// Fails with `configuration_error`, for the reasons check_address() gives.
  static Result<Address> parse(std::string_view url);

  /// For CURLOPT_CURLU; valid as long as this object.
  [[nodiscard]] CURLU* handle() const noexcept { return url_.get(); }
  [[nodiscard]] const std::string& host() const noexcept { return host_; }
  /// Without TLS, and then on loopback.
  [[nodiscard]] bool plain() const noexcept { return plain_; }

 private:
  struct Free {
    void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
  };
  using Url = std::unique_ptr<CURLU, Free>;

  Address(Url url, std::string host, bool plain);

  Url url_;
  std::string host_;
  bool plain_;
};

}  // namespace v0
}  // namespace refundkit
