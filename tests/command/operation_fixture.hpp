#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "command.hpp"
#include "sandbox_process.hpp"

namespace refundkit_tests {

/// The command and a sandbox of its own.
class OperationFixture : public ::testing::Test {
 protected:
  Answer run(const std::string& command, const std::string& payment, const Words& more = {}) {
    return run_command(
        joined({command, "--provider", "stripe", "--payment", payment}, joined(more, {"--json"})),
        environment_);
  }
  Answer read(const std::string& command, const std::string& payment, const Words& more = {}) {
    return run_command(joined({command, "--provider", "stripe", "--payment", payment}, more),
                       environment_);
  }
  /// The ids of the payment's refunds as the truth tells them.
  std::vector<std::string> refund_ids(const std::string& payment) {
    std::vector<std::string> ids;
    const Json truth = sandbox_.truth(payment);
    for (const Json& refund : *truth.find("refunds")->items()) {
      ids.push_back(value_at(refund, "id"));
    }
    return ids;
  }

  SandboxProcess sandbox_;
  const Environment environment_ = sandbox_.environment();
};

}  // namespace refundkit_tests
