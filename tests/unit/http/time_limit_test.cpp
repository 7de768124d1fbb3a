#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "exchanges.hpp"
#include "raw_server.hpp"

namespace refundkit {
namespace {

using namespace std::chrono_literals;
using refundkit_tests::RawConnection, refundkit_tests::RawServer, refundkit_tests::RequestLog;

/// A server that reads a request and says nothing.
class CurlTransportTimeLimitTest : public ::testing::Test {
 protected:
  RequestLog log_;
  RawServer silent_{{[this](RawConnection& connection) {
    log_.add(connection.read_request().value_or(""));
    connection.wait_until_closed();
  }}};
};

TEST_F(CurlTransportTimeLimitTest, TheDeadlineEndsTheWaitForAnAnswer) {
  const TransportResult result = make_transport()->send(post_once(silent_.url(), "a=b"), {1s});
  EXPECT_THAT(result, FailsWith(ErrorCode::timeout, Sent::maybe));
  EXPECT_THAT(result, SaysWhy("time allowed"));
  EXPECT_EQ(log_.size(), 1U);
}

TEST_F(CurlTransportTimeLimitTest, ADeadlineThatHasPassedSendsNothing) {
  EXPECT_THAT(make_transport()->send(post_once(silent_.url(), "a=b"), {0ms}),
              FailsWith(ErrorCode::timeout, Sent::nothing));
  EXPECT_EQ(silent_.accepted(), 0U);
}

TEST_F(CurlTransportTimeLimitTest, SilenceEndsTheWaitForAnAnswer) {
  CurlTransportOptions options;
  options.idle_timeout = 200ms;
  const TransportResult result =
      make_transport(options)->send(post_once(silent_.url(), "a=b"), plenty());
  EXPECT_THAT(result, FailsWith(ErrorCode::timeout, Sent::maybe));
  EXPECT_THAT(result, SaysWhy("silent"));
}

TEST_F(CurlTransportTimeLimitTest, SilenceInTheMiddleOfAnAnswerEndsIt) {
  RawServer stalling{{[](RawConnection& connection) {
    if (!connection.read_request()) return;
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":");
    connection.wait_until_closed();
  }}};
  CurlTransportOptions options;
  options.idle_timeout = 200ms;
  EXPECT_THAT(make_transport(options)->send(post_once(stalling.url(), "a=b"), plenty()),
              FailsWith(ErrorCode::timeout, Sent::maybe));
}

TEST_F(CurlTransportTimeLimitTest, AServerThatStopsReadingIsSilentToo) {
  std::promise<void> finished;
  RawServer unreading{{[&finished](RawConnection&) { finished.get_future().wait(); }}};
  CurlTransportOptions options;
  options.idle_timeout = 200ms;
  EXPECT_THAT(make_transport(options)->send(
                  post_once(unreading.url(), std::string(30'000'000, 'x')), plenty()),
              FailsWith(ErrorCode::timeout, Sent::maybe));
  finished.set_value();
}

TEST_F(CurlTransportTimeLimitTest, AHandshakeThatIsNotAnsweredSendsNothing) {
  CurlTransportOptions options;
  options.connect_timeout = 200ms;
  const std::string url = "https://127.0.0.1:" + std::to_string(silent_.port()) + "/";
  EXPECT_THAT(make_transport(options)->send(post_once(url, "a=b"), plenty()),
              FailsWith(ErrorCode::timeout, Sent::nothing));
}

TEST_F(CurlTransportTimeLimitTest, TheDeadlineDuringAHandshakeSendsNothing) {
  const std::string url = "https://127.0.0.1:" + std::to_string(silent_.port()) + "/";
  EXPECT_THAT(make_transport()->send(post_once(url, "a=b"), {200ms}),
              FailsWith(ErrorCode::timeout, Sent::nothing));
}

TEST_F(CurlTransportTimeLimitTest, CancellationBeforeSendingSendsNothing) {
  SendLimits limits = plenty();
  limits.cancellation.cancel();
  const TransportResult result = make_transport()->send(post_once(silent_.url(), "a=b"), limits);
  EXPECT_THAT(result, FailsWith(ErrorCode::timeout, Sent::nothing));
  EXPECT_THAT(result, SaysWhy("cancelled"));
  EXPECT_EQ(silent_.accepted(), 0U);
}

TEST_F(CurlTransportTimeLimitTest, CancellationFromAnotherThreadEndsASilentWait) {
  const SendLimits limits = plenty();
  std::thread caller{[this, &limits] {
    log_.wait_for(1);
    limits.cancellation.cancel();
  }};
  const TransportResult result = make_transport()->send(post_once(silent_.url(), "a=b"), limits);
  caller.join();
  EXPECT_THAT(result, FailsWith(ErrorCode::timeout, Sent::maybe));
  EXPECT_THAT(result, SaysWhy("cancelled"));
}

TEST_F(CurlTransportTimeLimitTest, AfterATimeoutTheNextRequestIsServed) {
  RequestLog log;
  RawServer server{{[](RawConnection& connection) { connection.wait_until_closed(); },
                    refundkit_tests::answering(log, refundkit_tests::ok_answer("{}"))}};
  CurlTransportOptions options;
  options.idle_timeout = 500ms;
  const auto transport = make_transport(options);
  EXPECT_THAT(transport->send(post_once(server.url(), "a=b"), plenty()),
              FailsWith(ErrorCode::timeout, Sent::maybe));
  EXPECT_THAT(transport->send(post_once(server.url(), "a=b"), plenty()), AnswersWith(200, "{}"));
}

}  // namespace
}  // namespace refundkit
