#include "simulated_stripe.hpp"

namespace refundkit::simulation {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using ::testing::HasSubstr;

class StripeSimulatorIdempotencyTest : public SimulatedStripe {};

TEST_F(StripeSimulatorIdempotencyTest, ARepeatGetsTheFirstAnswerUnderANewRequestId) {
  const std::string payment = captured();
  const Said first = refund(payment, "100", "k");
  const Said again = refund(payment, "100", "k");
  EXPECT_EQ(again.bytes, first.bytes);
  EXPECT_EQ(again.header("Idempotent-Replayed"), "true");
  EXPECT_EQ(again.header("Original-Request"), first.header("Request-Id"));
  EXPECT_NE(again.header("Request-Id"), first.header("Request-Id"));
  EXPECT_EQ(again.header("Idempotency-Key"), "k");
  EXPECT_EQ(first.header("Idempotent-Replayed"), "absent");
  EXPECT_EQ(truth(payment).at("refunded"), "1.00");
}

TEST_F(StripeSimulatorIdempotencyTest, TwoKeysMakeTwoRefunds) {
  const std::string payment = captured();
  refund(payment, "100", "k1");
  refund(payment, "100", "k2");
  EXPECT_EQ(truth(payment).at("refunded"), "2.00");
}

TEST_F(StripeSimulatorIdempotencyTest, OtherParametersUnderTheKeyAreAConflict) {
  const std::string payment = captured();
  refund(payment, "100", "k");
  const Said said = refund(payment, "101", "k");
  EXPECT_EQ(said.status, 400);
  EXPECT_EQ(said.at("error.type"), "idempotency_error");
  EXPECT_THAT(said.at("error.message"), HasSubstr("can only be used with the same parameters"));
  EXPECT_EQ(said.at("error.code"), "absent");
  EXPECT_EQ(refund(payment, "100", "k").status, 200);
}

TEST_F(StripeSimulatorIdempotencyTest, AnotherEndpointUnderTheKeyIsAConflict) {
  const std::string payment = authorized();
  cancel(payment, "k");
  const Said said = refund(payment, "100", "k");
  EXPECT_EQ(said.at("error.type"), "idempotency_error");
  EXPECT_THAT(said.at("error.message"), HasSubstr("can only be used for the same endpoint"));
}

TEST_F(StripeSimulatorIdempotencyTest, BusinessRefusalsAreKept) {
  const std::string payment = captured();
  const Said first = refund(payment, "4001", "k");
  const Said again = refund(payment, "4001", "k");
  EXPECT_EQ(again.status, 400);
  EXPECT_EQ(again.bytes, first.bytes);
  EXPECT_EQ(again.header("Idempotent-Replayed"), "true");
}

TEST_F(StripeSimulatorIdempotencyTest, WhatDidNotPassValidationIsNotKept) {
  const std::string payment = captured();
  EXPECT_EQ(refund(payment, "0", "k").status, 400);
  const Said said = refund(payment, "100", "k");
  EXPECT_EQ(said.status, 200);
  EXPECT_EQ(said.header("Idempotent-Replayed"), "absent");
}

TEST_F(StripeSimulatorIdempotencyTest, RefusedCredentialsAreNotKept) {
  const std::string payment = captured();
  Request request = post_request("/v1/refunds", {{"payment_intent", payment}}, "k");
  request.headers[0].second = "Bearer wrong";
  EXPECT_EQ(send(request).status, 401);
  EXPECT_EQ(send(post_request("/v1/refunds", {{"payment_intent", payment}}, "k")).status, 200);
}

TEST_F(StripeSimulatorIdempotencyTest, AKeyIsForgottenAfterADay) {
  const std::string payment = captured();
  refund(payment, "100", "k");
  pass(hours(24) - seconds(1));
  refund(payment, "100", "k");
  EXPECT_EQ(truth(payment).at("refunded"), "1.00");
  pass(seconds(1));
  refund(payment, "100", "k");
  EXPECT_EQ(truth(payment).at("refunded"), "2.00");
}

TEST_F(StripeSimulatorIdempotencyTest, TheKeyBelongsToTheAccount) {
  const std::string elsewhere = captured("sim:account=acct_1");
  refund(captured(), "100", "k");
  Request request = post_request("/v1/refunds", {{"payment_intent", elsewhere}}, "k");
  request.headers.emplace_back("Stripe-Account", "acct_1");
  EXPECT_EQ(send(request).status, 200);
}

TEST_F(StripeSimulatorIdempotencyTest, AnEndpointThatBrokeAnswers500AgainWhateverItDid) {
  for (const bool changed : {false, true}) {
    const std::string payment = captured();
    const std::string key = changed ? "k1" : "k2";
    const Request request = post_request("/v1/refunds", {{"payment_intent", payment}}, key);
    EXPECT_EQ(stripe_->break_off(request, {500, changed}, now_).status, 500);
    const Said again = send(request);
    EXPECT_EQ(again.status, 500);
    EXPECT_EQ(again.header("Idempotent-Replayed"), "true");
    EXPECT_EQ(truth(payment).at("refunded"), changed ? "40.00" : "0.00");
  }
}

TEST_F(StripeSimulatorIdempotencyTest, A500OnARepeatDoesNotReplaceTheKeptAnswer) {
  const std::string payment = captured();
  const Request request = post_request("/v1/refunds", {{"payment_intent", payment}}, "k");
  EXPECT_EQ(send(request).status, 200);
  EXPECT_EQ(stripe_->break_off(request, {500, false}, now_).status, 500);
  EXPECT_EQ(send(request).status, 200);
}

TEST_F(StripeSimulatorIdempotencyTest, WhatTheEdgeRefusedIsNotKept) {
  for (const int status : {409, 429, 503}) {
    const std::string payment = captured();
    const Request request =
        post_request("/v1/refunds", {{"payment_intent", payment}}, std::to_string(status));
    EXPECT_EQ(stripe_->break_off(request, {status, false}, now_).status, status);
    EXPECT_EQ(send(request).status, 200) << status;
  }
}

TEST_F(StripeSimulatorIdempotencyTest, AKeyOver255CharactersIsRefused) {
  EXPECT_EQ(refund(captured(), "1", std::string(255, 'k')).status, 200);
  EXPECT_EQ(refund(captured(), "1", std::string(256, 'k')).status, 400);
}

}  // namespace
}  // namespace refundkit::simulation
