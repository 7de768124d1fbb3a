#include <gtest/gtest.h>

#include "exchanges.hpp"
#include "raw_server.hpp"

namespace refundkit {
namespace {

using refundkit_tests::ok_answer, refundkit_tests::RawConnection, refundkit_tests::RawServer,
    refundkit_tests::RequestLog;
using ::testing::ElementsAre, ::testing::StartsWith;

void read_into(RequestLog& log, RawConnection& connection) {
  if (std::optional<std::string> request = connection.read_request()) {
    log.add(*std::move(request));
  }
}

/// Answers a first request, so that the connection is kept, then reads a second one whole and
/// closes: the answer is lost. Every later connection is served in full.
class CurlTransportLostAnswerTest : public ::testing::Test {
 protected:
  RequestLog log_;
  RawServer server_{{[this](RawConnection& connection) {
                       read_into(log_, connection);
                       connection.write(ok_answer("first"));
                       read_into(log_, connection);
                     },
                     refundkit_tests::answering(log_, ok_answer("again"))}};
  std::shared_ptr<CurlTransport> transport_ = make_transport();

  void SetUp() override {
    ASSERT_THAT(transport_->send(get(server_.url()), plenty()), AnswersWith(200, "first"));
  }
};

TEST_F(CurlTransportLostAnswerTest, APostThatMovesMoneyArrivesOnce) {
  const HttpRequest request = post_once(server_.url("/v1/refunds"), "payment_intent=pi_1");
  EXPECT_THAT(transport_->send(request, plenty()),
              FailsWith(ErrorCode::network_error, Sent::maybe));
  EXPECT_THAT(log_.all(), ElementsAre(StartsWith("GET "), StartsWith("POST ")));
}

TEST_F(CurlTransportLostAnswerTest, APostOfManyBytesArrivesOnce) {
  const HttpRequest request = post_once(server_.url(), std::string(300'000, 'x'));
  EXPECT_THAT(transport_->send(request, plenty()),
              FailsWith(ErrorCode::network_error, Sent::maybe));
  EXPECT_THAT(log_.all(), ElementsAre(StartsWith("GET "), StartsWith("POST ")));
}

TEST_F(CurlTransportLostAnswerTest, APostWithoutABodyGoesOverAFreshConnection) {
  EXPECT_THAT(transport_->send(post_once(server_.url("/v1/cancel"), ""), plenty()),
              AnswersWith(200, "again"));
  EXPECT_EQ(log_.size(), 2U);
  EXPECT_EQ(server_.accepted(), 2U);
}

TEST_F(CurlTransportLostAnswerTest, ADeleteThatMovesMoneyGoesOverAFreshConnection) {
  HttpRequest request = post_once(server_.url(), "");
  request.method = HttpMethod::del;
  EXPECT_THAT(transport_->send(request, plenty()), AnswersWith(200, "again"));
  EXPECT_EQ(server_.accepted(), 2U);
}

TEST_F(CurlTransportLostAnswerTest, AReadingRequestMayBeSentAgain) {
  EXPECT_THAT(transport_->send(get(server_.url()), plenty()), AnswersWith(200, "again"));
  EXPECT_EQ(log_.size(), 3U);
}

TEST_F(CurlTransportLostAnswerTest, AReadingPostMayBeSentAgain) {
  HttpRequest request = post_once(server_.url(), "query=1");
  request.delivery = Delivery::repeatable;
  EXPECT_THAT(transport_->send(request, plenty()), AnswersWith(200, "again"));
  ASSERT_EQ(log_.size(), 3U);
  EXPECT_EQ(log_.all()[1], log_.all()[2]);
}

/// The kept connection dies when only the headers have come: libcurl, which has given away no byte
/// of the body, has nothing to rewind and would begin again.
TEST(CurlTransportBrokenConnectionTest, APostThatMovesMoneyIsNotBegunAgain) {
  RequestLog log;
  RawServer server{{[&log](RawConnection& connection) {
                      read_into(log, connection);
                      connection.write(ok_answer("first"));
                      log.add(connection.read_headers().value_or(""));
                      connection.reset();
                    },
                    refundkit_tests::answering(log, ok_answer("again"))}};
  const auto transport = make_transport();
  ASSERT_THAT(transport->send(get(server.url()), plenty()), AnswersWith(200, "first"));

  EXPECT_THAT(transport->send(post_once(server.url(), "a=b"), plenty()),
              FailsWith(ErrorCode::network_error, Sent::maybe));
  EXPECT_THAT(log.all(), ElementsAre(StartsWith("GET "), StartsWith("POST ")));
}

TEST(CurlTransportBrokenConnectionTest, ALostAnswerOnAFirstConnectionIsMaybeSent) {
  RequestLog log;
  RawServer server{
      {[&log](RawConnection& connection) { log.add(connection.read_request().value_or("")); }}};
  const auto transport = make_transport();
  EXPECT_THAT(transport->send(post_once(server.url(), "a=b"), plenty()),
              FailsWith(ErrorCode::network_error, Sent::maybe));
  EXPECT_THAT(transport->send(post_once(server.url(), ""), plenty()),
              FailsWith(ErrorCode::network_error, Sent::maybe));
  EXPECT_EQ(log.size(), 2U);
  EXPECT_EQ(server.accepted(), 2U);
}

TEST(CurlTransportBrokenConnectionTest, ARefusedConnectionSendsNothing) {
  const refundkit_tests::ClosedPort closed;
  const std::string port = std::to_string(closed.port());
  const auto transport = make_transport();
  EXPECT_THAT(transport->send(post_once("http://127.0.0.1:" + port + "/", "a=b"), plenty()),
              FailsWith(ErrorCode::network_error, Sent::nothing));
  EXPECT_THAT(transport->send(post_once("https://127.0.0.1:" + port + "/", "a=b"), plenty()),
              FailsWith(ErrorCode::network_error, Sent::nothing));
}

}  // namespace
}  // namespace refundkit
