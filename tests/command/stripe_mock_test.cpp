// Real input: the answers of Stripe's own mock server, over HTTP and HTTPS. Its payment is one of
// 100 minor units whose charge is paid and not captured; it echoes the amount of a refund.

#include "stripe_mock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "refundkit/client.hpp"
#include "refundkit/http/curl_transport.hpp"
#include "refundkit/providers/stripe.hpp"

namespace refundkit_tests {
namespace {

using ::testing::SizeIs;

constexpr const char* payment = "pi_1FromStripeMock";
constexpr const char* secret_key = "sk_test_123";

std::string program() {
  const char* given = std::getenv("REFUNDKIT_STRIPE_MOCK");
  return given != nullptr ? given : STRIPE_MOCK_PROGRAM;
}

/// Skips, and says so where nobody can overlook it.
#define NEED_STRIPE_MOCK()                                                                   \
  if (program().empty()) {                                                                   \
    std::cerr << "\n*** NOT TESTED: stripe-mock is not here (script/setup brings it) ***\n"; \
    GTEST_SKIP() << "stripe-mock is not here";                                               \
  }

enum class Scheme { http, https };

class StripeMockTest : public ::testing::TestWithParam<Scheme> {
 protected:
  void SetUp() override {
    NEED_STRIPE_MOCK();
    mock_ = std::make_unique<StripeMock>(program());
  }
  const std::string& url() const {
    return GetParam() == Scheme::http ? mock_->http_url() : mock_->https_url();
  }
  Answer run(const Words& words) {
    Environment environment{{"REFUNDKIT_STRIPE_BASE_URL", url()},
                            {"REFUNDKIT_STRIPE_SECRET_KEY", secret_key}};
    if (GetParam() == Scheme::https) environment["REFUNDKIT_CA_FILE"] = mock_->ca_file();
    return run_command(joined(words, {"--provider", "stripe", "--payment", payment, "--json"}),
                       environment);
  }
  refundkit::Client client() {
    refundkit::stripe::Options options;
    options.secret_key = refundkit::Secret(secret_key);
    options.base_url = url();
    refundkit::CurlTransportOptions transport;
    if (GetParam() == Scheme::https) transport.extra_ca_file = mock_->ca_file();
    return refundkit::Client::create(refundkit::stripe::adapter(std::move(options)).value(),
                                     refundkit::CurlTransport::create(transport).value())
        .value();
  }

  std::unique_ptr<StripeMock> mock_;
};

TEST_P(StripeMockTest, CommandRefundsAPart) {
  const Answer answer = run({"refund", "--amount", "0.40", "--currency", "USD"});

  EXPECT_EQ(answer.status, 0);
  expect_fields(answer, {{"operation", "partial_refund"},
                         {"outcome", "succeeded"},
                         {"sent", "true"},
                         {"money_moved", "yes"},
                         {"amount.minor", "40"},
                         {"refund_state", "succeeded"}});
  EXPECT_EQ(answer.at("refund_id").substr(0, 3), "re_");
}

TEST_P(StripeMockTest, CommandRefundsTheWhole) {
  const Answer answer = run({"refund"});

  EXPECT_EQ(answer.status, 0);
  expect_fields(answer,
                {{"operation", "refund"}, {"outcome", "succeeded"}, {"amount.minor", "100"}});
}

TEST_P(StripeMockTest, CommandQueriesAndLists) {
  const Answer query = run({"query"});
  EXPECT_EQ(query.status, 0);
  expect_fields(query, {{"outcome", "succeeded"}});

  const Answer refunds = run({"refunds"});
  EXPECT_EQ(refunds.status, 0);
  EXPECT_THAT(refunds.objects(), SizeIs(1));
  expect_fields(refunds, {{"refund_state", "succeeded"}, {"amount.currency", "USD"}});
}

/// The mock answers a cancel with a payment that is not cancelled: no success may be made of it.
TEST_P(StripeMockTest, CommandSaysOfACancelWhatTheAnswerSays) {
  const Answer answer = run({"void"});

  EXPECT_EQ(answer.status, 5);
  expect_fields(answer, {{"operation", "void_payment"},
                         {"outcome", "unknown"},
                         {"error.code", "malformed_response"},
                         {"sent", "true"},
                         {"next_step.action", "resolve"}});
}

TEST_P(StripeMockTest, LibraryRefundsCancelsQueriesAndLists) {
  using refundkit::Outcome;
  const refundkit::Client client = this->client();
  const refundkit::PaymentId id(payment);
  refundkit::RefundRequest request;
  request.payment = id;
  request.amount = refundkit::Money::parse("0.40", "USD").value();

  const auto part = client.refund(request);
  EXPECT_EQ(part.outcome, Outcome::succeeded) << describe(part);
  EXPECT_EQ(part.amount, request.amount);
  request.amount.reset();
  EXPECT_EQ(client.refund(request).outcome, Outcome::succeeded);
  EXPECT_EQ(client.query(id).outcome, Outcome::succeeded);
  EXPECT_THAT(client.refunds(id), SizeIs(1));
  EXPECT_EQ(client.void_payment({id, std::nullopt, {}}).outcome, Outcome::unknown);
}

INSTANTIATE_TEST_SUITE_P(Over, StripeMockTest, ::testing::Values(Scheme::http, Scheme::https),
                         [](const auto& test) {
                           return test.param == Scheme::http ? "Http" : "Https";
                         });

}  // namespace
}  // namespace refundkit_tests
