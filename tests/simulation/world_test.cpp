#include "refundkit/simulation/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "till_simulator.hpp"

namespace refundkit_tests {
namespace {

using simulation::Exchange;
using simulation::Json;
using simulation::Wire;
using std::chrono::seconds;

class WorldTest : public ::testing::Test {
 protected:
  Exchange post() { return world_.world->exchange({"POST", "/till/refund", "", {}, ""}); }
  void fault(const std::string& members) {
    const auto wish = Json::parse(R"({"provider":"till",)" + members + "}");
    world_.world->add_fault(
        std::get<simulation::FaultScript>(simulation::parse_fault_script(*wish)));
  }
  int refunds() const { return world_.till->refunds; }

  TillWorld world_;
};

TEST_F(WorldTest, PassesARequestToItsProviderWithoutThePrefix) {
  const Exchange exchange = post();
  EXPECT_EQ(exchange.wire, Wire::answer);
  EXPECT_EQ(exchange.response.body, "/refund answered");
  EXPECT_EQ(refunds(), 1);
}

TEST_F(WorldTest, AnswersForAProviderThatIsNotHere) {
  for (const char* path : {"/", "", "/other/refund", "/tills", "till"}) {
    EXPECT_EQ(world_.world->exchange({"POST", path, "", {}, ""}).response.status, 404) << path;
  }
  EXPECT_EQ(refunds(), 0);
}

TEST_F(WorldTest, RefuseAndDropBeforeChangeNothing) {
  fault(R"("fault":"refuse")");
  EXPECT_EQ(post().wire, Wire::refused);
  fault(R"("fault":"drop_before")");
  EXPECT_EQ(post().wire, Wire::cut);
  EXPECT_EQ(refunds(), 0);
}

TEST_F(WorldTest, DropAfterChangesAndAnswersNothing) {
  fault(R"("fault":"drop_after")");
  EXPECT_EQ(post().wire, Wire::cut);
  EXPECT_EQ(refunds(), 1);
}

TEST_F(WorldTest, StallDecidesBeforeItWaits) {
  fault(R"("fault":"stall","seconds":60)");
  const Exchange exchange = post();
  EXPECT_EQ(exchange.wire, Wire::late_answer);
  EXPECT_EQ(exchange.wait, seconds(60));
  EXPECT_EQ(exchange.response.status, 200);
  EXPECT_EQ(refunds(), 1);
}

TEST_F(WorldTest, UnchangedMeansThatNothingWasDone) {
  for (const char* kind : {"stall", "truncate", "html", "garbage"}) {
    fault(R"("changed":false,"fault":")" + std::string(kind) + "\"");
    static_cast<void>(post());
    EXPECT_EQ(refunds(), 0) << kind;
  }
}

TEST_F(WorldTest, ChangedIsTheRuleForAnswersThatGetLost) {
  int expected = 0;
  for (const char* kind : {"stall", "truncate", "html", "garbage", "late_failure", "hold"}) {
    fault(R"("fault":")" + std::string(kind) + "\"");
    static_cast<void>(post());
    EXPECT_EQ(refunds(), ++expected) << kind;
  }
}

TEST_F(WorldTest, HtmlAndGarbageAre200UnlessToldOtherwise) {
  fault(R"("fault":"html")");
  const Exchange html = post();
  EXPECT_EQ(html.response.status, 200);
  EXPECT_THAT(html.response.body, ::testing::HasSubstr("<html>"));
  fault(R"("fault":"garbage","status":502)");
  EXPECT_EQ(post().response.status, 502);
}

TEST_F(WorldTest, StatusRefusesInTheProvidersWordsAndChangesNothing) {
  fault(R"("fault":"status","status":429,"retry_after":7)");
  const Exchange exchange = post();
  EXPECT_EQ(exchange.response.status, 429);
  EXPECT_EQ(exchange.response.body, "till refuses");
  EXPECT_EQ(exchange.response.headers.back().second, "7");
  EXPECT_EQ(refunds(), 0);
  fault(R"("fault":"status","status":500,"changed":true)");
  EXPECT_EQ(post().response.status, 500);
  EXPECT_EQ(refunds(), 1);
}

TEST_F(WorldTest, TellsTheSimulatorOfLateFailuresAndHolds) {
  fault(R"("fault":"late_failure")");
  static_cast<void>(post());
  EXPECT_TRUE(world_.till->late_failure);
  fault(R"("fault":"hold")");
  static_cast<void>(post());
  EXPECT_TRUE(world_.till->hold);
  static_cast<void>(post());
  EXPECT_FALSE(world_.till->hold);
}

TEST_F(WorldTest, MovingTheClockRunsWhatIsDue) {
  const simulation::Time before = world_.world->now();
  world_.world->advance_clock(seconds(90000));
  EXPECT_GE(world_.till->last_advance, before + seconds(90000));
  const auto set = *simulation::parse_time("2030-01-01T00:00:00Z");
  world_.world->set_clock(set);
  EXPECT_GE(world_.till->last_advance, set);
  EXPECT_LT(world_.till->last_advance, set + std::chrono::hours(1));
}

TEST_F(WorldTest, LogsEveryArrivalEvenTheRefusedOnes) {
  fault(R"("fault":"refuse")");
  static_cast<void>(post());
  static_cast<void>(post());
  const Json log = world_.world->requests("till");
  ASSERT_EQ(log.items()->size(), 2U);
  EXPECT_EQ(*log.items()->at(0).find_string("fault"), "refuse");
  EXPECT_TRUE(log.items()->at(1).find("fault")->is_null());
}

TEST_F(WorldTest, ResetLeavesNothing) {
  fault(R"("fault":"refuse","times":5)");
  static_cast<void>(post());
  world_.world->advance_clock(seconds(1'000'000));
  world_.world->reset();
  EXPECT_EQ(post().wire, Wire::answer);
  EXPECT_EQ(world_.world->requests("").items()->size(), 1U);
  EXPECT_LT(world_.world->now(), std::chrono::system_clock::now() + seconds(1000));
}

TEST_F(WorldTest, ManyThreadsShareIt) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([this] {
      for (int n = 0; n < 50; ++n) static_cast<void>(post());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(refunds(), 400);
}

}  // namespace
}  // namespace refundkit_tests
