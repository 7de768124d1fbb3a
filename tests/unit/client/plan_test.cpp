#include "client/plan.hpp"

#include "client_fixture.hpp"

namespace refundkit {
namespace {

using ::testing::_;
using ::testing::Return;

class ClientPlanTest : public ClientFixture {};

TEST_F(ClientPlanTest, APlanReadsAndSendsNothingThatMovesMoney) {
  EXPECT_CALL(*transport_, send(_, _)).WillOnce(Return(status(200)));

  const OperationResult result = make_client().plan(refund_of("pay_1"));

  EXPECT_THAT(result, rt::EndsAs(Outcome::succeeded));
  EXPECT_THAT(result, rt::SentNothing());
  EXPECT_EQ(result.money_moved, MoneyMoved::no);
  ASSERT_TRUE(result.plan.has_value());
  EXPECT_EQ(result.plan->action, PlanAction::void_payment);
  EXPECT_EQ(result.plan->rule, "A fake payment can always be given back.");
  EXPECT_EQ(result.plan->source, "fake.test");
}

TEST_F(ClientPlanTest, ADryRunOfARefundTellsTheRefund) {
  const OperationResult result = make_client().plan_refund(refund_of("pay_1"));
  EXPECT_EQ(result.requested, Requested::refund);
  ASSERT_TRUE(result.plan.has_value());
  EXPECT_EQ(result.plan->action, PlanAction::refund);
}

TEST_F(ClientPlanTest, AProviderThatCannotBeReadLeavesNothingToPlan) {
  options_.retries = 0;
  EXPECT_CALL(*transport_, send(_, _)).WillOnce(Return(lost()));

  const OperationResult result = make_client().plan(refund_of("pay_1"));

  EXPECT_THAT(result, rt::EndsAs(Outcome::failed, ErrorCode::timeout));
  EXPECT_FALSE(result.plan.has_value());
}

OperationResult decided(ErrorCode code, NextAction next) {
  OperationResult result;
  result.operation = Operation::refund;
  result.outcome = Outcome::failed;
  result.payment_state = PaymentState::captured;
  result.error = Error{code, "Because."};
  result.next_step.action = next;
  return result;
}

TEST(PlanTest, ARuleThatSaysNoIsAPlanThatCouldBeMade) {
  const OperationResult wait = planned(decided(ErrorCode::not_settled, NextAction::wait_until));
  EXPECT_THAT(wait, rt::EndsAs(Outcome::succeeded));
  EXPECT_FALSE(wait.error.has_value());
  EXPECT_EQ(wait.plan->action, PlanAction::wait);
  EXPECT_THAT(wait, rt::Advises(NextAction::wait_until));

  EXPECT_EQ(
      planned(decided(ErrorCode::refund_window_expired, NextAction::manual_portal)).plan->action,
      PlanAction::manual);
  EXPECT_EQ(planned(decided(ErrorCode::already_refunded, NextAction::none)).plan->action,
            PlanAction::none);
}

TEST(PlanTest, WhyItCannotBeDoneIsThePlansRule) {
  const OperationResult result =
      planned(decided(ErrorCode::currency_mismatch, NextAction::fix_request));
  EXPECT_THAT(result, rt::EndsAs(Outcome::succeeded));
  EXPECT_FALSE(result.error.has_value());
  EXPECT_EQ(result.plan->action, PlanAction::none);
  EXPECT_EQ(result.plan->rule, "Because.");
}

}  // namespace
}  // namespace refundkit
