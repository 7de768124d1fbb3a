#include "refundkit/simulation/transport.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "till_simulator.hpp"

namespace refundkit_tests {
namespace {

using refundkit::ErrorCode;
using refundkit::HttpMethod;
using refundkit::HttpRequest;
using refundkit::HttpResponse;
using refundkit::SendLimits;
using refundkit::Sent;
using refundkit::TransportFailure;
using refundkit::TransportResult;
using simulation::Json;
using simulation::SimulatorTransport;
using std::chrono::seconds;

class SimulatorTransportTest : public ::testing::Test {
 protected:
  TransportResult send(const std::string& url = SimulatorTransport::base_url("till") +
                                                "/refund?a=b") {
    HttpRequest request;
    request.method = HttpMethod::post;
    request.url = url;
    request.headers = {{"X-One", "1"}};
    request.body = "body";
    return transport_.send(request, limits_);
  }
  void fault(const std::string& members) {
    const auto wish = Json::parse(R"({"provider":"till",)" + members + "}");
    world_.world->add_fault(
        std::get<simulation::FaultScript>(simulation::parse_fault_script(*wish)));
  }
  void expect_failure(ErrorCode code, Sent sent) {
    const TransportResult result = send();
    const auto* failure = std::get_if<TransportFailure>(&result);
    ASSERT_NE(failure, nullptr);
    EXPECT_EQ(failure->code, code);
    EXPECT_EQ(failure->sent, sent);
  }

  TillWorld world_;
  SimulatorTransport transport_{world_.world};
  SendLimits limits_{seconds(3600)};
};

TEST_F(SimulatorTransportTest, CarriesRequestAndAnswer) {
  const auto response = std::get<HttpResponse>(send());
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "/refund answered");
  EXPECT_EQ(*refundkit::find_header(response.headers, "x-till"), "1");
  const Json log = world_.world->requests("till");
  EXPECT_EQ(*log.items()->at(0).find_string("query"), "a=b");
  EXPECT_EQ(*log.items()->at(0).find_string("body"), "body");
}

TEST_F(SimulatorTransportTest, FaultsLookAsOnAWire) {
  fault(R"("fault":"refuse")");
  expect_failure(ErrorCode::network_error, Sent::nothing);
  fault(R"("fault":"drop_before")");
  expect_failure(ErrorCode::network_error, Sent::maybe);
  fault(R"("fault":"drop_after")");
  expect_failure(ErrorCode::network_error, Sent::maybe);
  fault(R"("fault":"truncate")");
  expect_failure(ErrorCode::network_error, Sent::maybe);
  EXPECT_EQ(world_.till->refunds, 2);
}

TEST_F(SimulatorTransportTest, AStallBeyondTheDeadlineIsATimeoutAndTheWorkIsDone) {
  limits_.time_left = seconds(60);
  fault(R"("fault":"stall","seconds":120)");
  expect_failure(ErrorCode::timeout, Sent::maybe);
  EXPECT_EQ(world_.till->refunds, 1);
  fault(R"("fault":"stall","seconds":1)");
  EXPECT_TRUE(std::holds_alternative<HttpResponse>(send()));
}

TEST_F(SimulatorTransportTest, SendsNothingAfterTheDeadlineOrACancellation) {
  limits_.time_left = seconds(0);
  expect_failure(ErrorCode::timeout, Sent::nothing);
  limits_.time_left = seconds(3600);
  limits_.cancellation.cancel();
  expect_failure(ErrorCode::network_error, Sent::nothing);
  EXPECT_EQ(world_.till->refunds, 0);
}

TEST_F(SimulatorTransportTest, KnowsOnlyItsOwnAddresses) {
  const TransportResult result = send("https://api.example.test/refund");
  EXPECT_EQ(std::get<TransportFailure>(result).code, ErrorCode::configuration_error);
  EXPECT_EQ(std::get<TransportFailure>(result).sent, Sent::nothing);
}

TEST(WorldClockTest, APauseMovesTheWorldInsteadOfWaiting) {
  const TillWorld world;
  const auto clock = simulation::world_clock(world.world);
  const auto before = clock->now();
  const auto steady = clock->steady_now();
  clock->sleep_until(steady + std::chrono::hours(48), {});
  EXPECT_GE(clock->now(), before + std::chrono::hours(48));
  EXPECT_GE(clock->steady_now(), steady + std::chrono::hours(48));
}

}  // namespace
}  // namespace refundkit_tests
