#include <gmock/gmock.h>

#include "bytes_driver.hpp"
#include "refundkit/request.hpp"

namespace refundkit_testing {
namespace {

class StripeVoidTest : public BytesDriver {
 protected:
  static std::string unexpected_state(const std::string& status) {
    return R"({"error":{"code":"payment_intent_unexpected_state","message":"You cannot cancel this )"
           R"(PaymentIntent because it has a status of )" +
           status + R"(. Only some may."}})";
  }
  void expect_failed(const OperationResult& result, ErrorCode code, NextAction next) {
    EXPECT_EQ(result.outcome, Outcome::failed);
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->code, code) << result.error->message;
    EXPECT_EQ(result.next_step.action, next);
    EXPECT_EQ(result.money_moved, MoneyMoved::no);
  }
};

TEST_F(StripeVoidTest, CancelsAnAuthorizedPayment) {
  request_.terms.reason = Reason::duplicate;
  given_payment(authorized());
  given(canceled().json());
  const OperationResult result = void_it();
  EXPECT_EQ(result.outcome, Outcome::succeeded);
  EXPECT_EQ(result.operation, Operation::void_payment);
  EXPECT_EQ(result.money_moved, MoneyMoved::no);
  EXPECT_EQ(result.payment_state, PaymentState::voided);
  EXPECT_EQ(result.amount, money("49.99"));
  EXPECT_EQ(moves().at(0).path(), "/v1/payment_intents/pi_1/cancel");
  EXPECT_EQ(moves().at(0).request.body, "cancellation_reason=duplicate");
  EXPECT_EQ(moves().at(0).wire_key, "rfk-K1-0");
}

TEST_F(StripeVoidTest, ACapturedPaymentIsToBeRefundedInstead) {
  given_payment({});
  const OperationResult result = void_it();
  expect_failed(result, ErrorCode::already_settled, NextAction::refund_instead);
  EXPECT_EQ(result.payment_state, PaymentState::captured);
  ASSERT_TRUE(result.plan);
  EXPECT_EQ(result.plan->source, "docs.stripe.com/api/payment_intents/cancel");
  EXPECT_TRUE(moves().empty());
}

TEST_F(StripeVoidTest, APartTakenForbidsThePlainVoid) {
  Intent intent = authorized();
  intent.received = 1000;
  intent.capturable = 3999;
  given_payment(intent);
  expect_failed(void_it(), ErrorCode::already_settled, NextAction::refund_instead);
  EXPECT_TRUE(moves().empty());
}

TEST_F(StripeVoidTest, AVoidedPaymentIsAlreadyVoided) {
  context_.repeatable_key = false;
  given_payment(canceled());
  expect_failed(void_it(), ErrorCode::already_voided, NextAction::none);
  EXPECT_TRUE(moves().empty());
}

TEST_F(StripeVoidTest, UnderAReferenceStripeTellsOurRepeatFromAnothersVoid) {
  given_payment(canceled());
  given(replayed(200, canceled().json()));
  EXPECT_EQ(void_it().outcome, Outcome::succeeded);

  given_payment(canceled());
  given(answer(400, unexpected_state("canceled")));
  expect_failed(void_it(), ErrorCode::already_voided, NextAction::none);
}

TEST_F(StripeVoidTest, ACancelThatIsNotOneIsReadAgain) {
  given_payment(authorized());
  given(authorized().json());
  given_payment(canceled());
  EXPECT_EQ(void_it().outcome, Outcome::succeeded);

  given_payment(authorized());
  given(authorized().json());
  given_payment(authorized());
  const OperationResult result = void_it();
  EXPECT_EQ(result.outcome, Outcome::unknown);
  EXPECT_EQ(result.error->code, ErrorCode::malformed_response);
}

TEST_F(StripeVoidTest, ACaptureInTheMeantimeIsNoVoid) {
  Intent taken = canceled();
  taken.received = 1000;
  given_payment(authorized());
  given(taken.json());
  expect_failed(void_it(), ErrorCode::already_settled, NextAction::refund_instead);
}

TEST_F(StripeVoidTest, AfterAnUnansweredTryTheStateDecides) {
  given_payment(authorized());
  given_after_doubt(answer(400, unexpected_state("canceled")));
  given_payment(canceled());
  EXPECT_EQ(void_it().outcome, Outcome::succeeded);

  given_payment(authorized());
  given_after_doubt(answer(400, unexpected_state("processing")));
  given_payment(authorized());
  EXPECT_EQ(void_it().outcome, Outcome::unknown);
}

TEST_F(StripeVoidTest, AStoredBreakdownIsLookedBehindAndTheNextKeyTried) {
  const auto broken = [] { return replayed(500, R"({"error":{"type":"api_error"}})"); };
  given_payment(authorized());
  given(broken());
  given_payment(authorized());
  given(canceled().json());
  EXPECT_EQ(void_it().outcome, Outcome::succeeded);
  ASSERT_EQ(moves().size(), 2U);
  EXPECT_EQ(moves()[1].wire_key, "rfk-K1-1");

  given_payment(authorized());
  given(broken());
  given_payment(canceled());
  EXPECT_EQ(void_it().outcome, Outcome::succeeded);
  EXPECT_EQ(moves().size(), 3U);

  given_payment(authorized());
  given(broken());
  given(error(503, R"("message":"m")"));
  const OperationResult unread = void_it();
  EXPECT_EQ(unread.outcome, Outcome::unknown);
  EXPECT_EQ(unread.next_step.action, NextAction::resolve);

  given_payment(authorized());
  given(answer(500, R"({"error":{"type":"api_error"}})"));
  EXPECT_EQ(void_it().outcome, Outcome::unknown);
  EXPECT_EQ(moves().size(), 5U);
}

TEST_F(StripeVoidTest, ALostAnswerMovesNoMoneyEitherWay) {
  given_payment(authorized());
  given(Answer{TransportFailure{ErrorCode::timeout, refundkit::Sent::maybe, "late"}});
  const OperationResult result = void_it();
  EXPECT_EQ(result.outcome, Outcome::unknown);
  EXPECT_EQ(result.money_moved, MoneyMoved::no);
}

TEST_F(StripeVoidTest, AChargeWithoutAnIntentIsReleasedByARefundOfAllOfIt) {
  request_.payment = PaymentId("ch_1");
  given(authorized().charge_json("ch_1", "null"));
  given(list({}));
  std::string released = Refund{}.json();
  released.replace(released.find("\"pi_1\""), 6, "null");
  given(released);
  const OperationResult result = void_it();
  EXPECT_EQ(result.outcome, Outcome::succeeded);
  EXPECT_EQ(result.operation, Operation::void_payment);
  EXPECT_EQ(result.money_moved, MoneyMoved::no);
  EXPECT_EQ(result.payment_state, PaymentState::voided);
  EXPECT_EQ(moves().at(0).field("charge"), "ch_1");
  EXPECT_EQ(moves().at(0).field("amount"), "4999");
}

TEST_F(StripeVoidTest, AChargeWithAnIntentIsCancelledThroughIt) {
  request_.payment = PaymentId("ch_1");
  given(authorized().charge_json());
  given(list({}));
  given(canceled().json());
  EXPECT_EQ(void_it().outcome, Outcome::succeeded);
  EXPECT_EQ(moves().at(0).path(), "/v1/payment_intents/pi_1/cancel");
}

TEST_F(StripeVoidTest, ARepeatForAChargeFindsItsOwnCancelThroughTheIntent) {
  request_.payment = PaymentId("ch_1");
  Intent released = canceled();
  released.refunded = true;
  given(released.charge_json());
  given(list({}));
  given(replayed(200, released.json()));
  EXPECT_EQ(void_it().outcome, Outcome::succeeded);
  EXPECT_EQ(moves().at(0).path(), "/v1/payment_intents/pi_1/cancel");

  context_.repeatable_key = false;
  given(released.charge_json());
  given(list({}));
  expect_failed(void_it(), ErrorCode::already_voided, NextAction::none);
}

TEST_F(StripeVoidTest, CancelsARefundThatWaitsForTheCustomer) {
  const VoidRequest request{PaymentId("pi_1"), RefundId("re_1"), {}};
  Refund waiting;
  waiting.status = "requires_action";
  Refund over;
  over.status = "canceled";
  given(waiting.json());
  given(over.json());
  const OperationResult result = run(adapter_->void_payment(request, context_));
  EXPECT_EQ(result.outcome, Outcome::succeeded);
  EXPECT_EQ(result.refund_state, RefundState::canceled);
  EXPECT_EQ(result.money_moved, MoneyMoved::no);
  EXPECT_EQ(moves().at(0).path(), "/v1/refunds/re_1/cancel");

  given(Refund{}.json());
  given(error(400, R"("message":"Canceling this refund is unsupported.")"));
  const OperationResult refused = run(adapter_->void_payment(request, context_));
  expect_failed(refused, ErrorCode::unsupported_operation, NextAction::manual_portal);
  EXPECT_EQ(refused.next_step.url, "https://dashboard.stripe.com/test/payments/pi_1");
}

class StripeReverseTest : public StripeVoidTest {};

TEST_F(StripeReverseTest, VoidsWhatIsOnlyAuthorizedUnderTheVoidsKey) {
  given_payment(authorized());
  given(canceled().json());
  const OperationResult result = reverse();
  EXPECT_EQ(result.operation, Operation::void_payment);
  EXPECT_EQ(result.key, IdempotencyKey("V1"));
  EXPECT_EQ(moves().at(0).wire_key, "rfk-V1-0");
}

TEST_F(StripeReverseTest, NeverWidensAPartToAVoid) {
  request_.amount = money("10.00");
  given_payment(authorized());
  expect_failed(reverse(), ErrorCode::not_captured, NextAction::void_instead);
  EXPECT_TRUE(moves().empty());

  request_.amount = money("49.99");
  given_payment(authorized());
  given(canceled().json());
  EXPECT_EQ(reverse().outcome, Outcome::succeeded);
}

TEST_F(StripeReverseTest, RefundsWhatWasCaptured) {
  given_payment({});
  given(Refund{}.json());
  EXPECT_EQ(reverse().operation, Operation::refund);
}

TEST_F(StripeReverseTest, RefundsThePartTakenAndCancelsTheRest) {
  Intent intent = authorized();
  intent.received = 1000;
  intent.capturable = 3999;
  given_payment(intent);
  Refund part;
  part.amount = 1000;
  given(part.json());
  Intent after = intent;
  after.status = "succeeded";
  after.capturable = 0;
  given(after.json());
  const OperationResult result = reverse();
  EXPECT_EQ(result.outcome, Outcome::succeeded);
  EXPECT_EQ(result.money_moved, MoneyMoved::yes);
  ASSERT_EQ(result.steps.size(), 2U);
  EXPECT_EQ(result.steps[0].amount, money("10.00"));
  EXPECT_EQ(result.steps[1].operation, Operation::void_payment);
  ASSERT_EQ(moves().size(), 2U);
  EXPECT_EQ(moves()[1].wire_key, "rfk-K1-0-rest");
}

TEST_F(StripeReverseTest, TheWorstOfItsStepsIsItsOutcome) {
  Intent intent = authorized();
  intent.received = 1000;
  intent.capturable = 3999;
  given_payment(intent);
  Refund part;
  part.amount = 1000;
  given(part.json());
  given(Answer{TransportFailure{ErrorCode::timeout, refundkit::Sent::maybe, "late"}});
  const OperationResult result = reverse();
  EXPECT_EQ(result.outcome, Outcome::unknown);
  EXPECT_EQ(result.money_moved, MoneyMoved::yes);
  EXPECT_EQ(result.error->message.rfind("The refund of 10.00 EUR (re_1) happened; only whether", 0),
            0U);

  given_payment(intent);
  given(part.json());
  given(answer(400, R"({"error":{"code":"charge_disputed","message":"m"}})"));
  const OperationResult refused = reverse();
  EXPECT_EQ(refused.outcome, Outcome::failed);
  EXPECT_EQ(refused.money_moved, MoneyMoved::yes);
  EXPECT_EQ(refused.error->message.rfind("The refund of 10.00 EUR (re_1) happened; only releasing "
                                         "the rest did not happen: ",
                                         0),
            0U);
}

class StripeResolveTest : public StripeVoidTest {
 protected:
  static Refund ours() {
    Refund refund;
    refund.key = "K1";
    return refund;
  }
};

TEST_F(StripeResolveTest, FindsTheRefundByItsKey) {
  given_payment({}, {ours()});
  const OperationResult result = resolve();
  EXPECT_EQ(result.outcome, Outcome::succeeded);
  EXPECT_EQ(result.operation, Operation::refund);
  EXPECT_EQ(result.refund, RefundId("re_1"));
  EXPECT_TRUE(moves().empty());
}

TEST_F(StripeResolveTest, AnAbsentRefundProvesNothingYet) {
  given_payment({}, {Refund{"re_0", 4999}});
  const OperationResult result = resolve();
  EXPECT_EQ(result.outcome, Outcome::unknown);
  EXPECT_EQ(result.next_step.action, NextAction::resolve);
  EXPECT_EQ(result.next_step.at, context_.now + std::chrono::seconds(80));
}

TEST_F(StripeResolveTest, TwoRefundsUnderOneKeyAreForAPerson) {
  Refund second = ours();
  second.id = "re_2";
  given_payment({}, {second, ours()});
  const OperationResult result = resolve();
  EXPECT_EQ(result.outcome, Outcome::unknown);
  EXPECT_EQ(result.next_step.action, NextAction::contact_provider);
}

TEST_F(StripeResolveTest, AnotherAmountUnderTheKeyIsReported) {
  request_.amount = money("5.00");
  given_payment({}, {ours()});
  const OperationResult result = resolve();
  EXPECT_EQ(result.outcome, Outcome::unknown);
  EXPECT_EQ(result.error->code, ErrorCode::idempotency_conflict);
  EXPECT_EQ(result.next_step.action, NextAction::resolve);
}

TEST_F(StripeResolveTest, ThePaymentsStateSettlesAVoid) {
  given_payment(canceled());
  OperationResult result = resolve();
  EXPECT_EQ(result.outcome, Outcome::succeeded);
  EXPECT_EQ(result.operation, Operation::void_payment);
  EXPECT_EQ(result.money_moved, MoneyMoved::no);

  given_payment(authorized());
  result = resolve();
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_EQ(result.next_step.action, NextAction::retry_later);
}

TEST_F(StripeResolveTest, WithoutAReadingItStaysUnknown) {
  given(error(503, R"("message":"m")"));
  EXPECT_EQ(resolve().outcome, Outcome::unknown);
  given(error(401, R"("message":"Invalid API Key provided: sk_test_x")"));
  const OperationResult result = resolve();
  EXPECT_EQ(result.outcome, Outcome::unknown);
  EXPECT_EQ(result.next_step.action, NextAction::fix_credentials);
}

}  // namespace
}  // namespace refundkit_testing
