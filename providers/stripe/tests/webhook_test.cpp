#include <gtest/gtest.h>

#include "bytes_driver.hpp"
#include "refundkit/wire/signature.hpp"

namespace refundkit_testing {
namespace {

constexpr const char* secret = "whsec_refundkit_test_9f2c1b7a4d";
constexpr const char* old_secret = "whsec_refundkit_old_0a1b2c3d4e";
constexpr const char* digest = "5f8c0c048eadfb5b99ed6787851f421eaa6a246baa1dc9b5c8f524ab5adfd21f";
constexpr const char* old_digest =
    "9cf271a08167a1b63e90a1301b2860aa8851560dec276085da6aba3f73bcd295";
constexpr const char* vector_body =
    R"({"id":"evt_1RkRefundFailed0001","object":"event","api_version":"2026-07-29.dahlia","created":1785599998,"data":{"object":{"id":"re_3RkTest0001","object":"refund","amount":1500,"currency":"eur","status":"failed","failure_reason":"expired_or_canceled_card","payment_intent":"pi_3RkTest0001","metadata":{"refundkit_ref":"R-1001"}}},"livemode":false,"pending_webhooks":1,"request":{"id":null,"idempotency_key":null},"type":"refund.failed"})";
constexpr long long signed_at = 1'785'600'000;

TimePoint at(long long seconds) { return TimePoint(std::chrono::seconds(seconds)); }

class StripeWebhookTest : public ::testing::Test {
 protected:
  static std::unique_ptr<WebhookCheck> with(std::vector<Secret> secrets) {
    return *stripe::webhook_check({std::move(secrets)});
  }
  static std::string both() {
    return "t=1785600000,v1=" + std::string(old_digest) + ",v1=" + digest;
  }
  static Result<WebhookEvent> check(const std::string& header, const std::string& body,
                                    long long now = signed_at) {
    return with({Secret(secret)})->check({{"stripe-signature", header}}, body, at(now));
  }
  static void expect(const Result<WebhookEvent>& event, ErrorCode code) {
    ASSERT_FALSE(event);
    EXPECT_EQ(event.error().code, code) << event.error().message;
  }
  /// An event of this type about this object, well signed.
  static Result<WebhookEvent> event(const std::string& type, const std::string& object,
                                    const std::string& kind = "event") {
    const std::string body = R"({"id":"evt_1","object":")" + kind +
                             R"(","created":1785599998,"livemode":false,"type":")" + type +
                             R"(","data":{"object":)" + object + "}}";
    return check(signed_header(body), body);
  }
  static std::string signed_header(const std::string& body) {
    const std::string signature =
        wire::to_hex(wire::hmac_sha256(Secret(secret), std::to_string(signed_at) + "." + body));
    return "t=" + std::to_string(signed_at) + ",v1=" + signature;
  }
  /// An event with these members beside the usual ones, at an endpoint for this account.
  static Result<WebhookEvent> event_for(const std::string& account, const std::string& members) {
    stripe::WebhookOptions options;
    options.secrets = {Secret(secret)};
    options.account = account;
    const std::string body = R"({"id":"evt_1","object":"event","created":1785599998,)" + members +
                             R"("type":"refund.updated","data":{"object":)" + Refund{}.json() +
                             "}}";
    return (*stripe::webhook_check(options))
        ->check({{"Stripe-Signature", signed_header(body)}}, body, at(signed_at));
  }
};

TEST_F(StripeWebhookTest, TheVectorPassesWithEitherSecret) {
  ASSERT_EQ(wire::sha256_hex(vector_body),
            "f8543cf1675046c7196521c7a8afaa81092f7cf8e2272bb273fab796016355f5");
  for (const char* known : {secret, old_secret}) {
    const auto event = with({Secret(known)})
                           ->check({{"Stripe-Signature", both()}}, vector_body, at(1'785'600'300));
    ASSERT_TRUE(event);
    EXPECT_EQ(event->id, "evt_1RkRefundFailed0001");
    EXPECT_EQ(event->type, "refund.failed");
  }
  EXPECT_TRUE(with({Secret("whsec_other"), Secret(secret)})
                  ->check({{"Stripe-Signature", both()}}, vector_body, at(signed_at)));
}

TEST_F(StripeWebhookTest, TheVectorSaysThatTheRefundFailed) {
  const auto event = check(both(), vector_body);
  ASSERT_TRUE(event && event->result);
  const OperationResult& result = *event->result;
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_EQ(result.refund_state, RefundState::failed);
  EXPECT_EQ(result.money_moved, MoneyMoved::no);
  EXPECT_EQ(result.payment, PaymentId("pi_3RkTest0001"));
  EXPECT_EQ(result.key, IdempotencyKey("R-1001"));
  EXPECT_EQ(result.amount, money("15.00"));
  EXPECT_EQ(result.error->provider_code, "expired_or_canceled_card");
}

TEST_F(StripeWebhookTest, TheToleranceHoldsToBothSides) {
  EXPECT_TRUE(check(both(), vector_body, 1'785'600'300));
  expect(check(both(), vector_body, 1'785'600'301), ErrorCode::authentication_failed);
  EXPECT_TRUE(check(both(), vector_body, 1'785'599'700));
  expect(check(both(), vector_body, 1'785'599'699), ErrorCode::authentication_failed);
}

TEST_F(StripeWebhookTest, AnythingAlteredFails) {
  expect(check(both(), std::string(vector_body) + "\n"), ErrorCode::authentication_failed);
  std::string other = vector_body;
  other.replace(other.find("1500"), 4, "1501");
  expect(check(both(), other), ErrorCode::authentication_failed);
  expect(check("t=1785600001,v1=" + std::string(digest), vector_body),
         ErrorCode::authentication_failed);
  expect(check("t=1785600000,v0=" + std::string(digest), vector_body),
         ErrorCode::authentication_failed);
  expect(check("t=1785600000,v1=" + std::string(digest).substr(0, 62), vector_body),
         ErrorCode::authentication_failed);
  expect(check("t=1785600000,v1=zz", vector_body), ErrorCode::authentication_failed);
  expect(with({Secret(secret)})->check({}, vector_body, at(signed_at)),
         ErrorCode::authentication_failed);
}

TEST_F(StripeWebhookTest, AHeaderOfAnotherFormIsMalformed) {
  for (const std::string& header :
       {std::string(), std::string(digest), "v1=" + std::string(digest), std::string("t=abc,v1="),
        std::string("t=1785600000,t=1785600000")}) {
    expect(check(header, vector_body), ErrorCode::malformed_response);
  }
}

TEST_F(StripeWebhookTest, AMissingOrEmptySecretIsRefused) {
  for (const std::vector<Secret>& secrets :
       {std::vector<Secret>{}, {Secret("")}, {Secret(" \n")}, {Secret(secret), Secret("")}}) {
    const auto made = stripe::webhook_check({secrets});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::configuration_error);
    EXPECT_NE(made.error().message.find("webhook_secret"), std::string::npos);
  }
  EXPECT_FALSE(stripe::webhook_check({{Secret(secret)}, std::chrono::seconds(0)}));
}

TEST_F(StripeWebhookTest, BlanksAroundAConfiguredSecretAreStripped) {
  EXPECT_TRUE(with({Secret(std::string(" ") + secret + "\n")})
                  ->check({{"Stripe-Signature", both()}}, vector_body, at(signed_at)));
}

TEST_F(StripeWebhookTest, AnEventOfTheOtherEnvironmentIsRefused) {
  const auto live = *stripe::webhook_check(
      {{Secret(secret)}, std::chrono::seconds(300), stripe::Environment::live});
  expect(live->check({{"Stripe-Signature", both()}}, vector_body, at(signed_at)),
         ErrorCode::authentication_failed);
}

TEST_F(StripeWebhookTest, OnlyTheConfiguredAccountsEventsAreTaken) {
  const std::string live = R"("livemode":false,)";
  const std::string of_one = live + R"("account":"acct_1",)";
  EXPECT_TRUE(event_for("", live));
  EXPECT_TRUE(event_for("", live + R"("account":null,)"));
  EXPECT_TRUE(event_for("", live + R"("account":"",)"));
  EXPECT_TRUE(event_for("acct_1", of_one));
  expect(event_for("", of_one), ErrorCode::authentication_failed);
  expect(event_for("acct_2", of_one), ErrorCode::authentication_failed);
  expect(event_for("acct_2", live), ErrorCode::authentication_failed);
  expect(event_for("acct_2", live + R"("account":7,)"), ErrorCode::malformed_response);
  EXPECT_FALSE(stripe::webhook_check(
      {{Secret(secret)}, std::chrono::seconds(300), std::nullopt, "not an account"}));
}

TEST_F(StripeWebhookTest, AnEventThatDoesNotSayWhetherItIsLiveIsRefused) {
  expect(event_for("", ""), ErrorCode::malformed_response);
  expect(event_for("", R"("livemode":"false",)"), ErrorCode::malformed_response);
}

TEST_F(StripeWebhookTest, AReleaseIsNotToldAsARefund) {
  Intent released = canceled();
  released.refunded = true;
  released.amount_refunded = 4999;
  auto told = event("charge.refunded", released.charge_json());
  ASSERT_TRUE(told && told->result);
  EXPECT_EQ(told->result->payment_state, PaymentState::voided);
  EXPECT_EQ(told->result->refunded, money("0.00"));

  Intent partly;
  partly.received = 3000;
  partly.amount_refunded = 1999;
  told = event("charge.refunded", partly.charge_json());
  ASSERT_TRUE(told && told->result);
  EXPECT_FALSE(told->result->payment_state);
  EXPECT_FALSE(told->result->refunded);
  EXPECT_FALSE(told->result->refundable);
  EXPECT_EQ(told->result->captured, money("30.00"));
}

TEST_F(StripeWebhookTest, EventsAboutPaymentsAndDisputesBecomeResults) {
  const auto state = [](const Result<WebhookEvent>& event) {
    return event && event->result ? event->result->payment_state : std::nullopt;
  };
  Intent refunded;
  refunded.refunded = true;
  refunded.amount_refunded = 4999;
  EXPECT_EQ(state(event("charge.refunded", refunded.charge_json())), PaymentState::refunded);
  refunded.refunded = false;
  refunded.amount_refunded = 100;
  EXPECT_EQ(state(event("charge.refunded", refunded.charge_json())),
            PaymentState::partially_refunded);
  EXPECT_EQ(state(event("charge.expired", authorized().charge_json())), PaymentState::expired);
  const auto voided = event("payment_intent.canceled", canceled().json());
  EXPECT_EQ(state(voided), PaymentState::voided);
  EXPECT_EQ(voided->result->operation, Operation::void_payment);
  EXPECT_EQ(state(event("charge.dispute.created",
                        R"({"charge":"ch_1","payment_intent":"pi_1","status":"needs_response"})")),
            PaymentState::disputed);
  EXPECT_EQ(state(event("charge.dispute.closed",
                        R"({"charge":"ch_1","payment_intent":"pi_1","status":"won"})")),
            std::nullopt);
  EXPECT_EQ(event("charge.refund.updated", Refund{}.json())->result->outcome, Outcome::succeeded);
}

TEST_F(StripeWebhookTest, EventsAboutOtherThingsHaveNoResult) {
  const auto other = event("customer.created", R"({"id":"cus_1"})");
  ASSERT_TRUE(other);
  EXPECT_FALSE(other->result);
}

TEST_F(StripeWebhookTest, WhatIsNoV1EventIsRefused) {
  expect(event("v2.core.x", "{}", "v2.core.event"), ErrorCode::malformed_response);
  expect(event("refund.failed", R"({"id":"re_1","object":"charge"})"),
         ErrorCode::malformed_response);
  expect(event("refund.failed", "[]"), ErrorCode::malformed_response);
  for (const std::string& body : {std::string("<html>"), std::string("[]"), std::string("{")}) {
    const std::string signature =
        wire::to_hex(wire::hmac_sha256(Secret(secret), "1785600000." + body));
    expect(check("t=1785600000,v1=" + signature, body), ErrorCode::malformed_response);
  }
}

}  // namespace
}  // namespace refundkit_testing
