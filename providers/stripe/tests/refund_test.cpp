#include <gmock/gmock.h>

#include "refund_driver.hpp"

namespace refundkit_testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class StripeRefundTest : public RefundDriver {};

TEST_F(StripeRefundTest, AFullRefundReadsWhatIsLeftAndSendsThatAmount) {
  Intent intent;
  intent.amount_refunded = 1500;
  given_payment(intent, {Refund{"re_0", 1500}});
  given(Refund{"re_2", 3499}.json());
  const OperationResult result = refund();

  EXPECT_EQ(result.outcome, Outcome::succeeded);
  EXPECT_EQ(result.operation, Operation::refund);
  EXPECT_EQ(result.money_moved, MoneyMoved::yes);
  EXPECT_EQ(result.amount, money("34.99"));
  EXPECT_EQ(result.refunded, money("49.99"));
  EXPECT_EQ(result.refundable, money("0.00"));
  EXPECT_EQ(result.payment_state, PaymentState::refunded);
  EXPECT_EQ(result.refund, RefundId("re_2"));
  EXPECT_EQ(result.request_id, "req_1");
  ASSERT_EQ(sent_.size(), 3U);
  EXPECT_EQ(sent_[0].path(), "/v1/payment_intents/pi_1?expand%5B%5D=latest_charge");
  EXPECT_EQ(sent_[1].path(), "/v1/refunds?payment_intent=pi_1&limit=100");
  EXPECT_EQ(sent_[2].path(), "/v1/refunds");
  EXPECT_EQ(sent_[2].field("amount"), "3499");
}

TEST_F(StripeRefundTest, SendsTheAmountTheKeyTheVersionAndTheMetadata) {
  request_.amount = money("15.00");
  request_.terms.reason = Reason::requested_by_customer;
  request_.terms.reference = Reference("RMA 7");
  request_.terms.note = "a private note";
  request_.terms.actor = "ann";
  given_payment({});
  given(Refund{"re_2", 1500}.json());
  const OperationResult result = refund();

  EXPECT_EQ(result.operation, Operation::partial_refund);
  EXPECT_EQ(result.payment_state, PaymentState::partially_refunded);
  EXPECT_EQ(result.refundable, money("34.99"));
  const Sent post = moves().at(0);
  EXPECT_EQ(post.field("payment_intent"), "pi_1");
  EXPECT_EQ(post.field("amount"), "1500");
  EXPECT_EQ(post.field("reason"), "requested_by_customer");
  EXPECT_EQ(post.field("metadata[refundkit_ref]"), "K1");
  EXPECT_EQ(post.field("metadata[refundkit_epoch]"), "0");
  EXPECT_EQ(post.field("metadata[refundkit_fingerprint]"), request_fingerprint(request_));
  EXPECT_EQ(post.field("metadata[reference]"), "RMA 7");
  EXPECT_EQ(post.wire_key, "rfk-K1-0");
  EXPECT_EQ(*find_header(post.request.headers, "Idempotency-Key"), "rfk-K1-0");
  EXPECT_EQ(*find_header(post.request.headers, "Stripe-Version"), "2026-07-29.dahlia");
  EXPECT_THAT(*find_header(post.request.headers, "User-Agent"), HasSubstr("refundkit/"));
  EXPECT_EQ(post.request.delivery, Delivery::at_most_once);
  EXPECT_THAT(post.request.body, Not(HasSubstr("private")));
  EXPECT_THAT(post.request.body, Not(HasSubstr("ann")));
}

TEST_F(StripeRefundTest, CarriesTheKeyAsASlotOnly) {
  given_payment({});
  given(Refund{}.json());
  (void)refund();
  for (const Sent& sent : sent_) {
    EXPECT_EQ(*find_header(sent.request.headers, "Authorization"), "Bearer ");
    ASSERT_EQ(sent.request.credentials.size(), 1U);
    EXPECT_EQ(sent.request.credentials[0].offset, 7U);
    EXPECT_EQ(adapter_->credential(sent.request.credentials[0].name)->reveal(), "sk_test_abc");
  }
  EXPECT_FALSE(adapter_->credential("other"));
}

TEST_F(StripeRefundTest, AReasonThatStripeHasNoWordForIsNotSent) {
  request_.terms.reason = Reason::other;
  given_payment({});
  given(Refund{}.json());
  (void)refund();
  EXPECT_EQ(moves().at(0).field("reason"), "(absent)");
}

TEST_F(StripeRefundTest, ConnectOptionsGoOnTheWire) {
  stripe::Options options{Secret("sk_test_abc")};
  options.account = "acct_1";
  options.reverse_transfer = true;
  options.refund_application_fee = true;
  connect(std::move(options));
  given_payment({});
  given(Refund{}.json());
  (void)refund();
  EXPECT_EQ(moves().at(0).field("reverse_transfer"), "true");
  EXPECT_EQ(moves().at(0).field("refund_application_fee"), "true");
  for (const Sent& sent : sent_) {
    EXPECT_EQ(*find_header(sent.request.headers, "Stripe-Account"), "acct_1");
  }
}

TEST_F(StripeRefundTest, AHandedSnapshotSavesTheReading) {
  given_payment({});
  request_.snapshot = *run(adapter_->read_payment(request_.payment));
  sent_.clear();
  given(Refund{}.json());
  EXPECT_EQ(refund().outcome, Outcome::succeeded);
  EXPECT_EQ(sent_.size(), 1U);
}

TEST_F(StripeRefundTest, ASnapshotOfAnotherPaymentIsNotBelieved) {
  PaymentSnapshot other;
  other.payment = PaymentId("pi_2");
  request_.snapshot = other;
  given_payment({});
  given(Refund{}.json());
  EXPECT_EQ(refund().outcome, Outcome::succeeded);
  EXPECT_EQ(sent_.size(), 3U);
}

TEST_F(StripeRefundTest, ReadsEveryPageOfTheList) {
  request_.amount = money("1.00");
  Intent intent;
  intent.amount_refunded = 4000;
  given(intent.json());
  given(list({Refund{"re_9", 2000}}, true));
  given(list({Refund{"re_8", 2000}}));
  given(Refund{"re_2", 100}.json());
  EXPECT_EQ(refund().refundable, money("8.99"));
  EXPECT_THAT(sent_.at(2).path(), HasSubstr("starting_after=re_9"));
}

TEST_F(StripeRefundTest, AListThatNeverEndsIsRefused) {
  given(Intent{}.json());
  given(list({}, true));
  expect_nothing_sent(refund(), ErrorCode::malformed_response, NextAction::retry_later);
}

TEST_F(StripeRefundTest, EveryRefundStateHasItsOutcome) {
  struct Case {
    const char* status;
    const char* more;
    Outcome outcome;
    MoneyMoved moved;
    NextAction next;
  };
  for (const Case& each :
       {Case{"succeeded", "", Outcome::succeeded, MoneyMoved::yes, NextAction::none},
        Case{"pending", ",\"pending_reason\":\"insufficient_funds\"", Outcome::pending,
             MoneyMoved::yes, NextAction::add_funds},
        Case{"pending", "", Outcome::pending, MoneyMoved::yes, NextAction::wait_until},
        Case{"requires_action", "", Outcome::requires_action, MoneyMoved::yes,
             NextAction::wait_until},
        Case{"failed", ",\"failure_reason\":\"insufficient_funds\"", Outcome::failed,
             MoneyMoved::no, NextAction::add_funds},
        Case{"canceled", ",\"failure_reason\":\"merchant_request\"", Outcome::failed,
             MoneyMoved::no, NextAction::none},
        Case{"new_word", "", Outcome::pending, MoneyMoved::yes, NextAction::wait_until}}) {
    given_payment({});
    Refund told;
    told.status = each.status;
    told.more = each.more;
    given(told.json());
    const OperationResult result = refund();
    EXPECT_EQ(result.outcome, each.outcome) << each.status;
    EXPECT_EQ(result.money_moved, each.moved) << each.status;
    EXPECT_EQ(result.next_step.action, each.next) << each.status;
    EXPECT_EQ(result.error.has_value(),
              each.outcome == Outcome::failed || each.outcome == Outcome::requires_action);
  }
}

TEST_F(StripeRefundTest, TellsTheDeadlineTheBankReferenceAndTheArrival) {
  given_payment({});
  Refund told;
  told.status = "requires_action";
  told.more = ",\"next_action\":{\"display_details\":{\"expires_at\":1789488201}}";
  given(told.json());
  const OperationResult waiting = refund();
  ASSERT_TRUE(waiting.next_step.at);
  EXPECT_EQ(to_rfc3339(*waiting.next_step.at), "2026-09-15T16:03:21Z");

  given_payment({});
  told = Refund{};
  told.more =
      ",\"destination_details\":{\"type\":\"card\",\"card\":{\"type\":\"refund\",\"reference\":"
      "\"ARN123\",\"reference_status\":\"available\"}}";
  given(told.json());
  const OperationResult done = refund();
  EXPECT_EQ(done.bank_reference, "ARN123");
  ASSERT_TRUE(done.expected_arrival);
  // 2026-08-01 is a Saturday: ten business days later is Friday the 14th.
  EXPECT_EQ(to_rfc3339(*done.expected_arrival).substr(0, 10), "2026-08-14");
}

TEST_F(StripeRefundTest, AnAnswerAboutAnotherAmountCurrencyOrPaymentIsUnknown) {
  Refund other_amount;
  other_amount.amount = 4998;
  Refund other_currency;
  other_currency.currency = "usd";
  std::string other_payment = Refund{}.json();
  other_payment.replace(other_payment.find("pi_1"), 4, "pi_9");
  for (const std::string& body : {other_amount.json(), other_currency.json(), other_payment}) {
    given_payment({});
    given(body);
    const OperationResult result = refund();
    EXPECT_EQ(result.outcome, Outcome::unknown);
    EXPECT_EQ(result.money_moved, MoneyMoved::unknown);
    EXPECT_EQ(result.error->code, ErrorCode::malformed_response);
    EXPECT_EQ(result.next_step.action, NextAction::resolve);
  }
}

TEST_F(StripeRefundTest, ALostAnswerIsUnknownAndAnUnsentRequestIsNot) {
  given_payment({});
  given(Answer{TransportFailure{ErrorCode::timeout, refundkit::Sent::maybe, "late"}});
  OperationResult result = refund();
  EXPECT_EQ(result.outcome, Outcome::unknown);
  EXPECT_EQ(result.error->code, ErrorCode::timeout);
  EXPECT_EQ(result.next_step.action, NextAction::resolve);

  given_payment({});
  given(Answer{TransportFailure{ErrorCode::network_error, refundkit::Sent::nothing, "refused"}});
  result = refund();
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_EQ(result.next_step.action, NextAction::retry_later);
  EXPECT_EQ(result.amount, money("49.99"));
}

TEST_F(StripeRefundTest, TheGatesNoIsAFailure) {
  given_payment({});
  given(Answer{Error{ErrorCode::policy_denied, "over the limit"}});
  const OperationResult result = refund();
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_EQ(result.error->code, ErrorCode::policy_denied);
}

TEST_F(StripeRefundTest, AnApprovalRequestWaitsForAPerson) {
  given_payment({});
  given(error(400, R"("code":"approval_required","type":"invalid_request_error","message":"m",)"
                   R"("approval_request":{"id":"apreq_1","dashboard_url":"https://x.test/a"})"));
  const OperationResult result = refund();
  EXPECT_EQ(result.outcome, Outcome::requires_action);
  EXPECT_EQ(result.error->code, ErrorCode::permission_denied);
  EXPECT_EQ(result.next_step.url, "https://x.test/a");
  EXPECT_EQ(result.money_moved, MoneyMoved::no);
}

TEST_F(StripeRefundTest, AnApprovalAskedForOnARepeatSaysNothingAboutTheFirstTry) {
  const std::string asked =
      R"("code":"approval_required","type":"invalid_request_error","message":"m")";
  given_payment({});
  given_after_doubt(error(400, asked));
  given(list({ours()}));
  EXPECT_EQ(refund().outcome, Outcome::succeeded);

  given_payment({});
  given_after_doubt(error(400, asked));
  given(list({}));
  const OperationResult open = refund();
  EXPECT_EQ(open.outcome, Outcome::unknown);
  EXPECT_EQ(open.money_moved, MoneyMoved::unknown);
}

TEST_F(StripeRefundTest, AnUnknownCodeIsFailedOnlyAfterALook) {
  given_payment({});
  given(error(400, R"("code":"brand_new","message":"m")"));
  given(list({}));
  OperationResult result = refund();
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_EQ(result.error->code, ErrorCode::unclassified);
  EXPECT_EQ(result.error->provider_code, "brand_new");
  EXPECT_EQ(result.error->provider_message, "m");

  given_payment({});
  given(error(400, R"("code":"brand_new","message":"m")"));
  given(list({ours()}));
  EXPECT_EQ(refund().outcome, Outcome::succeeded);
}

TEST_F(StripeRefundTest, WhatThePortalMustDoNamesThePortal) {
  given_payment({});
  given(error(400, R"("code":"charge_not_refundable","message":"m")"));
  EXPECT_EQ(refund().next_step.url, "https://dashboard.stripe.com/test/payments/pi_1");

  stripe::Options live{Secret("rk_live_abc")};
  live.account = "acct_1";
  connect(std::move(live));
  given_payment({});
  given(error(400, R"("code":"charge_not_refundable","message":"m")"));
  EXPECT_EQ(refund().next_step.url, "https://dashboard.stripe.com/acct_1/payments/pi_1");
}

TEST_F(StripeRefundTest, AFailedReadingSendsNothing) {
  given(error(500, R"("type":"api_error","message":"m")"));
  expect_nothing_sent(refund(), ErrorCode::provider_unavailable, NextAction::retry_later);
  given(error(404, R"("code":"resource_missing","param":"intent","message":"No such payment")"));
  expect_nothing_sent(refund(), ErrorCode::payment_not_found, NextAction::fix_request);
  given(Answer{TransportFailure{ErrorCode::timeout, refundkit::Sent::maybe, "late"}});
  expect_nothing_sent(refund(), ErrorCode::timeout, NextAction::retry_later);
}

TEST_F(StripeRefundTest, HostileIdsAndAmountsNeverLeave) {
  for (const std::string& id :
       {std::string(), std::string("pi_"), std::string("../../v1/charges"),
        std::string("pi_1\r\nX: y"), std::string("pi_1\0", 5), std::string("re_1"),
        "pi_" + std::string(10'000, 'a'), std::string("pi_1/cancel"), std::string("pi_1?x=1")}) {
    request_.payment = PaymentId(id);
    expect_nothing_sent(refund(), ErrorCode::invalid_request, NextAction::fix_request);
    expect_nothing_sent(void_it(), ErrorCode::invalid_request, NextAction::fix_request);
    expect_nothing_sent(reverse(), ErrorCode::invalid_request, NextAction::fix_request);
    expect_nothing_sent(resolve(), ErrorCode::invalid_request, NextAction::fix_request);
    EXPECT_TRUE(sent_.empty());
  }
  request_.payment = PaymentId("pi_" + std::string(253, 'a'));
  EXPECT_TRUE(refund().error);
  request_.payment = PaymentId("pi_1");
  request_.amount = Money(0, *Currency::parse("EUR"));
  expect_nothing_sent(refund(), ErrorCode::amount_invalid, NextAction::fix_request);
  request_.amount = money("5.125", "KWD");
  expect_nothing_sent(refund(), ErrorCode::amount_invalid, NextAction::fix_request);
  EXPECT_TRUE(sent_.empty());
}

}  // namespace
}  // namespace refundkit_testing
