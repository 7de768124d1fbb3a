#include "rules.hpp"

#include <gtest/gtest.h>

#include "bytes_driver.hpp"

namespace refundkit_testing {
namespace {

class StripeRulesTest : public BytesDriver {
 protected:
  void expect_no(ErrorCode code, NextAction next) {
    const OperationResult result = refund();
    EXPECT_EQ(result.outcome, Outcome::failed);
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->code, code) << result.error->message;
    EXPECT_EQ(result.next_step.action, next);
    EXPECT_TRUE(moves().empty());
    ASSERT_TRUE(result.plan);
    EXPECT_FALSE(result.plan->rule.empty());
    EXPECT_FALSE(result.plan->source.empty());
  }
  void expect_sent(long long amount, const std::string& currency = "eur") {
    Refund told;
    told.amount = amount;
    told.currency = currency;
    given(told.json());
    EXPECT_EQ(refund().outcome, Outcome::succeeded);
    ASSERT_EQ(moves().size(), 1U);
    EXPECT_EQ(moves()[0].field("amount"), std::to_string(amount));
    sent_.clear();
  }
};

TEST_F(StripeRulesTest, AnotherCurrencyIsRefused) {
  request_.amount = money("5.00", "USD");
  given_payment({});
  expect_no(ErrorCode::currency_mismatch, NextAction::fix_request);
}

TEST_F(StripeRulesTest, AnAuthorizedPaymentIsToBeVoided) {
  given_payment(authorized());
  expect_no(ErrorCode::not_captured, NextAction::void_instead);
}

TEST_F(StripeRulesTest, AVoidedPaymentHasNothingToRefund) {
  given_payment(canceled());
  expect_no(ErrorCode::already_voided, NextAction::none);
}

TEST_F(StripeRulesTest, APaymentThatNeverSucceededIsNotRefundable) {
  Intent intent = authorized();
  intent.status = "requires_payment_method";
  intent.with_charge = false;
  given_payment(intent);
  expect_no(ErrorCode::not_refundable, NextAction::none);
}

TEST_F(StripeRulesTest, APaymentInProcessingHasToWait) {
  Intent intent = authorized();
  intent.status = "processing";
  intent.paid = false;
  given_payment(intent);
  expect_no(ErrorCode::in_progress, NextAction::retry_later);
}

TEST_F(StripeRulesTest, WhereStripeContradictsItselfStripeDecides) {
  Intent intent = authorized();
  intent.status = "requires_payment_method";
  intent.capturable = 0;
  given_payment(intent, {Refund{"re_0", 4999}});
  expect_sent(4999);
}

TEST_F(StripeRulesTest, TheEdgeOfWhatIsLeft) {
  Intent intent;
  intent.amount_refunded = 1000;
  request_.amount = money("39.99");
  given_payment(intent, {Refund{"re_0", 1000}});
  expect_sent(3999);
  request_.amount = money("40.00");
  given_payment(intent, {Refund{"re_0", 1000}});
  expect_no(ErrorCode::amount_exceeds_refundable, NextAction::fix_request);
}

TEST_F(StripeRulesTest, PendingRefundsTakeUpWhatIsLeft) {
  Refund pending{"re_0", 4999, "pending"};
  given_payment({}, {pending});
  expect_no(ErrorCode::already_refunded, NextAction::none);
}

TEST_F(StripeRulesTest, AFailedRefundGivesItsAmountBack) {
  Intent intent;
  intent.amount_refunded = 4999;
  intent.refunded = true;
  given_payment(intent, {Refund{"re_0", 4999, "failed"}});
  expect_sent(4999);
}

TEST_F(StripeRulesTest, NothingLeftIsAlreadyRefunded) {
  Intent intent;
  intent.amount_refunded = 4999;
  intent.refunded = true;
  given_payment(intent, {Refund{"re_0", 4999}});
  expect_no(ErrorCode::already_refunded, NextAction::none);
}

TEST_F(StripeRulesTest, ChargebacksHoldTheMoneyAndInquiriesDoNot) {
  Intent intent;
  intent.disputed = true;
  const auto dispute = [](const std::string& status) {
    return R"({"object":"list","has_more":false,"data":[{"status":")" + status + R"("}]})";
  };
  for (const char* status : {"needs_response", "under_review", "lost"}) {
    given(intent.json());
    given(dispute(status));
    given(list({}));
    expect_no(ErrorCode::disputed, NextAction::contact_provider);
  }
  for (const char* status : {"warning_needs_response", "warning_closed", "won"}) {
    sent_.clear();
    given(intent.json());
    given(dispute(status));
    given(list({}));
    expect_sent(4999);
  }
  given(intent.json());
  given(error(403, R"("code":"more_permissions_required","message":"m")"));
  given(list({}));
  expect_sent(4999);
}

TEST_F(StripeRulesTest, EachMethodsWindowHasAnEdge) {
  for (const auto& [method, days] : {std::pair<const char*, long long>{"grabpay", 90},
                                     {"affirm", 120},
                                     {"afterpay_clearpay", 120},
                                     {"ideal", 180},
                                     {"us_bank_account", 180}}) {
    Intent intent;
    intent.method = method;
    intent.created = now_seconds - days * 86'400;
    given_payment(intent);
    expect_sent(4999);
    --intent.created;
    given_payment(intent);
    expect_no(ErrorCode::refund_window_expired, NextAction::manual_portal);
  }
  Intent card;
  card.created = now_seconds - 3'000LL * 86'400;
  given_payment(card);
  expect_sent(4999);
}

TEST_F(StripeRulesTest, AchIsRefundedWhole) {
  Intent intent;
  intent.method = "us_bank_account";
  request_.amount = money("49.98");
  given_payment(intent);
  expect_no(ErrorCode::partial_not_supported, NextAction::fix_request);
  request_.amount = money("49.99");
  given_payment(intent);
  expect_sent(4999);
}

TEST_F(StripeRulesTest, DuringMulticaptureOnlyTheTakenPartIsRefundable) {
  Intent intent = authorized();
  intent.received = 1000;
  intent.capturable = 3999;
  request_.amount = money("10.00");
  given_payment(intent);
  expect_sent(1000);
  request_.amount = money("10.01");
  given_payment(intent);
  expect_no(ErrorCode::amount_exceeds_refundable, NextAction::fix_request);

  stripe::Options options{Secret("sk_test_abc")};
  options.reverse_transfer = true;
  connect(std::move(options));
  request_.amount = money("9.99");
  given_payment(intent);
  expect_no(ErrorCode::partial_not_supported, NextAction::fix_request);
  request_.amount = money("10.00");
  given_payment(intent);
  expect_sent(1000);
}

TEST_F(StripeRulesTest, TheReleaseOfAPartialCaptureIsNoRefund) {
  Intent intent;
  intent.amount = 7200;
  intent.received = 3200;
  intent.amount_refunded = 4000;
  given_payment(intent, {Refund{"re_0", 4000}});
  const auto snapshot = run(adapter_->read_payment(PaymentId("pi_1")));
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(snapshot->state, PaymentState::captured);
  EXPECT_EQ(snapshot->refundable, money("32.00"));
  EXPECT_FALSE(snapshot->refunds.at(0).gives_money_back);
  sent_.clear();
  given_payment(intent, {Refund{"re_0", 4000}});
  expect_sent(3200);
}

TEST_F(StripeRulesTest, AFullRefundThatCannotTellTriesTheUpperBoundThenTheLower) {
  Intent intent;
  intent.amount = 1000;
  intent.received = 900;
  intent.amount_refunded = 300;
  given_payment(intent, {Refund{"re_0", 250}});
  given(error(400, R"x("message":"Refund amount (€7.00) is greater than unrefunded amount )x"
                   R"x(on charge (€6.00)","param":"amount")x"));
  given_payment(intent, {Refund{"re_0", 250}});
  given(Refund{"re_2", 600}.json());
  EXPECT_EQ(refund().amount, money("6.00"));
  ASSERT_EQ(moves().size(), 2U);
  EXPECT_EQ(moves()[0].field("amount"), "700");
  EXPECT_EQ(moves()[1].field("amount"), "600");
  EXPECT_EQ(moves()[1].wire_key, "rfk-K1-1");
}

TEST_F(StripeRulesTest, TheLowerBoundIsDecidedAnewFromTheSecondReading) {
  const auto too_much = [] {
    return error(400, R"x("message":"Refund amount (x) is greater than unrefunded amount on )x"
                      R"x(charge (y)","param":"amount")x");
  };
  Intent intent;
  intent.currency = "isk";
  intent.amount = 10'000;
  intent.received = 9'000;
  intent.amount_refunded = 3'050;
  const Refund known{"re_0", 2'500, "succeeded", "isk"};
  given_payment(intent, {known});
  given(too_much());
  given_payment(intent, {known});
  given(Refund{"re_2", 5'900, "succeeded", "isk"}.json());
  const OperationResult result = refund();
  EXPECT_EQ(result.outcome, Outcome::succeeded);
  EXPECT_EQ(result.amount, money("59", "ISK"));
  ASSERT_EQ(moves().size(), 2U);
  EXPECT_EQ(moves()[0].field("amount"), "6900");
  EXPECT_EQ(moves()[1].field("amount"), "5900");

  // Meanwhile somebody else's refund took all there was: nothing more is sent.
  sent_.clear();
  Intent over = intent;
  over.amount_refunded = 10'000;
  over.refunded = true;
  given_payment(intent, {known});
  given(too_much());
  given_payment(over, {Refund{"re_9", 6'500, "succeeded", "isk"}, known});
  const OperationResult late = refund();
  EXPECT_EQ(late.outcome, Outcome::failed);
  EXPECT_EQ(late.error->code, ErrorCode::already_refunded);
  EXPECT_EQ(moves().size(), 1U);

  // Or our own, made by another process under the same reference.
  sent_.clear();
  Refund ours{"re_9", 6'500, "succeeded", "isk"};
  ours.key = "K1";
  given_payment(intent, {known});
  given(too_much());
  given_payment(intent, {ours, known});
  EXPECT_EQ(refund().refund, RefundId("re_9"));
  EXPECT_EQ(moves().size(), 1U);
}

TEST_F(StripeRulesTest, MoneyIsCountedAsStripeCounts) {
  struct Case {
    const char* currency;
    const char* wire_currency;
    const char* text;
    long long units;
  };
  for (const Case& each : {Case{"JPY", "jpy", "500", 500}, Case{"ISK", "isk", "5", 500},
                           Case{"UGX", "ugx", "5", 500}, Case{"KWD", "kwd", "5.120", 5120},
                           Case{"HUF", "huf", "10.45", 1045}, Case{"TWD", "twd", "8.00", 800},
                           Case{"MGA", "mga", "7.00", 7}, Case{"USD", "usd", "10.00", 1000}}) {
    request_.amount = money(each.text, each.currency);
    Intent intent;
    intent.currency = each.wire_currency;
    intent.amount = intent.received = each.units * 2;
    given_payment(intent);
    expect_sent(each.units, each.wire_currency);
  }
}

TEST_F(StripeRulesTest, AnOldFractionOfACrownIsLeftToThePortal) {
  Intent intent;
  intent.currency = "isk";
  intent.amount = intent.received = 550;
  given_payment(intent);
  expect_sent(500, "isk");
  intent.amount = intent.received = 50;
  given_payment(intent);
  expect_no(ErrorCode::not_refundable, NextAction::manual_portal);
}

TEST_F(StripeRulesTest, EveryRuleNamesItsSource) {
  for (const Rule& rule : adapter_->capabilities().rules) {
    EXPECT_FALSE(rule.topic.empty());
    EXPECT_FALSE(rule.text.empty());
    EXPECT_EQ(rule.source.rfind("docs.stripe.com", 0), 0U) << rule.topic;
  }
}

}  // namespace
}  // namespace refundkit_testing
