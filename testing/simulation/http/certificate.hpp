#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <optional>
#include <string>

namespace refundkit::simulation {

struct FreeCertificate {
  void operator()(X509* certificate) const noexcept { X509_free(certificate); }
};
struct FreeKey {
  void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};

/// A certificate for localhost and 127.0.0.1 that vouches for itself for a week, and its key.
struct OwnCertificate {
  std::unique_ptr<X509, FreeCertificate> certificate;
  std::unique_ptr<EVP_PKEY, FreeKey> key;
};

/// Nothing if OpenSSL cannot make one.
std::optional<OwnCertificate> make_own_certificate();

/// A certificate in a private temporary file, for as long as this lives.
class CertificateFile {
 public:
  /// Nothing if the file cannot be written.
  static std::unique_ptr<CertificateFile> write(X509& certificate);
  CertificateFile(const CertificateFile&) = delete;
  CertificateFile& operator=(const CertificateFile&) = delete;
  ~CertificateFile();
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit CertificateFile(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace refundkit::simulation
