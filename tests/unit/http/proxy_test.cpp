#include <gtest/gtest.h>

#include <cstdlib>

#include "exchanges.hpp"
#include "raw_server.hpp"

namespace refundkit {
namespace {

using refundkit_tests::ok_answer, refundkit_tests::RawConnection, refundkit_tests::RawServer,
    refundkit_tests::RequestLog;
using ::testing::AllOf, ::testing::HasSubstr, ::testing::Not, ::testing::StartsWith;

/// A proxy that answers every CONNECT with `answer` and then breaks off.
class CurlTransportProxyTest : public ::testing::Test {
 protected:
  RequestLog log_;

  RawServer::Script tunnel(std::string answer) {
    return [this, answer](RawConnection& connection) {
      log_.add(connection.read_headers().value_or(""));
      connection.write(answer);
    };
  }
  TransportResult send_through(const RawServer& proxy) {
    CurlTransportOptions options;
    options.proxy = proxy.url("");
    HttpRequest request = post_once("https://api.example.com/v1/refunds", "a=b");
    request.headers.push_back({"Authorization", "Bearer sk_test_1"});
    return make_transport(options)->send(request, plenty());
  }
};

TEST_F(CurlTransportProxyTest, TheProxyIsAskedForATunnelAndSeesNoCredential) {
  RawServer proxy{{tunnel("HTTP/1.1 200 Connected\r\n\r\n")}};
  EXPECT_THAT(send_through(proxy), FailsWith(ErrorCode::network_error, Sent::nothing));
  ASSERT_EQ(log_.size(), 1U);
  EXPECT_THAT(log_.all()[0], AllOf(StartsWith("CONNECT api.example.com:443 HTTP/1.1\r\n"),
                                   Not(HasSubstr("sk_test_1")), Not(HasSubstr("refunds"))));
}

TEST_F(CurlTransportProxyTest, ARefusedTunnelSendsNothing) {
  RawServer proxy{{tunnel("HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n")}};
  EXPECT_THAT(send_through(proxy), FailsWith(ErrorCode::network_error, Sent::nothing));
}

TEST_F(CurlTransportProxyTest, AProxyThatClosesSendsNothing) {
  RawServer proxy{{tunnel("")}};
  EXPECT_THAT(send_through(proxy), FailsWith(ErrorCode::network_error, Sent::nothing));
}

TEST_F(CurlTransportProxyTest, PlainHttpToThisMachineDoesNotLeaveItByTheProxy) {
  RawServer proxy{{tunnel("")}};
  RequestLog log;
  RawServer server{{refundkit_tests::answering(log, ok_answer("{}"))}};
  CurlTransportOptions options;
  options.proxy = proxy.url("");
  EXPECT_THAT(make_transport(options)->send(post_once(server.url(), "a=b"), plenty()),
              AnswersWith(200, "{}"));
  EXPECT_EQ(proxy.accepted(), 0U);
}

TEST_F(CurlTransportProxyTest, TheEnvironmentNamesNoProxy) {
  RawServer proxy{{tunnel("")}};
  RequestLog log;
  RawServer server{{refundkit_tests::answering(log, ok_answer("{}"))}};
  setenv("http_proxy", proxy.url("").c_str(), 1);
  setenv("ALL_PROXY", proxy.url("").c_str(), 1);
  const TransportResult result = make_transport()->send(get(server.url()), plenty());
  unsetenv("http_proxy");
  unsetenv("ALL_PROXY");
  EXPECT_THAT(result, AnswersWith(200, "{}"));
  EXPECT_EQ(proxy.accepted(), 0U);
}

TEST_F(CurlTransportProxyTest, TheEnvironmentExemptsNoHostFromTheProxy) {
  RawServer proxy{{tunnel("")}};
  setenv("no_proxy", "*", 1);
  const TransportResult result = send_through(proxy);
  unsetenv("no_proxy");
  EXPECT_THAT(result, FailsWith(ErrorCode::network_error, Sent::nothing));
  EXPECT_EQ(proxy.accepted(), 1U);
}

TEST_F(CurlTransportProxyTest, AnUnusableProxyIsAConfigurationError) {
  for (const char* const proxy : {"proxy.example:3128", "ftp://proxy.example", "http://", "%"}) {
    CurlTransportOptions options;
    options.proxy = proxy;
    const auto made = CurlTransport::create(options);
    ASSERT_FALSE(made.has_value()) << proxy;
    EXPECT_EQ(made.error().code, ErrorCode::configuration_error);
  }
}

}  // namespace
}  // namespace refundkit
