#include "certificate.hpp"

#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace refundkit::simulation {
namespace {

constexpr long lifetime_seconds = 7L * 24 * 3600;

struct FreeContext {
  void operator()(EVP_PKEY_CTX* context) const noexcept { EVP_PKEY_CTX_free(context); }
};
struct FreeExtension {
  void operator()(X509_EXTENSION* extension) const noexcept { X509_EXTENSION_free(extension); }
};

std::unique_ptr<EVP_PKEY, FreeKey> make_key() {
  const std::unique_ptr<EVP_PKEY_CTX, FreeContext> context(
      EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nullptr));
  if (!context || EVP_PKEY_keygen_init(context.get()) != 1) return nullptr;
  if (EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context.get(), NID_X9_62_prime256v1) != 1) {
    return nullptr;
  }
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_keygen(context.get(), &key) != 1) return nullptr;
  return std::unique_ptr<EVP_PKEY, FreeKey>(key);
}

bool extend(X509* certificate, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, FreeExtension> extension(
      X509V3_EXT_conf_nid(nullptr, &context, kind, value));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_serial(X509* certificate) {
  long serial = 0;
  std::array<unsigned char, 4> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return false;
  for (const unsigned char byte : bytes) serial = serial * 256 + byte;
  return ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial + 1) == 1;
}

bool fill_in(X509* certificate, EVP_PKEY* key) {
  X509_set_version(certificate, 2);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), lifetime_seconds);
  X509_NAME* name = X509_get_subject_name(certificate);
  const std::string common_name = "refundkit sandbox";
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(common_name.data()),
                             static_cast<int>(common_name.size()), -1, 0);
  return set_serial(certificate) && X509_set_issuer_name(certificate, name) == 1 &&
         X509_set_pubkey(certificate, key) == 1 &&
         extend(certificate, NID_basic_constraints, "critical,CA:TRUE") &&
         extend(certificate, NID_key_usage, "critical,digitalSignature,keyCertSign") &&
         extend(certificate, NID_ext_key_usage, "serverAuth") &&
         extend(certificate, NID_subject_key_identifier, "hash") &&
         extend(certificate, NID_authority_key_identifier, "keyid:always") &&
         extend(certificate, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1") &&
         X509_sign(certificate, key, EVP_sha256()) != 0;
}

std::string temporary_folder() {
  const char* folder = std::getenv("TMPDIR");
  return folder == nullptr || *folder == '\0' ? "/tmp" : folder;
}

}  // namespace

std::optional<OwnCertificate> make_own_certificate() {
  OwnCertificate made{std::unique_ptr<X509, FreeCertificate>(X509_new()), make_key()};
  if (!made.certificate || !made.key || !fill_in(made.certificate.get(), made.key.get())) {
    return std::nullopt;
  }
  return made;
}

std::unique_ptr<CertificateFile> CertificateFile::write(X509& certificate) {
  std::string path = temporary_folder() + "/refundkit-sandbox-ca-XXXXXX";
  const int descriptor = mkstemp(path.data());
  if (descriptor < 0) return nullptr;
  std::unique_ptr<CertificateFile> file(new CertificateFile(std::move(path)));
  std::FILE* stream = fdopen(descriptor, "w");
  if (stream == nullptr) {
    close(descriptor);
    return nullptr;
  }
  const bool written = PEM_write_X509(stream, &certificate) == 1;
  const bool flushed = std::fclose(stream) == 0;
  return written && flushed ? std::move(file) : nullptr;
}

CertificateFile::~CertificateFile() { static_cast<void>(unlink(path_.c_str())); }

}  // namespace refundkit::simulation
