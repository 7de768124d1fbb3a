#include <gtest/gtest.h>

#include "bytes_driver.hpp"

namespace refundkit_testing {
namespace {

Settings with(std::initializer_list<std::pair<const char*, const char*>> values) {
  Settings settings{{"secret_key", Secret("sk_test_abc")}};
  for (const auto& [name, value] : values) settings[name] = Secret(value);
  return settings;
}

void expect_wrong(const Settings& settings, const std::string& setting) {
  const auto connected = stripe::provider().connect(settings);
  ASSERT_FALSE(connected) << setting;
  EXPECT_EQ(connected.error().code, ErrorCode::configuration_error);
  EXPECT_NE(connected.error().message.find(setting), std::string::npos)
      << connected.error().message;
}

TEST(StripeProviderTest, AKeyThatCannotWorkIsRefused) {
  expect_wrong({}, "secret_key");
  expect_wrong(with({{"secret_key", ""}}), "secret_key");
  expect_wrong(with({{"secret_key", "pk_test_abc"}}), "publishable");
  for (const char* key : {"sk_test_a\r\nX: y", "sk_test_a\n", " sk_test_a", "sk_test_\xC3\xA9"}) {
    expect_wrong(with({{"secret_key", key}}), "secret_key");
  }
}

TEST(StripeProviderTest, TheEnvironmentAndTheKeyMustAgree) {
  EXPECT_TRUE(stripe::provider().connect(with({})));
  EXPECT_TRUE(stripe::provider().connect(with({{"environment", "sandbox"}})));
  EXPECT_TRUE(
      stripe::provider().connect(with({{"environment", "live"}, {"secret_key", "sk_live_abc"}})));
  expect_wrong(with({{"secret_key", "sk_live_abc"}}), "environment");
  expect_wrong(with({{"secret_key", "rk_live_abc"}, {"environment", "sandbox"}}), "environment");
  expect_wrong(with({{"environment", "live"}}), "environment");
  expect_wrong(with({{"environment", "Live"}}), "environment");
}

TEST(StripeProviderTest, OtherSettingsAreChecked) {
  EXPECT_TRUE(stripe::provider().connect(with({{"base_url", "http://127.0.0.1:8080/stripe"}})));
  expect_wrong(with({{"base_url", "http://example.test"}}), "base_url");
  expect_wrong(with({{"base_url", "https://example.test/"}}), "base_url");
  expect_wrong(with({{"base_url", "https://example.test?a=b"}}), "base_url");
  expect_wrong(with({{"account", "acct_1\r\nX: y"}}), "account");
  expect_wrong(with({{"account", "7"}}), "account");
  expect_wrong(with({{"reverse_transfer", "yes"}}), "reverse_transfer");
  expect_wrong(with({{"refund_application_fee", "1"}}), "refund_application_fee");
}

TEST(StripeProviderTest, WebhookSecretsComeWithCommas) {
  EXPECT_TRUE(stripe::provider().webhook_check(with({{"webhook_secret", "whsec_a, whsec_b"}})));
  for (const char* secrets : {"", ",", "whsec_a,", "whsec_a,,whsec_b"}) {
    const auto check = stripe::provider().webhook_check(with({{"webhook_secret", secrets}}));
    ASSERT_FALSE(check) << secrets;
    EXPECT_EQ(check.error().code, ErrorCode::configuration_error);
  }
}

TEST(StripeProviderTest, TheWebhookHearsTheAccountOfTheSettings) {
  EXPECT_FALSE(stripe::provider().webhook_check(
      with({{"webhook_secret", "whsec_a"}, {"account", "no account"}})));
  EXPECT_TRUE(stripe::provider().webhook_check(
      with({{"webhook_secret", "whsec_a"}, {"account", "acct_1"}})));
}

TEST(StripeProviderTest, SaysWhatStripeCanDo) {
  const Capabilities& can = stripe::provider().capabilities();
  EXPECT_EQ(can.provider, ProviderId("stripe"));
  EXPECT_EQ(can.api_version, "2026-07-29.dahlia");
  EXPECT_TRUE(can.deduplicates);
  EXPECT_EQ(can.key_lifetime, std::chrono::hours(23));
  EXPECT_FALSE(can.waits_for_settlement);
}

class StripeHintTest : public BytesDriver {
 protected:
  RepeatHint hint(int status, std::vector<HttpHeader> headers = {}) const {
    return adapter_->repeat_hint(answer(status, "{}", std::move(headers)));
  }
};

TEST_F(StripeHintTest, StripesOwnAdviceComesFirst) {
  using Advice = RepeatHint::Advice;
  EXPECT_EQ(hint(500, {{"Stripe-Should-Retry", "false"}}).advice, Advice::do_not_repeat);
  EXPECT_EQ(hint(400, {{"Stripe-Should-Retry", "true"}}).advice, Advice::repeat_same_key);
  EXPECT_EQ(hint(400).advice, Advice::as_usual);
  EXPECT_EQ(hint(200).advice, Advice::as_usual);
  for (const int status : {409, 429, 500, 502, 503, 504}) {
    EXPECT_EQ(hint(status).advice, Advice::repeat_same_key) << status;
  }
}

TEST_F(StripeHintTest, AnUnreadableSuccessMayBeAskedForAgain) {
  using Advice = RepeatHint::Advice;
  for (const char* body : {"", "<html></html>", "{\"id\":", "\x01\x02"}) {
    const RepeatHint hint = adapter_->repeat_hint(answer(200, body));
    EXPECT_EQ(hint.advice, Advice::repeat_same_key) << body;
    EXPECT_FALSE(hint.not_executed);
  }
  EXPECT_EQ(adapter_->repeat_hint(answer(200, " {} \n")).advice, Advice::as_usual);
  EXPECT_EQ(adapter_->repeat_hint(answer(400, "<html>")).advice, Advice::as_usual);
}

TEST_F(StripeHintTest, OnlyTheLimiterProvesThatNothingRan) {
  EXPECT_TRUE(hint(429).not_executed);
  for (const int status : {409, 500, 503}) EXPECT_FALSE(hint(status).not_executed) << status;
}

class StripeReadingTest : public BytesDriver {};

TEST_F(StripeReadingTest, ARefundOfAnotherPaymentIsNotFound) {
  given(Refund{}.json());
  const auto read = run(adapter_->read_refund(PaymentId("pi_2"), RefundId("re_1")));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::refund_not_found);
  given(
      error(404, R"("code":"resource_missing","param":"refund","message":"No such refund: 'x'")"));
  EXPECT_EQ(run(adapter_->read_refund(PaymentId("pi_1"), RefundId("re_1"))).error().code,
            ErrorCode::refund_not_found);
}

TEST_F(StripeReadingTest, ARefundIsOfThePaymentAskedFor) {
  given(Refund{}.json());
  EXPECT_EQ(run(adapter_->read_refund(PaymentId("ch_1"), RefundId("re_1")))->payment,
            PaymentId("ch_1"));
  given(Intent{}.charge_json());
  given(list({Refund{}}));
  const auto listed = run(adapter_->list_refunds(PaymentId("ch_1")));
  ASSERT_TRUE(listed);
  EXPECT_EQ(listed->at(0).payment, PaymentId("ch_1"));
}

TEST_F(StripeReadingTest, WhatAVoidWouldReleaseIsAbsentWhereItIsNothing) {
  given_payment({});
  EXPECT_FALSE(run(adapter_->read_payment(PaymentId("pi_1")))->releasable);
  given_payment(authorized());
  EXPECT_EQ(run(adapter_->read_payment(PaymentId("pi_1")))->releasable, money("49.99"));
}

TEST_F(StripeReadingTest, EveryStatusHasItsState) {
  const auto state = [this](const Intent& intent) {
    given_payment(intent);
    return run(adapter_->read_payment(PaymentId("pi_1")))->state;
  };
  EXPECT_EQ(state({}), PaymentState::captured);
  EXPECT_EQ(state(authorized()), PaymentState::authorized);
  EXPECT_EQ(state(canceled()), PaymentState::voided);
  Intent expired = canceled();
  expired.more = R"(,"cancellation_reason":"expired")";
  EXPECT_EQ(state(expired), PaymentState::expired);
  expired.more = R"(,"cancellation_reason":"automatic")";
  EXPECT_EQ(state(expired), PaymentState::expired);
  Intent taken = canceled();
  taken.received = 100;
  EXPECT_EQ(state(taken), PaymentState::captured);
  Intent open = authorized();
  open.status = "requires_payment_method";
  EXPECT_EQ(state(open), PaymentState::pending);
  open.more = R"(,"last_payment_error":{"code":"card_declined","decline_code":"lost_card"})";
  EXPECT_EQ(state(open), PaymentState::failed);
  for (const char* status : {"processing", "requires_action", "requires_confirmation"}) {
    open.status = status;
    EXPECT_EQ(state(open), PaymentState::pending);
  }
  open.status = "new_word";
  EXPECT_EQ(state(open), PaymentState::unknown);
}

}  // namespace
}  // namespace refundkit_testing
