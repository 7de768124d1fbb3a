#include "raw_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <csignal>
#include <stdexcept>
#include <utility>

namespace refundkit_tests {
namespace {

int port_of(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

int bound_socket() {
  const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (made < 0 || bind(made, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("no free port on the loopback address");
  }
  return made;
}

/// A peer that has gone must not end the test program.
void block_broken_pipe_signal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

std::size_t content_length(std::string headers) {
  std::transform(headers.begin(), headers.end(), headers.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  constexpr std::string_view name = "\r\ncontent-length:";
  const std::size_t at = headers.find(name);
  return at == std::string::npos ? 0 : std::stoul(headers.substr(at + name.size()));
}

}  // namespace

RawConnection::RawConnection(int socket, SSL* tls) : socket_(socket), tls_(tls) {}

RawConnection::~RawConnection() {
  if (tls_ != nullptr) SSL_shutdown(tls_);
}

bool RawConnection::read_more() {
  std::array<char, 16384> buffer{};
  const auto size = tls_ != nullptr
                        ? static_cast<ssize_t>(SSL_read(tls_, buffer.data(), buffer.size()))
                        : recv(socket_, buffer.data(), buffer.size(), 0);
  if (size <= 0) return false;
  unread_.append(buffer.data(), static_cast<std::size_t>(size));
  return true;
}

bool RawConnection::fill_to(std::size_t size) {
  while (unread_.size() < size) {
    if (!read_more()) return false;
  }
  return true;
}

std::optional<std::string> RawConnection::read_headers() {
  std::size_t end = unread_.find("\r\n\r\n");
  while (end == std::string::npos) {
    if (!read_more()) return std::nullopt;
    end = unread_.find("\r\n\r\n");
  }
  std::string headers = unread_.substr(0, end + 4);
  unread_.erase(0, end + 4);
  return headers;
}

std::optional<std::string> RawConnection::read_request() {
  std::optional<std::string> request = read_headers();
  if (!request) return std::nullopt;
  const std::size_t size = content_length(*request);
  if (!fill_to(size)) return std::nullopt;
  *request += unread_.substr(0, size);
  unread_.erase(0, size);
  return request;
}

bool RawConnection::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto size =
        tls_ != nullptr
            ? static_cast<ssize_t>(SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size())))
            : send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (size <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

void RawConnection::wait_until_closed() {
  while (read_more()) unread_.clear();
}

void RawConnection::reset() {
  const linger at_once{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  if (tls_ != nullptr) SSL_set_quiet_shutdown(tls_, 1);
}

RawServer::RawServer(std::vector<Script> scripts, const TlsIdentity* identity)
    : scripts_(std::move(scripts)), identity_(identity), listener_(bound_socket()) {
  if (scripts_.empty()) throw std::invalid_argument("a server needs a script");
  if (listen(listener_, 64) != 0) throw std::runtime_error("cannot listen");
  port_ = port_of(listener_);
  acceptor_ = std::thread{[this] { accept_all(); }};
}

RawServer::~RawServer() {
  {
    const std::lock_guard lock{mutex_};
    closing_ = true;
    shutdown(listener_, SHUT_RDWR);
    for (const int socket : open_) shutdown(socket, SHUT_RDWR);
  }
  acceptor_.join();
  for (std::thread& thread : threads_) thread.join();
  close(listener_);
}

std::string RawServer::url(std::string_view path) const {
  std::string text = identity_ != nullptr ? "https://localhost:" : "http://127.0.0.1:";
  text += std::to_string(port_);
  return text += path;
}

std::size_t RawServer::accepted() const {
  const std::lock_guard lock{mutex_};
  return accepted_;
}

void RawServer::accept_all() {
  for (;;) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const std::lock_guard lock{mutex_};
    if (closing_) {
      close(socket);
      return;
    }
    const Script& script = scripts_[std::min(accepted_, scripts_.size() - 1)];
    ++accepted_;
    open_.push_back(socket);
    threads_.emplace_back([this, socket, &script] { serve(socket, script); });
  }
}

void RawServer::serve(int socket, const Script& script) {
  block_broken_pipe_signal();
  SSL* tls = nullptr;
  bool ready = true;
  if (identity_ != nullptr) {
    tls = SSL_new(identity_->context());
    SSL_set_fd(tls, socket);
    ready = SSL_accept(tls) == 1;
  }
  if (ready) {
    RawConnection connection{socket, tls};
    script(connection);
  }
  SSL_free(tls);
  const std::lock_guard lock{mutex_};
  open_.erase(std::remove(open_.begin(), open_.end(), socket), open_.end());
  close(socket);
}

void RequestLog::add(std::string request) {
  const std::lock_guard lock{mutex_};
  requests_.push_back(std::move(request));
  grown_.notify_all();
}

std::vector<std::string> RequestLog::all() const {
  const std::lock_guard lock{mutex_};
  return requests_;
}

void RequestLog::wait_for(std::size_t count) const {
  std::unique_lock lock{mutex_};
  grown_.wait(lock, [this, count] { return requests_.size() >= count; });
}

ClosedPort::ClosedPort() : socket_(bound_socket()), port_(port_of(socket_)) {}

ClosedPort::~ClosedPort() { close(socket_); }

std::string ok_answer(std::string_view body) {
  std::string answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
  answer += std::to_string(body.size());
  answer += "\r\n\r\n";
  return answer += body;
}

RawServer::Script answering(RequestLog& log, std::string answer) {
  return [&log, answer = std::move(answer)](RawConnection& connection) {
    while (std::optional<std::string> request = connection.read_request()) {
      log.add(*std::move(request));
      if (!connection.write(answer)) return;
    }
  };
}

}  // namespace refundkit_tests
