#include "refundkit/wire/repeats.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "refundkit/request.hpp"
#include "refundkit/wire/outcomes.hpp"

namespace refundkit::wire {
namespace {

using std::chrono::seconds;

class RepeatsTest : public ::testing::Test {
 protected:
  static Money eur(const char* text) { return *Money::parse(text, "EUR"); }

  RefundRecord record(const char* id, RefundState state, const char* amount) const {
    RefundRecord refund{RefundId(id), state, eur(amount)};
    refund.created = context_.now - seconds(60);
    return refund;
  }
  RefundRecord ours(const char* id, RefundState state, const char* amount, int attempt = 0) const {
    RefundRecord refund = record(id, state, amount);
    refund.key = context_.key;
    refund.attempt = attempt;
    refund.fingerprint = request_fingerprint(request_);
    return refund;
  }
  Repeat judge(const std::vector<RefundRecord>& refunds) const {
    return judge_repeat(request_, context_, request_.amount, refunds);
  }

  RefundRequest request_{PaymentId("pay_1"), eur("5.00"), {}};
  FlowContext context_ = [] {
    FlowContext context;
    context.key = IdempotencyKey("key");
    context.repeatable_key = true;
    context.now = TimePoint(seconds(1'800'000'000));
    return context;
  }();
};

TEST_F(RepeatsTest, TheSameKeyAndParametersAreAnsweredFromTheList) {
  for (const RefundState state :
       {RefundState::succeeded, RefundState::pending, RefundState::requires_action}) {
    const Repeat repeat = judge({ours("re_1", state, "5.00")});
    ASSERT_TRUE(repeat.answer);
    EXPECT_EQ(repeat.answer->id, RefundId("re_1"));
  }
}

TEST_F(RepeatsTest, TheSameReferenceUnderAnotherKeyIsTheSameOperation) {
  request_.terms.reference = Reference("RMA-7");
  RefundRecord other = record("re_1", RefundState::succeeded, "5.00");
  other.key = IdempotencyKey("key of the payment's other id");
  other.reference = Reference("RMA-7");
  other.fingerprint = request_fingerprint(request_);
  const Repeat repeat = judge({other});
  ASSERT_TRUE(repeat.answer);
  EXPECT_EQ(repeat.answer->id, RefundId("re_1"));

  other.reference = Reference("RMA-8");
  EXPECT_FALSE(judge({other}).answer);

  other.reference = {};
  request_.terms.reference = {};
  EXPECT_FALSE(judge({other}).answer);
}

TEST_F(RepeatsTest, OneThatFailedOpensTheNextTry) {
  const Repeat repeat = judge({ours("re_2", RefundState::canceled, "5.00", 1),
                               ours("re_1", RefundState::failed, "5.00", 0)});
  EXPECT_FALSE(repeat.answer);
  EXPECT_FALSE(repeat.refusal);
  EXPECT_EQ(repeat.attempt, 2);
}

TEST_F(RepeatsTest, OtherParametersUnderTheKeyAreAConflictThatShowsBoth) {
  const Repeat repeat = judge({ours("re_1", RefundState::succeeded, "7.00")});
  ASSERT_TRUE(repeat.refusal);
  EXPECT_EQ(repeat.refusal->code, ErrorCode::idempotency_conflict);
  EXPECT_FALSE(repeat.refusal_is_unknown);
  EXPECT_NE(repeat.refusal->message.find("7.00 EUR"), std::string::npos);
  EXPECT_NE(repeat.refusal->message.find("5.00 EUR"), std::string::npos);

  RefundRecord other = ours("re_1", RefundState::failed, "5.00");
  other.fingerprint = "another";
  EXPECT_EQ(judge({other}).refusal->code, ErrorCode::idempotency_conflict);
}

TEST_F(RepeatsTest, AFullRefundFindsItsOwnEarlierOneWhateverTheAmountIs) {
  request_.amount.reset();
  const Repeat repeat = judge({ours("re_1", RefundState::succeeded, "40.00")});
  ASSERT_TRUE(repeat.answer);
  EXPECT_EQ(repeat.answer->amount, eur("40.00"));
}

TEST_F(RepeatsTest, TwoLiveRefundsUnderOneKeyAreForAPerson) {
  const Repeat repeat = judge(
      {ours("re_1", RefundState::succeeded, "5.00"), ours("re_2", RefundState::pending, "5.00")});
  ASSERT_TRUE(repeat.refusal);
  EXPECT_TRUE(repeat.refusal_is_unknown);
  EXPECT_EQ(repeat.refusal->next_step.action, NextAction::contact_provider);
  EXPECT_NE(repeat.refusal->message.find("re_1, re_2"), std::string::npos);
}

TEST_F(RepeatsTest, WithoutAReferenceAnEqualYoungRefundIsADuplicate) {
  context_.repeatable_key = false;
  const RefundRecord made_before = record("re_1", RefundState::pending, "5.00");
  ASSERT_TRUE(judge({made_before}).refusal);
  EXPECT_EQ(judge({made_before}).refusal->code, ErrorCode::duplicate_request);
  EXPECT_EQ(judge({made_before}).refusal->next_step.action, NextAction::fix_request);

  request_.terms.again = true;
  EXPECT_FALSE(judge({made_before}).refusal);
}

TEST_F(RepeatsTest, OlderFailedOtherOrReleasedRefundsAreNoDuplicates) {
  context_.repeatable_key = false;
  RefundRecord edge = record("re_1", RefundState::succeeded, "5.00");
  edge.created = context_.now - seconds(599);
  EXPECT_TRUE(judge({edge}).refusal);
  edge.created = context_.now - seconds(600);
  EXPECT_FALSE(judge({edge}).refusal);
  EXPECT_FALSE(judge({record("re_1", RefundState::failed, "5.00")}).refusal);
  EXPECT_FALSE(judge({record("re_1", RefundState::succeeded, "6.00")}).refusal);
  RefundRecord release = record("re_1", RefundState::succeeded, "5.00");
  release.gives_money_back = false;
  EXPECT_FALSE(judge({release}).refusal);
}

TEST_F(RepeatsTest, AnEqualRefundOfAnotherReferenceIsNone) {
  EXPECT_FALSE(judge({record("re_1", RefundState::succeeded, "5.00")}).refusal);
}

TEST_F(RepeatsTest, FindsAnOperationAndReportsAnotherAmount) {
  const std::vector<RefundRecord> listed{ours("re_2", RefundState::succeeded, "5.00", 1),
                                         ours("re_1", RefundState::failed, "5.00", 0)};
  EXPECT_EQ(find_operation(context_.key, eur("5.00"), listed).answer->id, RefundId("re_2"));
  EXPECT_EQ(find_operation(context_.key, eur("6.00"), listed).refusal->code,
            ErrorCode::idempotency_conflict);
  EXPECT_FALSE(find_operation(IdempotencyKey("other"), {}, listed).answer);
  EXPECT_FALSE(
      find_operation(IdempotencyKey(), {}, {record("re_1", RefundState::failed, "1.00")}).answer);
}

TEST_F(RepeatsTest, AnEarlierTryDoesNotAnswerForALaterOne) {
  const std::vector<RefundRecord> listed{ours("re_1", RefundState::failed, "5.00", 0)};
  EXPECT_TRUE(find_operation(context_.key, eur("5.00"), listed, 0).answer);
  EXPECT_FALSE(find_operation(context_.key, eur("5.00"), listed, 1).answer);
  EXPECT_FALSE(find_operation(context_.key, eur("6.00"), listed, 1).refusal);
  const std::vector<RefundRecord> later{ours("re_3", RefundState::failed, "5.00", 2)};
  EXPECT_EQ(find_operation(context_.key, eur("5.00"), later, 1).answer->id, RefundId("re_3"));
}

TEST(OutcomesTest, OnlyCertaintyThatNothingWasSentIsAFailure) {
  const TransportFailure lost{ErrorCode::timeout, Sent::maybe, "late"};
  const TransportFailure unsent{ErrorCode::network_error, Sent::nothing, "refused"};
  OperationResult result;
  ASSERT_TRUE(end_without_answer(result, Answer{unsent}));
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_EQ(result.next_step.action, NextAction::retry_later);
  ASSERT_TRUE(end_without_answer(result, Answer{lost}));
  EXPECT_EQ(result.outcome, Outcome::unknown);
  EXPECT_EQ(result.next_step.action, NextAction::resolve);
  EXPECT_EQ(result.money_moved, MoneyMoved::unknown);
  ASSERT_TRUE(end_without_answer(result, Answer{unsent, true}));
  EXPECT_EQ(result.outcome, Outcome::unknown);
  EXPECT_FALSE(end_without_answer(result, Answer{HttpResponse{}}));
}

}  // namespace
}  // namespace refundkit::wire
