#pragma once

#include <openssl/ossl_typ.h>

#include <memory>
#include <string>

namespace refundkit_tests {

/// A key and a certificate, signed by itself, made for one test and valid for an hour.
class TlsIdentity {
 public:
  /// `dns_name` is the one name in the certificate. `highest_version` as OpenSSL counts them
  /// (TLS1_1_VERSION); 0: the newest there is.
  explicit TlsIdentity(const std::string& dns_name, int highest_version = 0);
  TlsIdentity(const TlsIdentity&) = delete;
  TlsIdentity& operator=(const TlsIdentity&) = delete;
  /// Removes the file.
  ~TlsIdentity();

  /// The certificate as a PEM file, for a client to trust.
  [[nodiscard]] const std::string& certificate_file() const noexcept { return file_; }
  [[nodiscard]] SSL_CTX* context() const noexcept { return context_.get(); }

 private:
  struct Free {
    void operator()(SSL_CTX* context) const noexcept;
  };
  std::unique_ptr<SSL_CTX, Free> context_;
  std::string file_;
};

}  // namespace refundkit_tests
