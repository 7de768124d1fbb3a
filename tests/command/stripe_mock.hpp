#pragma once

#include <memory>
#include <string>

#include "child_process.hpp"
#include "command.hpp"

namespace refundkit_tests {

/// Stripe's own mock server, on free ports over HTTP and HTTPS. It knows Stripe's API by its
/// published description, keeps no state, and is no work of ours.
class StripeMock {
 public:
  explicit StripeMock(const std::string& program);

  [[nodiscard]] const std::string& http_url() const noexcept { return http_url_; }
  /// At the host name that is in its certificate.
  [[nodiscard]] const std::string& https_url() const noexcept { return https_url_; }
  /// A file with the certificate that its HTTPS port shows.
  [[nodiscard]] const std::string& ca_file() const { return certificate_->path(); }

 private:
  std::string announced_port(const std::string& kind);

  ChildProcess process_;
  std::string http_url_;
  std::string https_url_;
  std::unique_ptr<TemporaryFile> certificate_;
};

}  // namespace refundkit_tests
