#include "sandbox_server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/strand.hpp>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "certificate.hpp"
#include "session.hpp"

namespace refundkit::simulation {
namespace {

constexpr int threads = 4;

using PlainStream = boost::beast::tcp_stream;
using TlsStream = boost::beast::ssl_stream<boost::beast::tcp_stream>;

}  // namespace

class SandboxServer::Listener {
 public:
  explicit Listener(std::shared_ptr<World> world) : world_(std::move(world)) {}
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  ~Listener() {
    context_.stop();
    for (std::thread& worker : workers_) worker.join();
  }

  std::optional<Refusal> open(ServerOptions options) {
    if (options.tls) {
      if (auto no = prepare_tls()) return no;
    }
    if (auto no = bind(options.port)) return no;
    base_url_ = std::string(options.tls ? "https" : "http") +
                "://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
    accept();
    for (int i = 0; i < threads; ++i) {
      workers_.emplace_back([this] { context_.run(); });
    }
    return std::nullopt;
  }

  const std::string& base_url() const { return base_url_; }
  const std::string& ca_file() const { return ca_file_ ? ca_file_->path() : no_file_; }

 private:
  std::optional<Refusal> prepare_tls() {
    auto own = make_own_certificate();
    if (!own) return Refusal{"OpenSSL made no certificate"};
    ca_file_ = CertificateFile::write(*own->certificate);
    if (!ca_file_) return Refusal{"the certificate's file cannot be written"};
    tls_.emplace(boost::asio::ssl::context::tls_server);
    SSL_CTX* native = tls_->native_handle();
    const bool ready = SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION) == 1 &&
                       SSL_CTX_use_certificate(native, own->certificate.get()) == 1 &&
                       SSL_CTX_use_PrivateKey(native, own->key.get()) == 1;
    if (!ready) return Refusal{"OpenSSL does not take its own certificate"};
    return std::nullopt;
  }

  std::optional<Refusal> bind(std::uint16_t port) {
    namespace ip = boost::asio::ip;
    const ip::tcp::endpoint endpoint(ip::address_v4::loopback(), port);
    boost::system::error_code error;
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(boost::asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(boost::asio::socket_base::max_listen_connections, error);
    if (!error) return std::nullopt;
    return Refusal{"cannot listen on 127.0.0.1:" + std::to_string(port) + ": " + error.message()};
  }

  void accept() {
    acceptor_.async_accept(
        boost::asio::make_strand(context_),
        [this](boost::system::error_code error, boost::asio::ip::tcp::socket socket) {
          if (!error) serve(std::move(socket));
          accept();
        });
  }

  void serve(boost::asio::ip::tcp::socket socket) {
    boost::system::error_code ignored;
    socket.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    if (tls_) {
      TlsStream stream(PlainStream(std::move(socket)), *tls_);
      std::make_shared<Session<TlsStream>>(std::move(stream), world_)->run();
    } else {
      std::make_shared<Session<PlainStream>>(PlainStream(std::move(socket)), world_)->run();
    }
  }

  std::shared_ptr<World> world_;
  std::string base_url_;
  const std::string no_file_;
  std::unique_ptr<CertificateFile> ca_file_;
  std::optional<boost::asio::ssl::context> tls_;
  boost::asio::io_context context_{threads};
  boost::asio::ip::tcp::acceptor acceptor_{context_};
  std::vector<std::thread> workers_;
};

std::variant<std::unique_ptr<SandboxServer>, Refusal> SandboxServer::start(
    std::shared_ptr<World> world, ServerOptions options) {
  auto listener = std::make_unique<Listener>(std::move(world));
  if (auto no = listener->open(options)) return *no;
  return std::unique_ptr<SandboxServer>(new SandboxServer(std::move(listener)));
}

SandboxServer::SandboxServer(std::unique_ptr<Listener> listener) : listener_(std::move(listener)) {}
SandboxServer::~SandboxServer() = default;
const std::string& SandboxServer::base_url() const { return listener_->base_url(); }
const std::string& SandboxServer::ca_file() const { return listener_->ca_file(); }

}  // namespace refundkit::simulation
