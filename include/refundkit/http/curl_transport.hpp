#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "refundkit/export.hpp"
#include "refundkit/http/transport.hpp"
#include "refundkit/result.hpp"

namespace refundkit {
inline namespace v0 {

struct CurlTransportOptions {
  std::chrono::milliseconds connect_timeout{10'000};
  /// The longest silence while an answer is awaited or arriving.
  std::chrono::milliseconds idle_timeout{80'000};
  /// An answer with a longer body, or more header bytes, ends as `malformed_response`.
  std::size_t max_body_bytes = std::size_t{4} * 1024 * 1024;
  std::size_t max_header_bytes = std::size_t{64} * 1024;
  /// "http://proxy.example:3128"; empty: none. The environment is not read.
  std::string proxy;
  /// Certificates (PEM) trusted beside the system's own. Empty: none.
  std::string extra_ca_file;
  /// Connections kept open while unused.
  std::size_t max_idle_connections = 64;
};

/// HTTP/1.1 by libcurl, on the caller's thread.
///
/// Certificates and host names are always checked, TLS is 1.2 or later, and plain http goes to
/// loopback addresses only. Connections are kept and reused. An `at_most_once` request with a body
/// is given to libcurl in a form that it cannot rewind, and one without a body goes over a fresh
/// connection: libcurl repeats a POST by itself when a kept connection dies
/// (docs/decisions/0004-libcurl-never-posts-twice.md).
///
/// The first create() in a process calls curl_global_init once, under a lock.
/// Thread safety: any number of threads may call send() at the same time; each leases a handle.
class REFUNDKIT_EXPORT CurlTransport final : public Transport {
 public:
  /// Sends nothing. Fails with `configuration_error` (unreadable CA file, unusable proxy).
  static Result<std::shared_ptr<CurlTransport>> create(CurlTransportOptions options = {});
  ~CurlTransport() override;

  [[nodiscard]] TransportResult send(const HttpRequest& request, const SendLimits& limits) override;

 private:
  class Pool;
  explicit CurlTransport(std::unique_ptr<Pool> pool) noexcept;
  std::unique_ptr<Pool> pool_;
};

}  // namespace v0
}  // namespace refundkit
