#include "refundkit/simulation/control.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "till_simulator.hpp"

namespace refundkit_tests {
namespace {

using simulation::Json;
using simulation::Response;

class ControlTest : public ::testing::Test {
 protected:
  Response call(const std::string& method, const std::string& path, const std::string& body = {}) {
    const std::size_t mark = path.find('?');
    const std::string query = mark == std::string::npos ? "" : path.substr(mark + 1);
    return simulation::control(*world_.world, {method, path.substr(0, mark), query, {}, body});
  }
  static std::string text(const Response& response, const std::string& name) {
    const auto json = Json::parse(response.body);
    const std::string* found = json ? json->find_string(name) : nullptr;
    return found == nullptr ? "absent" : *found;
  }

  TillWorld world_;
};

constexpr const char* payment =
    R"({"provider":"till","amount":"40.00","currency":"USD","method":"card","state":"captured",)"
    R"("reference":"order-1"})";

TEST_F(ControlTest, MakesPayments) {
  const Response response = call("POST", "/payments", payment);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(text(response, "payment_id"), "40.00USD");
}

TEST_F(ControlTest, RefusesBadWishes) {
  for (const char* body :
       {"", "[]", "{", R"({"provider":"nobody","amount":"1.00","currency":"USD"})",
        R"({"provider":"till","amount":"0.00","currency":"USD"})",
        R"({"provider":"till","amount":"-1","currency":"USD"})",
        R"({"provider":"till","amount":40,"currency":"USD"})",
        R"({"provider":"till","amount":"1.00","currency":"usd"})",
        R"({"provider":"till","amount":"1.00"})",
        R"({"provider":"till","amount":"1.00","currency":"USD","method":"cash"})",
        R"({"provider":"till","amount":"1.00","currency":"USD","state":"settled"})",
        R"({"provider":"till","amount":"1.00","currency":"USD","state":"lost"})"}) {
    const Response response = call("POST", "/payments", body);
    EXPECT_EQ(response.status, 400) << body;
    EXPECT_NE(text(response, "error"), "absent") << body;
  }
}

TEST_F(ControlTest, TellsTheTruth) {
  EXPECT_EQ(text(call("GET", "/payments/coin%2F1?provider=till"), "refunded"), "0");
  EXPECT_EQ(call("GET", "/payments/nobody?provider=till").status, 404);
  EXPECT_EQ(call("GET", "/payments/coin%2F1").status, 400);
  EXPECT_EQ(call("GET", "/payments/coin%2F1?provider=nobody").status, 400);
}

TEST_F(ControlTest, MovesTheClock) {
  const Response set = call("POST", "/clock", R"({"now":"2030-01-01T00:00:00Z"})");
  EXPECT_EQ(text(set, "now").substr(0, 17), "2030-01-01T00:00:");
  const Response advanced = call("POST", "/clock", R"({"advance_seconds":86400})");
  EXPECT_EQ(text(advanced, "now").substr(0, 17), "2030-01-02T00:00:");
  EXPECT_EQ(text(call("GET", "/clock"), "now").substr(0, 17), "2030-01-02T00:00:");
}

TEST_F(ControlTest, RefusesBadClocks) {
  for (const char* body : {"{}", R"({"advance_seconds":-1})", R"({"advance_seconds":"60"})",
                           R"({"advance_seconds":1e9})", R"({"now":"soon"})", R"({"now":5})",
                           R"({"now":"2030-01-01T00:00:00Z","advance_seconds":1})",
                           R"({"advance_seconds":99999999999})"}) {
    EXPECT_EQ(call("POST", "/clock", body).status, 400) << body;
  }
}

TEST_F(ControlTest, ScriptsAndClearsFaults) {
  EXPECT_EQ(call("POST", "/faults", R"({"provider":"till","fault":"refuse"})").status, 200);
  EXPECT_EQ(call("DELETE", "/faults").status, 200);
  const auto exchange = world_.world->exchange({"POST", "/till/refund", "", {}, ""});
  EXPECT_EQ(exchange.wire, simulation::Wire::answer);
  EXPECT_EQ(call("POST", "/faults", R"({"provider":"nobody","fault":"refuse"})").status, 400);
  EXPECT_EQ(call("POST", "/faults", R"({"provider":"till","fault":"explode"})").status, 400);
}

TEST_F(ControlTest, ShowsRequestsAndEvents) {
  static_cast<void>(world_.world->exchange({"POST", "/till/refund", "", {}, ""}));
  const auto requests = Json::parse(call("GET", "/requests?provider=till").body);
  EXPECT_EQ(*requests->items()->at(0).find_string("operation"), "refund");
  const auto events = Json::parse(call("GET", "/events?provider=till").body);
  const Json& event = events->items()->at(0);
  EXPECT_EQ(*event.find_string("body"), "1");
  EXPECT_EQ(*event.find("headers")->find_string("X-Signature"), "s1");
  EXPECT_EQ(call("GET", "/events?provider=nobody").status, 400);
}

TEST_F(ControlTest, ResetEmpties) {
  static_cast<void>(world_.world->exchange({"POST", "/till/refund", "", {}, ""}));
  EXPECT_EQ(call("POST", "/reset").status, 200);
  EXPECT_EQ(call("GET", "/requests").body, "[]");
}

TEST_F(ControlTest, KnowsItsPathsAndMethods) {
  EXPECT_EQ(call("GET", "/nothing").status, 404);
  EXPECT_EQ(call("GET", "").status, 404);
  EXPECT_EQ(call("GET", "/payments/a/b?provider=till").status, 404);
  EXPECT_EQ(call("GET", "/payments").status, 405);
  EXPECT_EQ(call("PUT", "/clock").status, 405);
  EXPECT_EQ(call("GET", "/faults").status, 405);
  EXPECT_EQ(call("GET", "/reset").status, 405);
  EXPECT_EQ(call("POST", "/events").status, 405);
  EXPECT_EQ(call("POST", "/requests").status, 405);
}

}  // namespace
}  // namespace refundkit_tests
