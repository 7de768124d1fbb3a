#include <gtest/gtest.h>

#include "refund_driver.hpp"

namespace refundkit_testing {
namespace {

class StripeRefundRepeatTest : public RefundDriver {};

TEST_F(StripeRefundRepeatTest, ARepeatUnderTheSameReferenceIsAnsweredFromTheList) {
  Intent intent;
  intent.refunded = true;
  intent.amount_refunded = 4999;
  given_payment(intent, {ours()});
  const OperationResult result = refund();
  EXPECT_EQ(result.outcome, Outcome::succeeded);
  EXPECT_EQ(result.refund, RefundId("re_1"));
  EXPECT_EQ(result.refundable, money("0.00"));
  EXPECT_TRUE(moves().empty());
}

TEST_F(StripeRefundRepeatTest, AFailedRefundUnderTheReferenceOpensTheNextTry) {
  Refund failed = ours();
  failed.status = "failed";
  given_payment({}, {failed});
  given(Refund{"re_2"}.json());
  EXPECT_EQ(refund().refund, RefundId("re_2"));
  EXPECT_EQ(moves().at(0).wire_key, "rfk-K1-1");
  EXPECT_EQ(moves().at(0).field("metadata[refundkit_epoch]"), "1");
}

TEST_F(StripeRefundRepeatTest, OtherParametersUnderTheReferenceAreAConflict) {
  request_.amount = money("5.00");
  given_payment({}, {ours(700)});
  expect_nothing_sent(refund(), ErrorCode::idempotency_conflict, NextAction::fix_request);
}

TEST_F(StripeRefundRepeatTest, WithoutAReferenceAnEqualYoungRefundIsADuplicate) {
  context_.repeatable_key = false;
  request_.amount = money("5.00");
  given_payment({}, {Refund{"re_0", 500}});
  expect_nothing_sent(refund(), ErrorCode::duplicate_request, NextAction::fix_request);
}

TEST_F(StripeRefundRepeatTest, AnEarlierRunsStoredRefusalOpensTheNextTry) {
  given_payment({});
  given(replayed(400, R"({"error":{"code":"balance_insufficient","message":"m"}})"));
  given(Refund{}.json());
  EXPECT_EQ(refund().outcome, Outcome::succeeded);
  ASSERT_EQ(moves().size(), 2U);
  EXPECT_EQ(moves()[0].wire_key, "rfk-K1-0");
  EXPECT_EQ(moves()[1].wire_key, "rfk-K1-1");
}

TEST_F(StripeRefundRepeatTest, StoredRefusalsWithoutEndAreBelieved) {
  given_payment({});
  for (int count = 0; count < 101; ++count) {
    given(replayed(400, R"({"error":{"code":"balance_insufficient","message":"m"}})"));
  }
  const OperationResult result = refund();
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_EQ(result.error->code, ErrorCode::insufficient_funds);
}

TEST_F(StripeRefundRepeatTest, AStoredRefusalOfOurOwnUnansweredTryIsFinal) {
  given_payment({});
  given_after_doubt(replayed(400, R"({"error":{"code":"charge_disputed","message":"m"}})"));
  const OperationResult result = refund();
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_EQ(result.error->code, ErrorCode::disputed);
  EXPECT_EQ(moves().size(), 1U);
}

TEST_F(StripeRefundRepeatTest, AFreshRefusalAfterAnUnansweredTryIsLookedInto) {
  given_payment({});
  given_after_doubt(error(400, R"("code":"charge_already_refunded","message":"m")"));
  given(list({ours()}));
  EXPECT_EQ(refund().outcome, Outcome::succeeded);

  given_payment({});
  given_after_doubt(error(400, R"("code":"charge_already_refunded","message":"m")"));
  given(list({}));
  const OperationResult result = refund();
  EXPECT_EQ(result.outcome, Outcome::unknown);
  EXPECT_EQ(result.next_step.action, NextAction::resolve);
}

TEST_F(StripeRefundRepeatTest, ARefusalBeforeTheEndpointSaysNothingAboutAnUnansweredTry) {
  for (const int status : {401, 403, 409, 424, 429, 500, 503}) {
    given_payment({});
    given_after_doubt(error(status, R"("message":"m")"));
    EXPECT_EQ(refund().outcome, Outcome::unknown) << status;
  }
}

TEST_F(StripeRefundRepeatTest, AKeyThatAHeaderCannotHoldIsHashed) {
  context_.key = IdempotencyKey("caf\xC3\xA9 " + std::string(200, 'x'));
  given_payment({});
  given(Refund{}.json());
  (void)refund();
  const std::string key = moves().at(0).wire_key;
  EXPECT_EQ(key.size(), 4U + 64U + 2U);
  EXPECT_EQ(moves().at(0).field("metadata[refundkit_ref]"), key.substr(4, 64));

  Refund listed;
  listed.key = key.substr(4, 64);
  listed.fingerprint = request_fingerprint(request_);
  given_payment({}, {listed});
  EXPECT_EQ(refund().refund, RefundId("re_1"));
  EXPECT_EQ(moves().size(), 1U);
}

}  // namespace
}  // namespace refundkit_testing
