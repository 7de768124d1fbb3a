#pragma once

#include <openssl/ossl_typ.h>

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "refundkit/result.hpp"

namespace refundkit {
inline namespace v0 {

/// The certificates that a server's certificate may lead to: the system's and the caller's.
///
/// Every connection of a transport shares one set. libcurl would read the system's bundle anew for
/// each connection, which costs more than the connection.
/// Thread safety: any number of threads may call apply_to() at the same time.
class Trust {
 public:
  /// Fails with `configuration_error` where the file cannot be read or holds no certificate.
  static Result<std::unique_ptr<Trust>> load(const std::string& extra_ca_file);

  /// Makes this set the one that `context` checks against. The first call reads the system's
  /// certificates.
  void apply_to(SSL_CTX* context);

 private:
  struct Free {
    void operator()(X509_STORE* store) const noexcept;
  };
  using Store = std::unique_ptr<X509_STORE, Free>;

  explicit Trust(Store store) : store_(std::move(store)) {}

  Store store_;
  std::once_flag system_read_;
};

}  // namespace v0
}  // namespace refundkit
