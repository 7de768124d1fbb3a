#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <fstream>

#include "exchanges.hpp"
#include "raw_server.hpp"

namespace refundkit {
namespace {

using refundkit_tests::ok_answer, refundkit_tests::RawConnection, refundkit_tests::RawServer,
    refundkit_tests::RequestLog, refundkit_tests::TlsIdentity;

std::shared_ptr<CurlTransport> trusting(const TlsIdentity& identity) {
  CurlTransportOptions options;
  options.extra_ca_file = identity.certificate_file();
  return make_transport(options);
}

class CurlTransportTlsTest : public ::testing::Test {
 protected:
  RequestLog log_;
  const TlsIdentity identity_{"localhost"};
};

TEST_F(CurlTransportTlsTest, AServerWithAnExtraCertificateIsTrusted) {
  RawServer server{{refundkit_tests::answering(log_, ok_answer("{}"))}, &identity_};
  const auto transport = trusting(identity_);
  EXPECT_THAT(transport->send(post_once(server.url(), "a=b"), plenty()), AnswersWith(200, "{}"));
  EXPECT_THAT(transport->send(post_once(server.url(), "a=c"), plenty()), AnswersWith(200, "{}"));
  EXPECT_EQ(server.accepted(), 1U);
}

TEST_F(CurlTransportTlsTest, AnUntrustedServerGetsNothing) {
  RawServer server{{refundkit_tests::answering(log_, ok_answer("{}"))}, &identity_};
  const TransportResult result = make_transport()->send(post_once(server.url(), "a=b"), plenty());
  EXPECT_THAT(result, FailsWith(ErrorCode::configuration_error, Sent::nothing));
  EXPECT_THAT(result, SaysWhy("not trusted. Nothing was sent. ("));
  EXPECT_EQ(log_.size(), 0U);
}

TEST_F(CurlTransportTlsTest, AServerUnderAnotherNameGetsNothing) {
  const TlsIdentity other{"other.example"};
  RawServer server{{refundkit_tests::answering(log_, ok_answer("{}"))}, &other};
  EXPECT_THAT(trusting(other)->send(post_once(server.url(), "a=b"), plenty()),
              FailsWith(ErrorCode::configuration_error, Sent::nothing));
  EXPECT_EQ(log_.size(), 0U);
}

TEST_F(CurlTransportTlsTest, AServerWithoutTls12GetsNothing) {
  const TlsIdentity old{"localhost", TLS1_1_VERSION};
  RawServer server{{refundkit_tests::answering(log_, ok_answer("{}"))}, &old};
  EXPECT_THAT(trusting(old)->send(post_once(server.url(), "a=b"), plenty()),
              FailsWith(ErrorCode::network_error, Sent::nothing));
  EXPECT_EQ(log_.size(), 0U);
}

TEST_F(CurlTransportTlsTest, AServerWithTls12IsServed) {
  const TlsIdentity older{"localhost", TLS1_2_VERSION};
  RawServer server{{refundkit_tests::answering(log_, ok_answer("{}"))}, &older};
  EXPECT_THAT(trusting(older)->send(post_once(server.url(), "a=b"), plenty()),
              AnswersWith(200, "{}"));
}

TEST_F(CurlTransportTlsTest, AServerThatSpeaksNoTlsGetsNothing) {
  RawServer server{
      {[](RawConnection& connection) { connection.write("HTTP/1.1 400 No\r\n\r\n"); }}};
  const std::string url = "https://127.0.0.1:" + std::to_string(server.port()) + "/";
  EXPECT_THAT(trusting(identity_)->send(post_once(url, "a=b"), plenty()),
              FailsWith(ErrorCode::network_error, Sent::nothing));
}

TEST_F(CurlTransportTlsTest, ALostAnswerOnAKeptConnectionIsNotSentAgain) {
  RawServer server{{[this](RawConnection& connection) {
                      log_.add(connection.read_request().value_or(""));
                      connection.write(ok_answer("first"));
                      log_.add(connection.read_request().value_or(""));
                    },
                    refundkit_tests::answering(log_, ok_answer("again"))},
                   &identity_};
  const auto transport = trusting(identity_);
  ASSERT_THAT(transport->send(get(server.url()), plenty()), AnswersWith(200, "first"));
  EXPECT_THAT(transport->send(post_once(server.url(), "a=b"), plenty()),
              FailsWith(ErrorCode::network_error, Sent::maybe));
  EXPECT_EQ(log_.size(), 2U);
}

TEST_F(CurlTransportTlsTest, AServerThatHangsUpInTheHandshakeGetsNothing) {
  RawServer server{{[](RawConnection&) {}}};
  const std::string url = "https://127.0.0.1:" + std::to_string(server.port()) + "/";
  EXPECT_THAT(trusting(identity_)->send(post_once(url, "a=b"), plenty()),
              FailsWith(ErrorCode::network_error, Sent::nothing));
}

TEST_F(CurlTransportTlsTest, AServerThatBreaksOffDoesNotEndTheProgram) {
  RawServer server{{[](RawConnection& connection) {
                     connection.read_headers();
                     connection.reset();
                   }},
                   &identity_};
  EXPECT_THAT(
      trusting(identity_)->send(post_once(server.url(), std::string(3'000'000, 'x')), plenty()),
      FailsWith(ErrorCode::network_error, Sent::maybe));
}

TEST(CurlTransportExtraCaTest, AFileThatIsNotThereIsAConfigurationError) {
  CurlTransportOptions options;
  options.extra_ca_file = "no/such/file.pem";
  const auto made = CurlTransport::create(options);
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, ErrorCode::configuration_error);
  EXPECT_NE(made.error().message.find("no/such/file.pem"), std::string::npos);
}

TEST(CurlTransportExtraCaTest, AFileWithoutACertificateIsAConfigurationError) {
  const TlsIdentity identity{"localhost"};
  std::ofstream{identity.certificate_file()} << "not a certificate\n";
  CurlTransportOptions options;
  options.extra_ca_file = identity.certificate_file();
  ASSERT_FALSE(CurlTransport::create(options).has_value());
}

}  // namespace
}  // namespace refundkit
