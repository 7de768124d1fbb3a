#include "http/trust.hpp"

#include <curl/curl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <new>
#include <utility>

#include "http/configuration_error.hpp"

namespace refundkit {
inline namespace v0 {
namespace {

/// Where libcurl was built to look; OpenSSL's own places where it was built without any.
void add_system_certificates(X509_STORE* store) {
  const curl_version_info_data* built = curl_version_info(CURLVERSION_NOW);
  const char* file = built->cainfo;
  const char* folder = built->capath;
  if (file == nullptr && folder == nullptr) {
    file = X509_get_default_cert_file();
    folder = X509_get_default_cert_dir();
  }
  // A place that cannot be read adds no trust: the connection is then refused as untrusted.
  if (file != nullptr) X509_STORE_load_locations(store, file, nullptr);
  if (folder != nullptr) X509_STORE_load_locations(store, nullptr, folder);
  ERR_clear_error();
}

}  // namespace

void Trust::Free::operator()(X509_STORE* store) const noexcept { X509_STORE_free(store); }

Result<std::unique_ptr<Trust>> Trust::load(const std::string& extra_ca_file) {
  Store store{X509_STORE_new()};
  if (!store) throw std::bad_alloc();
  // A certificate the caller names is trusted itself, whether or not it signed itself.
  X509_STORE_set_flags(store.get(), X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN);
  if (!extra_ca_file.empty() &&
      X509_STORE_load_locations(store.get(), extra_ca_file.c_str(), nullptr) != 1) {
    ERR_clear_error();
    return configuration_error(
        "The file of extra certificates cannot be read, or holds none in PEM form: " +
        extra_ca_file);
  }
  return std::unique_ptr<Trust>{new Trust{std::move(store)}};
}

void Trust::apply_to(SSL_CTX* context) {
  std::call_once(system_read_, add_system_certificates, store_.get());
  SSL_CTX_set1_cert_store(context, store_.get());
}

}  // namespace v0
}  // namespace refundkit
