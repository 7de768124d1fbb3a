#include "refundkit/simulation/digest.hpp"
#include "simulated_stripe.hpp"

namespace refundkit::simulation {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class StripeSimulatorPaymentTest : public SimulatedStripe {};

TEST_F(StripeSimulatorPaymentTest, EachStateIsStripesOwnWord) {
  EXPECT_EQ(get("/v1/payment_intents/" + authorized()).at("status"), "requires_capture");
  EXPECT_EQ(get("/v1/payment_intents/" + captured()).at("status"), "succeeded");
  const std::string settled = pay({"1.00", "EUR", "wallet", "settled", ""});
  EXPECT_EQ(get("/v1/payment_intents/" + settled).at("status"), "succeeded");
  EXPECT_EQ(truth(authorized()).at("state"), "authorized");
  EXPECT_EQ(truth(authorized()).at("captured"), "0.00");
}

TEST_F(StripeSimulatorPaymentTest, ExpandsTheChargeAndItsBooking) {
  const std::string path = "/v1/payment_intents/" + captured();
  EXPECT_THAT(get(path).at("latest_charge"), StartsWith("ch_"));
  const Said said = get(path, "expand%5B%5D=latest_charge.balance_transaction");
  EXPECT_EQ(said.at("latest_charge.object"), "charge");
  EXPECT_EQ(said.at("latest_charge.balance_transaction.status"), "pending");
  EXPECT_EQ(said.at("latest_charge.amount_captured"), "4000");
  EXPECT_EQ(get(path, "expand[]=nonsense").status, 400);
  EXPECT_EQ(get(path, "expand[]=latest_charge.refunds").at("latest_charge.refunds.has_more"),
            "false");
}

TEST_F(StripeSimulatorPaymentTest, CancelReleasesTheAuthorizationAndMovesNoMoney) {
  const std::string payment = authorized();
  const Said said = post("/v1/payment_intents/" + payment + "/cancel",
                         {{"cancellation_reason", "requested_by_customer"}});
  EXPECT_EQ(said.status, 200);
  EXPECT_EQ(said.at("status"), "canceled");
  EXPECT_EQ(said.at("amount_received"), "0");
  EXPECT_EQ(said.at("amount_capturable"), "0");
  EXPECT_EQ(said.at("cancellation_reason"), "requested_by_customer");
  EXPECT_EQ(truth(payment).at("voided"), "true");
  EXPECT_EQ(truth(payment).at("money_moved"), "[]");
  EXPECT_EQ(truth(payment).at("refunds"), "[]");

  const Said list = get("/v1/refunds", "payment_intent=" + payment);
  EXPECT_EQ(list.count(), 1U);
  EXPECT_EQ(list.at("data.0.destination_details.card.type"), "reversal");
  EXPECT_THAT(event_types(), ElementsAre("payment_intent.canceled"));
}

TEST_F(StripeSimulatorPaymentTest, CancelIsRefusedAfterCaptureWithTheWholeIntent) {
  const std::string payment = captured();
  const Said said = cancel(payment);
  EXPECT_EQ(said.status, 400);
  EXPECT_EQ(said.at("error.code"), "payment_intent_unexpected_state");
  EXPECT_EQ(said.at("error.payment_intent.id"), payment);
  EXPECT_EQ(said.at("error.payment_intent.status"), "succeeded");
  EXPECT_THAT(said.at("error.message"),
              HasSubstr("You cannot cancel this PaymentIntent because it has a status of "
                        "succeeded."));
}

TEST_F(StripeSimulatorPaymentTest, ASecondCancelIsRefused) {
  const std::string payment = authorized();
  cancel(payment, "k1");
  EXPECT_THAT(cancel(payment, "k2").at("error.message"), HasSubstr("a status of canceled."));
}

TEST_F(StripeSimulatorPaymentTest, CancelTakesNoAmount) {
  const std::string payment = authorized();
  EXPECT_EQ(post("/v1/payment_intents/" + payment + "/cancel", {{"amount", "100"}}).status, 400);
  EXPECT_EQ(truth(payment).at("voided"), "false");
}

TEST_F(StripeSimulatorPaymentTest, CancelAfterAPartCaptureReleasesOnlyTheRest) {
  const std::string payment = authorized("sim:multicapture");
  const Said said = cancel(payment);
  EXPECT_EQ(said.at("status"), "canceled");
  EXPECT_EQ(said.at("amount_received"), "2000");
  EXPECT_EQ(truth(payment).at("voided"), "false");
  EXPECT_EQ(truth(payment).at("captured"), "20.00");
}

TEST_F(StripeSimulatorPaymentTest, AnAuthorizationLapsesAfterSevenDays) {
  const std::string payment = authorized();
  pass(hours(7 * 24));
  const Said said = get("/v1/payment_intents/" + payment);
  EXPECT_EQ(said.at("status"), "canceled");
  EXPECT_EQ(said.at("cancellation_reason"), "expired");
  EXPECT_EQ(truth(payment).at("state"), "expired");
  EXPECT_EQ(truth(payment).at("voided"), "false");
  EXPECT_EQ(get("/v1/refunds", "payment_intent=" + payment).at("data.0.reason"),
            "expired_uncaptured_charge");
  EXPECT_THAT(event_types(), ElementsAre("charge.expired", "payment_intent.canceled"));
}

TEST_F(StripeSimulatorPaymentTest, ListsNewestFirstPageByPage) {
  const std::string payment = captured();
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(refund(payment, "100").at("id"));
  const std::string filter = "payment_intent=" + payment;
  const Said first = get("/v1/refunds", filter + "&limit=2");
  EXPECT_EQ(first.at("has_more"), "true");
  EXPECT_EQ(first.at("url"), "/v1/refunds");
  EXPECT_EQ(first.at("data.0.id"), ids[4]);
  const Said second = get("/v1/refunds", filter + "&limit=2&starting_after=" + ids[3]);
  EXPECT_EQ(second.at("data.0.id"), ids[2]);
  const Said last = get("/v1/refunds", filter + "&limit=2&starting_after=" + ids[1]);
  EXPECT_EQ(last.at("has_more"), "false");
  EXPECT_EQ(last.count(), 1U);
  const Said before = get("/v1/refunds", filter + "&limit=2&ending_before=" + ids[1]);
  EXPECT_EQ(before.at("data.0.id"), ids[3]);
}

TEST_F(StripeSimulatorPaymentTest, ListsRefuseBadPaging) {
  EXPECT_EQ(get("/v1/refunds", "limit=0").status, 400);
  EXPECT_EQ(get("/v1/refunds", "limit=101").status, 400);
  const Said cursor = get("/v1/refunds", "starting_after=re_nobody");
  EXPECT_EQ(cursor.status, 400);
  EXPECT_EQ(cursor.at("error.code"), "resource_missing");
}

TEST_F(StripeSimulatorPaymentTest, AFilterNobodyKnowsIsAnEmptyList) {
  const Said said = get("/v1/refunds", "payment_intent=pi_nobody");
  EXPECT_EQ(said.status, 200);
  EXPECT_EQ(said.count(), 0U);
}

TEST_F(StripeSimulatorPaymentTest, EventsAreSignedAsTheSheetSays) {
  const std::string payment = captured();
  const Said made = refund(payment, "100", "key-1");
  const std::vector<Event> events = stripe_->events(now_);
  ASSERT_EQ(events.size(), 2U);
  const Event& event = events[0];
  const std::string time = std::to_string(unix_seconds(now_));
  EXPECT_EQ(event.headers[1].first, "Stripe-Signature");
  EXPECT_EQ(
      event.headers[1].second,
      "t=" + time + ",v1=" + hmac_sha256_hex("whsec_refundkit_sandbox", time + "." + event.body));
  const Json body = *Json::parse(event.body);
  EXPECT_EQ(*body.find_string("object"), "event");
  EXPECT_EQ(*body.find("request")->find_string("idempotency_key"), "key-1");
  EXPECT_EQ(*body.find("data")->find("object")->find_string("id"), made.at("id"));
}

TEST_F(StripeSimulatorPaymentTest, TheSignatureIsTheSheetsTestVector) {
  const std::string body =
      R"({"id":"evt_1RkRefundFailed0001","object":"event","api_version":"2026-07-29.dahlia",)"
      R"("created":1785599998,"data":{"object":{"id":"re_3RkTest0001","object":"refund",)"
      R"("amount":1500,"currency":"eur","status":"failed",)"
      R"("failure_reason":"expired_or_canceled_card","payment_intent":"pi_3RkTest0001",)"
      R"("metadata":{"refundkit_ref":"R-1001"}}},"livemode":false,"pending_webhooks":1,)"
      R"("request":{"id":null,"idempotency_key":null},"type":"refund.failed"})";
  EXPECT_EQ(hmac_sha256_hex("whsec_refundkit_test_9f2c1b7a4d", "1785600000." + body),
            "5f8c0c048eadfb5b99ed6787851f421eaa6a246baa1dc9b5c8f524ab5adfd21f");
}

TEST_F(StripeSimulatorPaymentTest, EventsCanBeListedForThirtyDays) {
  refund(captured(), "100", "key-1");
  const Said said = get("/v1/events", "type=refund.created");
  EXPECT_EQ(said.count(), 1U);
  EXPECT_EQ(said.at("data.0.request.idempotency_key"), "key-1");
  pass(hours(31 * 24));
  EXPECT_EQ(get("/v1/events", "type=refund.created").count(), 0U);
}

TEST_F(StripeSimulatorPaymentTest, FaultStatusesHaveStripesErrorBody) {
  const Request request = post_request("/v1/refunds", {}, "k");
  for (const int status : {400, 401, 402, 403, 404, 409, 418, 424, 429, 500, 503}) {
    const Response response = stripe_->refusal(request, status);
    EXPECT_EQ(response.status, status);
    EXPECT_NE(Json::parse(response.body)->find("error"), nullptr) << status;
  }
}

TEST_F(StripeSimulatorPaymentTest, OperationsAreNamedForFaultScripts) {
  const auto operation = [&](const char* method, const char* path) {
    return stripe_->operation({method, path, "", {}, ""});
  };
  EXPECT_EQ(operation("POST", "/v1/refunds"), "refund");
  EXPECT_EQ(operation("POST", "/v1/payment_intents/pi_1/cancel"), "void");
  EXPECT_EQ(operation("GET", "/v1/refunds"), "query");
  EXPECT_EQ(operation("GET", "/v1/payment_intents/pi_1"), "query");
  EXPECT_EQ(operation("POST", "/v1/refunds/re_1"), "other");
}

TEST_F(StripeSimulatorPaymentTest, ResetForgetsAll) {
  const std::string payment = captured();
  refund(payment, "100", "k");
  stripe_->reset();
  EXPECT_FALSE(stripe_->truth(payment).has_value());
  EXPECT_THAT(event_types(), ElementsAre());
}

}  // namespace
}  // namespace refundkit::simulation
