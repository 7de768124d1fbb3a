#pragma once

#include <openssl/ossl_typ.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tls_identity.hpp"

namespace refundkit_tests {

/// The server's end of one accepted connection: bytes in, bytes out, and the ways to break it off.
/// Nothing here throws or waits for a span of time; a call ends when the peer or the server does.
class RawConnection {
 public:
  RawConnection(int socket, SSL* tls);
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;
  /// Closes the connection in good order.
  ~RawConnection();

  /// One whole request: headers and as much body as Content-Length says. Nothing once the peer has
  /// closed.
  std::optional<std::string> read_request();
  /// A request's headers only: its body may be on the way still.
  std::optional<std::string> read_headers();
  /// False once the peer is gone.
  bool write(std::string_view bytes);
  /// Returns when the peer has closed the connection or the server is being destroyed.
  void wait_until_closed();
  /// Breaks the connection with a TCP reset.
  void reset();

 private:
  friend class RawServer;
  bool read_more();
  bool fill_to(std::size_t size);

  int socket_;
  SSL* tls_;
  std::string unread_;
};

/// A server on a free port of the loopback address that does to each connection what a script says.
///
/// The first connection gets the first script, the second the second, and so on; the last script
/// serves all that follow. Each runs in a thread of its own, and the connection closes when it
/// returns. Destruction ends the scripts, by closing their sockets, and joins them.
/// With an identity the server speaks TLS; a connection whose handshake fails gets no script.
class RawServer {
 public:
  using Script = std::function<void(RawConnection&)>;

  explicit RawServer(std::vector<Script> scripts, const TlsIdentity* identity = nullptr);
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;
  ~RawServer();

  /// "http://127.0.0.1:<port>" and the path; with TLS "https://localhost:<port>".
  [[nodiscard]] std::string url(std::string_view path = "/") const;
  [[nodiscard]] int port() const noexcept { return port_; }
  /// Connections accepted so far, TLS or not.
  [[nodiscard]] std::size_t accepted() const;

 private:
  void accept_all();
  void serve(int socket, const Script& script);

  std::vector<Script> scripts_;
  const TlsIdentity* identity_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  bool closing_ = false;
  std::size_t accepted_ = 0;
  std::vector<int> open_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

/// Requests that scripts have read, for the test's thread to look at or wait for.
/// Thread safety: every member, from any thread.
class RequestLog {
 public:
  void add(std::string request);
  [[nodiscard]] std::vector<std::string> all() const;
  [[nodiscard]] std::size_t size() const { return all().size(); }
  /// Blocks until `count` requests have come.
  void wait_for(std::size_t count) const;

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable grown_;
  std::vector<std::string> requests_;
};

/// A port on which nobody listens: a connection to it is refused.
class ClosedPort {
 public:
  ClosedPort();
  ClosedPort(const ClosedPort&) = delete;
  ClosedPort& operator=(const ClosedPort&) = delete;
  ~ClosedPort();
  [[nodiscard]] int port() const noexcept { return port_; }

 private:
  int socket_;
  int port_;
};

/// "HTTP/1.1 200 OK" with Content-Length and this body.
std::string ok_answer(std::string_view body);

/// Reads every request of the connection into `log` and answers each with `answer`.
RawServer::Script answering(RequestLog& log, std::string answer);

}  // namespace refundkit_tests
