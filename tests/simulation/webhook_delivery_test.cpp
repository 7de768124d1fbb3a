#include "webhook_delivery.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "raw_server.hpp"
#include "till_simulator.hpp"

namespace refundkit_tests {
namespace {

using simulation::parse_webhook_url;
using simulation::WebhookDelivery;
using simulation::WebhookTarget;
using ::testing::EndsWith;
using ::testing::HasSubstr;

constexpr const char* broken_answer =
    "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";

class WebhookDeliveryTest : public ::testing::Test {
 protected:
  void refund_times(int count) {
    for (int i = 0; i < count; ++i) {
      static_cast<void>(world_.world->exchange({"POST", "/till/refund", "", {}, ""}));
    }
  }
  WebhookTarget target(const RawServer& server, const std::string& order = {}) {
    return *parse_webhook_url("http://127.0.0.1:" + std::to_string(server.port()) + "/hooks" +
                              order);
  }

  TillWorld world_;
  RequestLog arrived_;
};

TEST_F(WebhookDeliveryTest, PostsWhatIsDueWithItsSignature) {
  RawServer server({answering(arrived_, ok_answer(""))});
  const WebhookDelivery delivery(world_.world, target(server));
  refund_times(1);
  arrived_.wait_for(1);
  const std::string request = arrived_.all()[0];
  EXPECT_THAT(request, ::testing::StartsWith("POST /hooks HTTP/1.1\r\n"));
  EXPECT_THAT(request, HasSubstr("X-Signature: s1\r\n"));
  EXPECT_THAT(request, EndsWith("\r\n\r\n1"));
}

TEST_F(WebhookDeliveryTest, TriesAgainUntilItIsTaken) {
  RawServer server({answering(arrived_, broken_answer),
                    [](RawConnection& connection) { connection.reset(); },
                    answering(arrived_, ok_answer(""))});
  const WebhookDelivery delivery(world_.world, target(server));
  refund_times(1);
  arrived_.wait_for(2);
  EXPECT_EQ(server.accepted(), 3U);
  EXPECT_THAT(arrived_.all()[1], EndsWith("\r\n\r\n1"));
}

TEST_F(WebhookDeliveryTest, DeliversTheOldestFirstUnlessToldOtherwise) {
  refund_times(3);
  RawServer server({answering(arrived_, ok_answer(""))});
  {
    const WebhookDelivery delivery(world_.world, target(server));
    arrived_.wait_for(3);
  }
  const WebhookDelivery backwards(world_.world, target(server, "#newest-first"));
  arrived_.wait_for(6);
  const char* expected[] = {"1", "2", "3", "3", "2", "1"};
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_THAT(arrived_.all()[i], EndsWith("\r\n\r\n" + std::string(expected[i])));
  }
}

TEST_F(WebhookDeliveryTest, DeliversTwiceWhereAsked) {
  refund_times(1);
  RawServer server({answering(arrived_, ok_answer(""))});
  const WebhookDelivery delivery(world_.world, target(server, "#twice"));
  arrived_.wait_for(2);
  EXPECT_EQ(arrived_.size(), 2U);
}

TEST_F(WebhookDeliveryTest, EndsWhileNobodyListens) {
  const ClosedPort nobody;
  refund_times(1);
  const WebhookDelivery delivery(
      world_.world, *parse_webhook_url("http://127.0.0.1:" + std::to_string(nobody.port())));
}

TEST(WebhookUrlTest, TakesLoopbackAddressesOnly) {
  const auto target = parse_webhook_url("http://127.0.0.1:9000/a/b?c=d");
  ASSERT_TRUE(target.has_value());
  EXPECT_EQ(target->port, "9000");
  EXPECT_EQ(target->path, "/a/b?c=d");
  EXPECT_EQ(parse_webhook_url("http://localhost")->path, "/");
  for (const char* url : {"", "127.0.0.1", "https://127.0.0.1/", "http://example.test/",
                          "http://127.0.0.1:x/", "http://127.0.0.1.example.test/"}) {
    EXPECT_FALSE(parse_webhook_url(url).has_value()) << url;
  }
}

}  // namespace
}  // namespace refundkit_tests
