#include <gtest/gtest.h>

#include "bytes_driver.hpp"

namespace refundkit_testing {
namespace {

std::vector<std::string> hostile_bodies() {
  const std::string whole = Refund{}.json();
  return {
      "",
      "<html><body>Bad gateway</body></html>",
      whole.substr(0, whole.size() / 2),
      std::string(100'000, '['),
      R"({"object":"refund","id":7,"amount":"4999","currency":1,"status":true})",
      R"({"object":"refund","id":"re_1","amount":1e400,"currency":"eur","status":"succeeded"})",
      R"({"object":"refund","id":"re_1","amount":49.99,"currency":"eur","status":"succeeded"})",
      R"({"object":"refund","id":"re_1","amount":-1,"currency":"eur","status":"succeeded"})",
      R"({"object":"refund","id":"re_1","amount":4999,"currency":"eur","status":"failed","status":"succeeded"})",
      "{\"object\":\"refund\",\"id\":\"\xFF\",\"amount\":4999}",
      R"({"object":"refund","id":"re_1","amount":4999,"currency":"zzz","status":"succeeded"})",
      R"({"object":"refund","amount":4999,"currency":"eur","status":"succeeded"})",
      "null",
      "[]",
      "{}",
      R"({"object":"refund","error":{"message":"m"}})"};
}

class StripeHostileAnswersTest : public BytesDriver {};

TEST_F(StripeHostileAnswersTest, AfterARefundTheOutcomeIsUnknown) {
  for (const std::string& body : hostile_bodies()) {
    given_payment({});
    given(body);
    const OperationResult result = refund();
    EXPECT_EQ(result.outcome, Outcome::unknown) << body.substr(0, 80);
    EXPECT_EQ(result.error->code, ErrorCode::malformed_response) << body.substr(0, 80);
    EXPECT_EQ(result.next_step.action, NextAction::resolve);
  }
}

TEST_F(StripeHostileAnswersTest, AfterAVoidTheOutcomeIsUnknown) {
  for (const std::string& body : hostile_bodies()) {
    given_payment(authorized());
    given(body);
    const OperationResult result = void_it();
    EXPECT_EQ(result.outcome, Outcome::unknown) << body.substr(0, 80);
    EXPECT_EQ(result.error->code, ErrorCode::malformed_response);
  }
}

TEST_F(StripeHostileAnswersTest, AReadingFailsAndNothingIsSent) {
  for (const std::string& body : hostile_bodies()) {
    given(body);
    const OperationResult result = refund();
    EXPECT_EQ(result.outcome, Outcome::failed) << body.substr(0, 80);
    EXPECT_EQ(result.error->code, ErrorCode::malformed_response) << body.substr(0, 80);
    EXPECT_TRUE(moves().empty());

    given(body);
    const auto read = run(adapter_->read_refund(PaymentId("pi_1"), RefundId("re_1")));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::malformed_response);

    given(Intent{}.json());
    given(body);
    EXPECT_FALSE(run(adapter_->list_refunds(PaymentId("pi_1"))));
  }
}

TEST_F(StripeHostileAnswersTest, ResolvingStaysUnknown) {
  for (const std::string& body : hostile_bodies()) {
    given(body);
    EXPECT_EQ(resolve().outcome, Outcome::unknown);
  }
}

TEST_F(StripeHostileAnswersTest, AProxysPageIsJudgedByItsStatus) {
  struct Case {
    int status;
    Outcome outcome;
    ErrorCode code;
  };
  for (const Case& each : {Case{302, Outcome::unknown, ErrorCode::malformed_response},
                           Case{400, Outcome::unknown, ErrorCode::malformed_response},
                           Case{403, Outcome::failed, ErrorCode::permission_denied},
                           Case{408, Outcome::unknown, ErrorCode::timeout},
                           Case{429, Outcome::failed, ErrorCode::rate_limited},
                           Case{502, Outcome::unknown, ErrorCode::provider_unavailable},
                           Case{599, Outcome::unknown, ErrorCode::provider_unavailable}}) {
    given_payment({});
    given(answer(each.status, "<html></html>"));
    const OperationResult result = refund();
    EXPECT_EQ(result.outcome, each.outcome) << each.status;
    EXPECT_EQ(result.error->code, each.code) << each.status;
  }
}

TEST_F(StripeHostileAnswersTest, AnotherPaymentsAnswerIsNotBelieved) {
  std::string other = Intent{}.json();
  other.replace(other.find("pi_1"), 4, "pi_2");
  given(other);
  EXPECT_EQ(refund().error->code, ErrorCode::malformed_response);
}

TEST_F(StripeHostileAnswersTest, SumsThatOverflowEndNowhere) {
  Intent intent;
  intent.amount = intent.received = INT64_MAX;
  Refund huge{"re_0", INT64_MAX};
  given_payment(intent, {huge, huge});
  EXPECT_EQ(refund().error->code, ErrorCode::already_refunded);
}

}  // namespace
}  // namespace refundkit_testing
