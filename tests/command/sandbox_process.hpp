#pragma once

#include <memory>
#include <string>
#include <vector>

#include "child_process.hpp"
#include "command.hpp"
#include "refundkit/http/transport.hpp"

namespace refundkit_tests {

/// `refundkit sandbox` on a free port, and its control, which tells the truth.
class SandboxProcess {
 public:
  explicit SandboxProcess(const Words& options = {});

  /// All that its first line says.
  [[nodiscard]] const Json& announcement() const noexcept { return announcement_; }
  /// The variables the command needs to meet it.
  [[nodiscard]] Environment environment() const;

  /// A new payment at `provider()`; its id.
  std::string payment(const std::string& amount, const std::string& currency,
                      const std::string& state = "captured") {
    return special_payment("", amount, currency, state);
  }
  /// One whose refunds take another course: `mark` is the simulator's word for it ("sim:action").
  std::string special_payment(const std::string& mark, const std::string& amount,
                              const std::string& currency, const std::string& state = "captured");
  [[nodiscard]] Json truth(const std::string& payment);
  /// The truth's `refunded`.
  [[nodiscard]] std::string refunded(const std::string& payment);
  /// As /_control/requests tells them.
  [[nodiscard]] std::vector<Json> requests();
  /// Those of them that ask for `operation` ("refund", "void", "query").
  [[nodiscard]] std::vector<Json> requests(const std::string& operation);
  [[nodiscard]] std::vector<Json> events();
  void fault(const std::string& json);
  void advance(int seconds);

  /// The provider these tests are about.
  [[nodiscard]] static std::string provider() { return "stripe"; }

 private:
  Json call(refundkit::HttpMethod method, const std::string& path, const std::string& body = {});

  ChildProcess process_;
  Json announcement_;
  std::shared_ptr<refundkit::Transport> transport_;
};

}  // namespace refundkit_tests
