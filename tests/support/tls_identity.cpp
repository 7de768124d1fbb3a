#include "tls_identity.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

namespace refundkit_tests {
namespace {

template <auto free_it>
struct Free {
  template <class T>
  void operator()(T* object) const noexcept {
    free_it(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;

void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(what);
}

Key make_key() {
  const std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>> context{
      EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nullptr)};
  EVP_PKEY* key = nullptr;
  require(context && EVP_PKEY_keygen_init(context.get()) == 1 &&
              EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context.get(), NID_X9_62_prime256v1) == 1 &&
              EVP_PKEY_keygen(context.get(), &key) == 1,
          "no key");
  return Key{key};
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  const Extension extension{X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str())};
  require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "no extension");
}

Certificate make_certificate(EVP_PKEY* key, const std::string& dns_name) {
  Certificate certificate{X509_new()};
  X509* const made = certificate.get();
  require(made != nullptr, "no certificate");
  X509_set_version(made, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
  X509_gmtime_adj(X509_getm_notBefore(made), -60);
  X509_gmtime_adj(X509_getm_notAfter(made), 3600);
  X509_set_pubkey(made, key);
  X509_NAME* const name = X509_get_subject_name(made);
  const std::string common_name = "refundkit test " + dns_name;
  X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1,
                             0);
  X509_set_issuer_name(made, name);
  add_extension(made, NID_subject_alt_name, "DNS:" + dns_name);
  add_extension(made, NID_basic_constraints, "critical,CA:TRUE");
  require(X509_sign(made, key, EVP_sha256()) > 0, "no signature");
  return certificate;
}

std::string write_file(X509* certificate) {
  std::string path = (std::filesystem::temp_directory_path() / "refundkit-ca-XXXXXX").string();
  const int descriptor = mkstemp(path.data());
  require(descriptor >= 0, "no temporary file");
  const std::unique_ptr<FILE, Free<std::fclose>> file{fdopen(descriptor, "w")};
  require(file && PEM_write_X509(file.get(), certificate) == 1, "certificate not written");
  return path;
}

}  // namespace

void TlsIdentity::Free::operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }

TlsIdentity::TlsIdentity(const std::string& dns_name, int highest_version)
    : context_(SSL_CTX_new(TLS_server_method())) {
  const Key key = make_key();
  const Certificate certificate = make_certificate(key.get(), dns_name);
  require(context_ && SSL_CTX_use_certificate(context_.get(), certificate.get()) == 1 &&
              SSL_CTX_use_PrivateKey(context_.get(), key.get()) == 1,
          "no TLS context");
  if (highest_version != 0) {
    SSL_CTX_set_security_level(context_.get(), 0);  // old versions need weak hashes
    require(SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION) == 1 &&
                SSL_CTX_set_max_proto_version(context_.get(), highest_version) == 1,
            "no such TLS version");
  }
  file_ = write_file(certificate.get());
}

TlsIdentity::~TlsIdentity() { unlink(file_.c_str()); }

}  // namespace refundkit_tests
