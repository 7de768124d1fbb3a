// A server between the command and the sandbox: it hands readings on, and of the requests that move
// money it reads every byte, on the connection the readings came by, and closes without an answer.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <memory>
#include <set>
#include <vector>

#include "command.hpp"
#include "raw_server.hpp"
#include "sandbox_process.hpp"
#include "sandbox_proxy.hpp"

namespace refundkit_tests {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Le;
using ::testing::SizeIs;

class LostAnswerTest : public ::testing::Test {
 protected:
  RawServer::Script losing(bool obeys) {
    return proxy_.script([this, obeys](RawConnection&, const std::string& text, int number) {
      if (number > 0) ++reused_;
      posts_.add(text);
      if (obeys) proxy_.handed_on(parse_request(text));
      return false;
    });
  }
  Environment environment_to(const RawServer& server) const {
    Environment environment = sandbox_.environment();
    environment["REFUNDKIT_STRIPE_BASE_URL"] = server.url("");
    return environment;
  }
  Words refund_words() const {
    return {"refund", "--provider", "stripe", "--payment", payment_, "--json"};
  }
  Answer refund(const RawServer& server, const Words& more) {
    return run_command(joined(refund_words(), more), environment_to(server));
  }
  std::set<std::string> keys() const {
    std::set<std::string> keys;
    for (const std::string& post : posts_.all()) {
      keys.insert(parse_request(post).header("Idempotency-Key"));
    }
    return keys;
  }

  SandboxProcess sandbox_;
  const std::string payment_ = sandbox_.payment("40.00", "EUR");
  const SandboxProxy proxy_{sandbox_};
  RequestLog posts_;
  std::atomic<int> reused_{0};
};

TEST_F(LostAnswerTest, WithoutRetriesExactlyOnePostArrives) {
  const RawServer server({losing(false)});

  const Answer answer = refund(server, {"--retries", "0"});

  EXPECT_EQ(answer.status, 5);
  expect_fields(answer, {{"outcome", "unknown"},
                         {"error.code", "network_error"},
                         {"sent", "true"},
                         {"money_moved", "unknown"},
                         {"next_step.action", "resolve"},
                         {"attempts", "1"}});
  EXPECT_THAT(posts_.all(), SizeIs(1));
  EXPECT_EQ(reused_, 1) << "the POST was meant to come by a connection that was used before";
  EXPECT_EQ(sandbox_.refunded(payment_), "0.00");
}

TEST_F(LostAnswerTest, WithRetriesNoOtherKeyArrivesAndNothingIsPaidTwice) {
  const RawServer server({losing(true)});

  const Answer answer = refund(server, {"--retries", "2"});

  EXPECT_EQ(answer.status, 5);
  expect_fields(answer, {{"outcome", "unknown"}, {"next_step.action", "resolve"}});
  EXPECT_THAT(posts_.all(), SizeIs(AllOf(Ge(1U), Le(3U))));
  EXPECT_EQ(answer.at("attempts"), std::to_string(posts_.size()));
  EXPECT_THAT(keys(), SizeIs(1));
  EXPECT_EQ(sandbox_.refunded(payment_), "40.00");

  const Answer resolved = run_command({"resolve", "--provider", "stripe", "--payment", payment_,
                                       "--operation", answer.at("idempotency_key"), "--json"},
                                      sandbox_.environment());
  expect_fields(resolved, {{"outcome", "succeeded"}, {"amount.text", "40.00"}});
}

TEST_F(LostAnswerTest, ParallelRepeatsUnderOneReferencePayOnce) {
  const Words words =
      joined(refund_words(), {"--amount", "10.00", "--currency", "EUR", "--reference", "RMA-1"});
  std::vector<std::unique_ptr<ChildProcess>> commands;
  for (int number = 0; number < 8; ++number) {
    commands.push_back(
        std::make_unique<ChildProcess>(REFUNDKIT_COMMAND, words, sandbox_.environment()));
  }
  for (const auto& command : commands) {
    command->read_all();
    const Answer answer{command->wait(), command->output(), command->errors()};
    EXPECT_NE(answer.at("outcome"), "failed") << answer.output;
  }
  EXPECT_EQ(sandbox_.refunded(payment_), "10.00");
}

TEST_F(LostAnswerTest, RefundThatIsInterruptedIsUnknown) {
  const RawServer server(
      {proxy_.script([this](RawConnection& connection, const std::string& text, int) {
        posts_.add(text);
        connection.wait_until_closed();
        return false;
      })});
  ChildProcess command(REFUNDKIT_COMMAND, refund_words(), environment_to(server));
  posts_.wait_for(1);

  command.signal(SIGINT);

  command.read_all();
  const Answer answer{command.wait(), command.output(), command.errors()};
  EXPECT_EQ(answer.status, 5);
  expect_fields(answer, {{"outcome", "unknown"},
                         {"sent", "true"},
                         {"money_moved", "unknown"},
                         {"next_step.action", "resolve"}});
  EXPECT_THAT(posts_.all(), SizeIs(1));
}

}  // namespace
}  // namespace refundkit_tests
