#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "raw_server.hpp"
#include "refundkit/http/message.hpp"
#include "refundkit/http/transport.hpp"
#include "sandbox_process.hpp"

namespace refundkit_tests {

/// A request as it came over the wire, without the headers that belong to one connection.
struct RawRequest {
  std::string method;
  std::string path;
  std::vector<refundkit::HttpHeader> headers;
  std::string body;

  /// The value of a header; empty if there is none.
  [[nodiscard]] std::string header(const std::string& name) const;
};

RawRequest parse_request(const std::string& text);

/// A server's part between the command and a sandbox: it hands readings on, and does something of
/// its own with the requests that move money.
class SandboxProxy {
 public:
  /// What becomes of the connection's nth request (from 0), which moves money. False: it closes.
  using OnMove = std::function<bool(RawConnection&, const std::string&, int)>;

  explicit SandboxProxy(const SandboxProcess& sandbox);
  /// A whole answer, as the sandbox gives it.
  std::string handed_on(const RawRequest& raw) const;
  [[nodiscard]] RawServer::Script script(OnMove on_move) const;

 private:
  std::string base_url_;
  std::shared_ptr<refundkit::Transport> transport_;
};

}  // namespace refundkit_tests
