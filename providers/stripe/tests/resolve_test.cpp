#include <gmock/gmock.h>

#include "bytes_driver.hpp"

namespace refundkit_testing {
namespace {

using ::testing::HasSubstr;

class StripeResolveTryTest : public BytesDriver {
 protected:
  OperationResult resolve_with(std::optional<int> attempt) {
    ResolveRequest request{request_.payment, context_.key};
    request.attempt = attempt;
    return run(adapter_->resolve(request, context_));
  }
  OperationResult resolve_cancel() {
    ResolveRequest request{request_.payment, context_.key};
    request.refund = RefundId("re_1");
    return run(adapter_->resolve(request, context_));
  }
  static Refund failed(int attempt) {
    Refund refund;
    refund.status = "failed";
    refund.key = "K1";
    refund.attempt = attempt;
    return refund;
  }
};

TEST_F(StripeResolveTryTest, AnEarlierFailureSaysNothingAboutALaterTry) {
  given_payment({}, {failed(0)});
  const OperationResult lost = resolve_with(1);
  EXPECT_EQ(lost.outcome, Outcome::unknown);
  EXPECT_EQ(lost.next_step.action, NextAction::resolve);

  given_payment({}, {failed(1), failed(0)});
  EXPECT_EQ(resolve_with(1).outcome, Outcome::failed);
}

TEST_F(StripeResolveTryTest, WithoutTheTryAFailureIsNotTheLastWord) {
  given_payment({}, {failed(0)});
  const OperationResult result = resolve_with(std::nullopt);
  EXPECT_EQ(result.outcome, Outcome::unknown);
  EXPECT_EQ(result.money_moved, MoneyMoved::unknown);
  EXPECT_EQ(result.next_step.action, NextAction::resolve);
  EXPECT_THAT(result.error->message, HasSubstr("refund re_1, is failed"));
  EXPECT_THAT(result.error->message, HasSubstr("Repeating the very same command is safe"));
}

TEST_F(StripeResolveTryTest, ALiveRefundAnswersWithoutTheTry) {
  Refund ours = failed(1);
  ours.status = "succeeded";
  ours.id = "re_2";
  given_payment({}, {ours, failed(0)});
  EXPECT_EQ(resolve_with(std::nullopt).refund, RefundId("re_2"));
}

TEST_F(StripeResolveTryTest, AReverseWhoseRestIsStillHeldIsNotDone) {
  Intent intent = authorized();
  intent.received = 1000;
  intent.capturable = 3999;
  Refund part{"re_1", 1000};
  part.key = "K1";
  std::string marked = list({part});
  marked.insert(marked.find("\"refundkit_ref\""), R"("refundkit_then":"cancel",)");
  given(intent.json());
  given(marked);
  const OperationResult held = resolve();
  EXPECT_EQ(held.outcome, Outcome::unknown);
  EXPECT_EQ(held.money_moved, MoneyMoved::yes);
  EXPECT_EQ(held.next_step.action, NextAction::resolve);
  EXPECT_EQ(held.refund, RefundId("re_1"));
  EXPECT_THAT(held.error->message, HasSubstr("10.00 EUR is made; the rest of the payment is not "
                                             "released"));

  intent.status = "succeeded";
  intent.capturable = 0;
  given(intent.json());
  given(marked);
  EXPECT_EQ(resolve().outcome, Outcome::succeeded);
}

TEST_F(StripeResolveTryTest, APlainRefundOfThePartTakenIsDone) {
  Intent intent = authorized();
  intent.received = 1000;
  intent.capturable = 3999;
  Refund part{"re_1", 1000};
  part.key = "K1";
  given_payment(intent, {part});
  EXPECT_EQ(resolve().outcome, Outcome::succeeded);
}

TEST_F(StripeResolveTryTest, OnlyTheFirstOfTwoStepsIsMarked) {
  Intent intent = authorized();
  intent.received = 1000;
  intent.capturable = 3999;
  for (const bool as_reverse : {true, false}) {
    sent_.clear();
    given_payment(intent);
    given(Refund{"re_1", 1000}.json());
    if (as_reverse) given(Intent{}.json());
    (void)(as_reverse ? reverse() : refund());
    EXPECT_EQ(moves().at(0).field("metadata[refundkit_then]"), as_reverse ? "cancel" : "(absent)");
  }
}

TEST_F(StripeResolveTryTest, AVoidOfAChargeIsResolvedThroughItsIntent) {
  request_.payment = PaymentId("ch_1");
  Intent released = canceled();
  released.refunded = true;
  given(released.charge_json());
  given(list({}));
  given_payment(released);
  const OperationResult done = resolve();
  EXPECT_EQ(done.outcome, Outcome::succeeded);
  EXPECT_EQ(done.operation, Operation::void_payment);

  given(authorized().charge_json());
  given(list({}));
  given_payment(authorized());
  const OperationResult open = resolve();
  EXPECT_EQ(open.outcome, Outcome::failed);
  EXPECT_EQ(open.next_step.action, NextAction::retry_later);

  given(authorized().charge_json());
  given(list({}));
  given(error(503, R"("message":"m")"));
  EXPECT_EQ(resolve().outcome, Outcome::unknown);
}

TEST_F(StripeResolveTryTest, ALostCancelOfARefundIsReadFromThatRefund) {
  struct Case {
    const char* status;
    Outcome outcome;
    NextAction next;
  };
  for (const Case& each : {Case{"canceled", Outcome::succeeded, NextAction::none},
                           Case{"requires_action", Outcome::failed, NextAction::retry_later},
                           Case{"pending", Outcome::failed, NextAction::retry_later},
                           Case{"succeeded", Outcome::failed, NextAction::none},
                           Case{"failed", Outcome::failed, NextAction::contact_provider}}) {
    Refund refund;
    refund.status = each.status;
    given(refund.json());
    const OperationResult result = resolve_cancel();
    EXPECT_EQ(result.outcome, each.outcome) << each.status;
    EXPECT_EQ(result.next_step.action, each.next) << each.status;
    EXPECT_EQ(result.operation, Operation::void_payment);
    EXPECT_EQ(result.money_moved, MoneyMoved::no);
    EXPECT_EQ(result.refund_state, *from_text<RefundState>(each.status));
    const std::string message = result.error ? result.error->message : each.status;
    EXPECT_THAT(message, HasSubstr(each.status));
  }
  given(error(500, R"("message":"m")"));
  EXPECT_EQ(resolve_cancel().outcome, Outcome::unknown);
}

}  // namespace
}  // namespace refundkit_testing
