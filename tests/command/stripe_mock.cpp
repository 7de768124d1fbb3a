#include "stripe_mock.hpp"

#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <stdexcept>

namespace refundkit_tests {
namespace {

template <class Object, void (*free_object)(Object*)>
struct Free {
  void operator()(Object* object) const noexcept { free_object(object); }
};
using Context = std::unique_ptr<SSL_CTX, Free<SSL_CTX, SSL_CTX_free>>;
using Stream = std::unique_ptr<BIO, Free<BIO, BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Free<X509, X509_free>>;

std::string as_pem(X509* certificate) {
  const std::unique_ptr<BIO, Free<BIO, BIO_free_all>> memory(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(memory.get(), certificate);
  const char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

/// What the server shows, believed because it is a child of this test.
std::string shown_certificate(const std::string& port) {
  const Context context(SSL_CTX_new(TLS_client_method()));
  const Stream stream(BIO_new_ssl_connect(context.get()));
  BIO_set_conn_hostname(stream.get(), ("127.0.0.1:" + port).c_str());
  if (BIO_do_connect(stream.get()) != 1) throw std::runtime_error("no TLS at port " + port);
  SSL* tls = nullptr;
  BIO_get_ssl(stream.get(), &tls);
  const Certificate certificate(SSL_get1_peer_certificate(tls));
  if (!certificate) throw std::runtime_error("no certificate at port " + port);
  return as_pem(certificate.get());
}

}  // namespace

StripeMock::StripeMock(const std::string& program)
    : process_(program, {"-http-addr", "127.0.0.1:0", "-https-addr", "127.0.0.1:0"}, {}) {
  http_url_ = "http://127.0.0.1:" + announced_port("HTTP");
  const std::string port = announced_port("HTTPS");
  https_url_ = "https://localhost:" + port;
  certificate_ = std::make_unique<TemporaryFile>(shown_certificate(port));
}

std::string StripeMock::announced_port(const std::string& kind) {
  const std::string beginning = "Listening for " + kind + " at address: ";
  for (std::string line = process_.read_line(); !line.empty(); line = process_.read_line()) {
    const std::size_t at = line.find(beginning);
    if (at != std::string::npos) return line.substr(line.rfind(':') + 1);
  }
  throw std::runtime_error("stripe-mock tells no port: " + process_.output());
}

}  // namespace refundkit_tests
