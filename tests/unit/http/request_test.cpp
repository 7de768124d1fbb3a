#include <gtest/gtest.h>

#include "exchanges.hpp"
#include "raw_server.hpp"

namespace refundkit {
namespace {

using refundkit_tests::ok_answer, refundkit_tests::RawConnection, refundkit_tests::RawServer,
    refundkit_tests::RequestLog;
using ::testing::AllOf, ::testing::Each, ::testing::EndsWith, ::testing::HasSubstr, ::testing::Not,
    ::testing::StartsWith;

class CurlTransportRequestTest : public ::testing::Test {
 protected:
  RequestLog log_;
  RawServer server_{{refundkit_tests::answering(log_, ok_answer("{}"))}};
  std::shared_ptr<CurlTransport> transport_ = make_transport();

  /// What the server reads of this request.
  std::string on_the_wire(const HttpRequest& request) {
    EXPECT_THAT(transport_->send(request, plenty()), AnswersWith(200, "{}"));
    const std::vector<std::string> read = log_.all();
    return read.empty() ? std::string{} : read.back();
  }
};

TEST_F(CurlTransportRequestTest, APostThatMovesMoneyGoesOutWithItsLengthInOnePiece) {
  EXPECT_EQ(on_the_wire(post_once(server_.url("/v1/refunds?x=%2F"), "payment_intent=pi_1")),
            "POST /v1/refunds?x=%2F HTTP/1.1\r\n"
            "Host: 127.0.0.1:" +
                std::to_string(server_.port()) +
                "\r\n"
                "Accept: */*\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 19\r\n\r\n"
                "payment_intent=pi_1");
}

TEST_F(CurlTransportRequestTest, OnlyTheHeadersAskedForAreSent) {
  HttpRequest request = get(server_.url("/a"));
  request.headers = {
      {"User-Agent", "refundkit/0.1"}, {"Accept", "application/json"}, {"X-Empty", ""}};
  EXPECT_EQ(on_the_wire(request),
            "GET /a HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server_.port()) +
                "\r\nUser-Agent: refundkit/0.1\r\n"
                "Accept: application/json\r\nX-Empty:\r\n\r\n");
}

TEST_F(CurlTransportRequestTest, EveryMethodIsSentAsItIsCalled) {
  HttpRequest request = post_once(server_.url("/a"), "x=1");
  request.method = HttpMethod::put;
  EXPECT_THAT(on_the_wire(request), AllOf(StartsWith("PUT /a "), EndsWith("\r\n\r\nx=1")));
  request.method = HttpMethod::patch;
  EXPECT_THAT(on_the_wire(request), AllOf(StartsWith("PATCH /a "), EndsWith("\r\n\r\nx=1")));
  request.method = HttpMethod::del;
  request.body.clear();
  EXPECT_THAT(on_the_wire(request), AllOf(StartsWith("DELETE /a "), EndsWith("\r\n\r\n")));
  request.method = HttpMethod::post;
  EXPECT_THAT(on_the_wire(request),
              AllOf(StartsWith("POST /a "), HasSubstr("Content-Length: 0\r\n")));
  request.method = HttpMethod::get;
  EXPECT_THAT(on_the_wire(request), AllOf(StartsWith("GET /a "), Not(HasSubstr("Content-Length"))));
}

TEST_F(CurlTransportRequestTest, ALongBodyAsksNoLeaveFirst) {
  const std::string sent = on_the_wire(post_once(server_.url(), std::string(2'000'000, 'x')));
  EXPECT_THAT(sent.substr(0, 300), AllOf(Not(HasSubstr("Expect")), Not(HasSubstr("chunked")),
                                         HasSubstr("Content-Length: 2000000\r\n")));
}

TEST_F(CurlTransportRequestTest, ABodyMayHoldAnyByte) {
  const std::string body{"a\0b\r\n\r\nc", 8};
  EXPECT_THAT(on_the_wire(post_once(server_.url(), body)), EndsWith("\r\n\r\n" + body));
  HttpRequest reading = post_once(server_.url(), body);
  reading.delivery = Delivery::repeatable;
  EXPECT_THAT(on_the_wire(reading), EndsWith("\r\n\r\n" + body));
}

TEST_F(CurlTransportRequestTest, TheConnectionIsKeptForTheNextRequest) {
  on_the_wire(post_once(server_.url("/a"), "a=1"));
  on_the_wire(get(server_.url("/b")));
  on_the_wire(post_once(server_.url("/c"), "a=2"));
  EXPECT_EQ(server_.accepted(), 1U);
}

TEST_F(CurlTransportRequestTest, NoConnectionIsKeptWhereNoneIsWanted) {
  CurlTransportOptions options;
  options.max_idle_connections = 0;
  transport_ = make_transport(options);
  on_the_wire(get(server_.url()));
  on_the_wire(get(server_.url()));
  EXPECT_EQ(server_.accepted(), 2U);
}

TEST_F(CurlTransportRequestTest, OtherServersDoNotPushAKeptConnectionOut) {
  RequestLog log;
  RawServer other{{refundkit_tests::answering(log, ok_answer("{}"))}};
  for (int round = 0; round < 3; ++round) {
    on_the_wire(get(server_.url()));
    EXPECT_THAT(transport_->send(get(other.url()), plenty()), AnswersWith(200, "{}"));
  }
  EXPECT_EQ(server_.accepted(), 1U);
  EXPECT_EQ(other.accepted(), 1U);
}

TEST_F(CurlTransportRequestTest, NothingOfOneRequestIsLeftInTheNext) {
  HttpRequest first = post_once(server_.url("/first"), "first=1");
  first.headers.push_back({"Authorization", "Bearer sk_test_1"});
  first.method = HttpMethod::patch;
  on_the_wire(first);
  EXPECT_THAT(on_the_wire(get(server_.url("/second"))),
              AllOf(StartsWith("GET /second"), Not(HasSubstr("sk_test_1")), EndsWith("\r\n\r\n")));
}

TEST_F(CurlTransportRequestTest, AHeaderThatWouldInjectAnotherSendsNothing) {
  for (const std::string value : {"a\r\nX-Injected: 1", "a\nb", "a\rb", "\x01", "a\x7f"}) {
    HttpRequest request = post_once(server_.url(), "a=b");
    request.headers.push_back({"Idempotency-Key", value});
    const TransportResult result = transport_->send(request, plenty());
    EXPECT_THAT(result, FailsWith(ErrorCode::configuration_error, Sent::nothing));
    EXPECT_THAT(result, SaysWhy("Idempotency-Key"));
  }
  HttpRequest request = post_once(server_.url(), "a=b");
  request.headers.push_back({"X-Nul", std::string{"a\0b", 3}});
  EXPECT_THAT(transport_->send(request, plenty()),
              FailsWith(ErrorCode::configuration_error, Sent::nothing));
  EXPECT_EQ(server_.accepted(), 0U);
}

TEST_F(CurlTransportRequestTest, AHeaderNameThatIsNoTokenSendsNothing) {
  for (const std::string name : {"", "X Y", "X:", "X\r\nY", "X\xc3\xa9"}) {
    HttpRequest request = get(server_.url());
    request.headers.push_back({name, "1"});
    EXPECT_THAT(transport_->send(request, plenty()),
                FailsWith(ErrorCode::configuration_error, Sent::nothing));
  }
  EXPECT_EQ(server_.accepted(), 0U);
}

TEST_F(CurlTransportRequestTest, AHeaderThatFramesTheBodySendsNothing) {
  for (const std::string name : {"content-length", "Transfer-Encoding", "Expect"}) {
    HttpRequest request = post_once(server_.url(), "a=b");
    request.headers.push_back({name, "1"});
    EXPECT_THAT(transport_->send(request, plenty()),
                FailsWith(ErrorCode::configuration_error, Sent::nothing));
  }
  EXPECT_EQ(server_.accepted(), 0U);
}

TEST_F(CurlTransportRequestTest, PlainHttpBeyondThisMachineSendsNothing) {
  const TransportResult result =
      transport_->send(post_once("http://192.0.2.1/v1/refunds?key=sk_test_1", "a=b"), plenty());
  EXPECT_THAT(result, FailsWith(ErrorCode::configuration_error, Sent::nothing));
  EXPECT_THAT(result, SaysWhy("needs https"));
  EXPECT_THAT(result, Not(SaysWhy("sk_test_1")));
}

TEST_F(CurlTransportRequestTest, ARefusedAddressDoesNotSpoilTheNextRequest) {
  on_the_wire(get(server_.url("/a")));
  EXPECT_THAT(transport_->send(get(server_.url("/../b")), plenty()),
              FailsWith(ErrorCode::configuration_error, Sent::nothing));
  EXPECT_THAT(on_the_wire(get(server_.url("/a"))), StartsWith("GET /a "));
}

TEST_F(CurlTransportRequestTest, ARedirectIsAnAnswerAndIsNotFollowed) {
  RawServer redirecting{{[this](RawConnection& connection) {
    while (connection.read_request()) {
      connection.write("HTTP/1.1 302 Found\r\nLocation: " + server_.url("/stolen") +
                       "\r\nContent-Length: 5\r\n\r\nmoved");
    }
  }}};
  const TransportResult result = transport_->send(post_once(redirecting.url(), "a=b"), plenty());
  ASSERT_THAT(result, AnswersWith(302, "moved"));
  EXPECT_NE(find_header(std::get<HttpResponse>(result).headers, "location"), nullptr);
  EXPECT_EQ(server_.accepted(), 0U);
}

TEST_F(CurlTransportRequestTest, CookiesAreNotKept) {
  RequestLog log;
  RawServer baking{{refundkit_tests::answering(
      log, "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\n{}")}};
  EXPECT_THAT(transport_->send(get(baking.url()), plenty()), AnswersWith(200, "{}"));
  EXPECT_THAT(transport_->send(get(baking.url()), plenty()), AnswersWith(200, "{}"));
  EXPECT_THAT(log.all(), Each(Not(HasSubstr("Cookie"))));
}

TEST(CurlTransportOptionsTest, LimitsOfNothingAreRefused) {
  CurlTransportOptions options;
  options.idle_timeout = std::chrono::milliseconds{0};
  EXPECT_EQ(CurlTransport::create(options).error().code, ErrorCode::configuration_error);
  options = {};
  options.max_body_bytes = 0;
  EXPECT_EQ(CurlTransport::create(options).error().code, ErrorCode::configuration_error);
}

}  // namespace
}  // namespace refundkit
