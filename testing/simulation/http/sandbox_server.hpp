#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "refundkit/simulation/world.hpp"

namespace refundkit::simulation {

struct ServerOptions {
  std::uint16_t port = 0;  ///< 0: any free one
  bool tls = false;        ///< with a certificate of its own making
};

/// The simulators and their control on one port of 127.0.0.1, with faults that reach down to the
/// socket. Runs on threads of its own until it is destroyed.
///
/// Thread safety: none.
class SandboxServer {
 public:
  /// Listens before it returns; refuses when the port is taken.
  static std::variant<std::unique_ptr<SandboxServer>, Refusal> start(std::shared_ptr<World> world,
                                                                     ServerOptions options);
  SandboxServer(const SandboxServer&) = delete;
  SandboxServer& operator=(const SandboxServer&) = delete;
  /// Closes every connection and waits for the threads.
  ~SandboxServer();

  /// "http://127.0.0.1:8080", or https with TLS.
  [[nodiscard]] const std::string& base_url() const;
  /// The file that holds the certificate to trust, removed with the server; empty without TLS.
  [[nodiscard]] const std::string& ca_file() const;

 private:
  class Listener;
  explicit SandboxServer(std::unique_ptr<Listener> listener);
  std::unique_ptr<Listener> listener_;
};

}  // namespace refundkit::simulation
