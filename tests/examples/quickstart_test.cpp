#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "child_process.hpp"
#include "sandbox_process.hpp"

namespace refundkit_tests {
namespace {

using ::testing::HasSubstr;

/// What the program said, and its exit status.
struct Said {
  int status;
  std::string output;
  std::string errors;
};

Said quickstart(const Words& words, const Environment& environment) {
  ChildProcess program(QUICKSTART_PROGRAM, words, environment);
  program.read_all();
  const int status = program.wait();
  return {status, program.output(), program.errors()};
}

TEST(QuickstartTest, RefundsOnceHoweverOftenItIsRun) {
  SandboxProcess sandbox;
  const std::string payment = sandbox.payment("40.00", "EUR");
  for (int run = 0; run < 2; ++run) {
    const Said said = quickstart({payment, "RMA-1"}, sandbox.environment());
    EXPECT_EQ(said.status, 0) << said.errors;
    EXPECT_THAT(said.output, HasSubstr("12.50 EUR succeeded"));
    EXPECT_EQ(sandbox.refunded(payment), "12.50");
  }
}

TEST(QuickstartTest, WithoutAKeyItSaysWhichSettingIsMissing) {
  const Said said = quickstart({"pi_1", "RMA-1"}, {});
  EXPECT_EQ(said.status, 78);
  EXPECT_THAT(said.errors, HasSubstr("secret_key"));
}

}  // namespace
}  // namespace refundkit_tests
