#include "simulated_stripe.hpp"

namespace refundkit::simulation {
namespace {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class StripeSimulatorRefundTest : public SimulatedStripe {};

TEST_F(StripeSimulatorRefundTest, AnswersTheRefundObjectInStripesKeyOrder) {
  const std::string payment = captured();
  const Said said = post("/v1/refunds", {{"payment_intent", payment},
                                         {"amount", "1500"},
                                         {"reason", "requested_by_customer"},
                                         {"metadata[refundkit_ref]", "R-1"}});
  EXPECT_EQ(said.status, 200);
  std::vector<std::string> keys;
  for (const auto& [name, value] : *said.body.members()) keys.push_back(name);
  EXPECT_THAT(
      keys, ElementsAre("id", "object", "amount", "balance_transaction", "charge", "created",
                        "currency", "customer", "customer_account", "destination_details",
                        "metadata", "payment_intent", "payment_method", "reason", "receipt_number",
                        "source_transfer_reversal", "status", "transfer_reversal"));
  EXPECT_THAT(said.at("id"), StartsWith("re_"));
  EXPECT_EQ(said.at("amount"), "1500");
  EXPECT_EQ(said.at("currency"), "usd");
  EXPECT_EQ(said.at("status"), "succeeded");
  EXPECT_EQ(said.at("metadata.refundkit_ref"), "R-1");
  EXPECT_EQ(said.at("destination_details.card.reference_status"), "pending");
  EXPECT_THAT(said.header("Request-Id"), StartsWith("req_"));
}

TEST_F(StripeSimulatorRefundTest, AMissingAmountMeansAllThatIsLeft) {
  const std::string payment = captured();
  refund(payment, "1500");
  EXPECT_EQ(post("/v1/refunds", {{"payment_intent", payment}}).at("amount"), "2500");
}

TEST_F(StripeSimulatorRefundTest, TruthCountsEachAcceptedRefundOnceWithItsKey) {
  const std::string payment = captured();
  const Said first = refund(payment, "1250", "key-1");
  refund(payment, "1250", "key-1");

  const Said truth = this->truth(payment);
  EXPECT_EQ(truth.at("state"), "partially_refunded");
  EXPECT_EQ(truth.at("captured"), "40.00");
  EXPECT_EQ(truth.at("refunded"), "12.50");
  EXPECT_EQ(truth.at("voided"), "false");
  EXPECT_EQ(truth.at("refunds.0.id"), first.at("id"));
  EXPECT_EQ(truth.at("refunds.0.key"), "key-1");
  EXPECT_EQ(truth.at("money_moved"), R"([{"at":"2026-11-22T09:00:00Z","amount":"12.50"}])");
}

TEST_F(StripeSimulatorRefundTest, RefusesMoreThanTheCharge) {
  const Said said = refund(captured(), "4001");
  EXPECT_EQ(said.status, 400);
  EXPECT_EQ(said.at("error.message"),
            "Refund amount ($40.01) is greater than charge amount ($40.00)");
  EXPECT_EQ(said.at("error.param"), "amount");
  EXPECT_EQ(said.at("error.code"), "absent");
}

TEST_F(StripeSimulatorRefundTest, RefusesMoreThanIsLeft) {
  const std::string payment = captured();
  refund(payment, "1000");
  const Said said = refund(payment, "4000");
  EXPECT_EQ(said.at("error.message"),
            "Refund amount ($40.00) is greater than unrefunded amount on charge ($30.00)");
  EXPECT_EQ(truth(payment).at("refunded"), "10.00");
}

TEST_F(StripeSimulatorRefundTest, RefusesWhatIsAlreadyRefunded) {
  const std::string payment = captured();
  refund(payment, "4000");
  const Said said = refund(payment, "1");
  EXPECT_EQ(said.status, 400);
  EXPECT_EQ(said.at("error.code"), "charge_already_refunded");
  EXPECT_EQ(said.at("error.message"),
            "Charge " + charge_of(payment) + " has already been refunded.");
}

TEST_F(StripeSimulatorRefundTest, PendingRefundsCountAgainstWhatIsLeft) {
  const std::string payment = captured("sim:pending");
  EXPECT_EQ(refund(payment, "3000").at("status"), "pending");
  EXPECT_EQ(refund(payment, "3000").status, 400);
  EXPECT_EQ(get("/v1/charges/" + charge_of(payment)).at("amount_refunded"), "0");
}

TEST_F(StripeSimulatorRefundTest, RefusesAnUncapturedPaymentAndNamesTheIntent) {
  const std::string payment = authorized();
  const std::string message =
      "This uncaptured Charge was created by a PaymentIntent (" + payment + ").";
  EXPECT_EQ(refund(payment, "100").at("error.message"), message);
  const Said by_charge = post("/v1/refunds", {{"charge", charge_of(payment)}});
  EXPECT_EQ(by_charge.at("error.message"), message);
  EXPECT_EQ(by_charge.at("error.code"), "absent");
}

TEST_F(StripeSimulatorRefundTest, RefusesAPaymentThatNeverSucceeded) {
  EXPECT_THAT(refund(captured("sim:declined"), "1").at("error.message"),
              HasSubstr("does not have a successful charge to refund."));
  const std::string voided = authorized();
  cancel(voided);
  EXPECT_THAT(refund(voided, "1").at("error.message"),
              HasSubstr("does not have a successful charge to refund."));
}

TEST_F(StripeSimulatorRefundTest, RefusesAChargebackButNotAnInquiry) {
  EXPECT_EQ(refund(captured("sim:dispute"), "1").at("error.code"), "charge_disputed");
  const std::string asked = captured("sim:inquiry");
  EXPECT_EQ(refund(asked, "1").status, 200);
  const Said disputes = get("/v1/disputes", "charge=" + charge_of(asked));
  EXPECT_EQ(disputes.at("data.0.status"), "warning_needs_response");
  EXPECT_EQ(disputes.at("data.0.is_charge_refundable"), "true");
}

TEST_F(StripeSimulatorRefundTest, TellsOfTheBalanceInMessageCodeOnly) {
  const Said said = refund(captured("sim:no-balance"), "1");
  EXPECT_EQ(said.at("error.message_code"), "insufficient_balance_for_refund");
  EXPECT_EQ(said.at("error.code"), "absent");
}

TEST_F(StripeSimulatorRefundTest, ReleasesAChargeWithoutIntentAsAWholeOnly) {
  const std::string charge = authorized("sim:charge");
  EXPECT_EQ(post("/v1/refunds", {{"charge", charge}, {"amount", "1"}}).at("error.message"),
            "You cannot partially refund an uncaptured charge.");
  EXPECT_EQ(post("/v1/refunds", {{"charge", charge}}).at("status"), "succeeded");
  EXPECT_EQ(get("/v1/charges/" + charge).at("refunded"), "true");
  EXPECT_EQ(truth(charge).at("money_moved"), "[]");
  EXPECT_EQ(truth(charge).at("voided"), "true");
}

TEST_F(StripeSimulatorRefundTest, BankRefundsStartPendingAndSucceedByTheClock) {
  const std::string payment = pay({"40.00", "EUR", "bank", "captured", ""});
  const Said said = refund(payment, "4000");
  EXPECT_EQ(said.at("status"), "pending");
  EXPECT_EQ(said.at("pending_reason"), "charge_pending");
  EXPECT_EQ(said.at("balance_transaction"), "null");
  EXPECT_EQ(truth(payment).at("refunded"), "40.00");

  pass(hours(24));
  const Said later = get("/v1/refunds/" + said.at("id"));
  EXPECT_EQ(later.at("status"), "succeeded");
  EXPECT_EQ(later.at("pending_reason"), "absent");
  EXPECT_THAT(event_types(), ElementsAre("refund.created", "refund.updated", "charge.refunded"));
}

TEST_F(StripeSimulatorRefundTest, LateFailureTakesTheMoneyBackAndLeavesAmountRefunded) {
  const std::string payment = captured();
  const Said said = send(post_request("/v1/refunds", {{"payment_intent", payment}}), {true, false});
  EXPECT_EQ(said.at("status"), "succeeded");
  EXPECT_EQ(truth(payment).at("refunded"), "40.00");

  pass(hours(2));
  const Said failed = get("/v1/refunds/" + said.at("id"));
  EXPECT_EQ(failed.at("status"), "failed");
  EXPECT_EQ(failed.at("failure_reason"), "expired_or_canceled_card");
  EXPECT_THAT(failed.at("failure_balance_transaction"), StartsWith("txn_"));
  EXPECT_EQ(truth(payment).at("refunded"), "0.00");
  EXPECT_EQ(truth(payment).at("money_moved.1"),
            R"({"at":"2026-11-22T10:00:00Z","amount":"-40.00"})");
  EXPECT_EQ(get("/v1/charges/" + charge_of(payment)).at("amount_refunded"), "4000");
  EXPECT_THAT(event_types(),
              ElementsAre("refund.created", "charge.refunded", "refund.updated", "refund.failed"));
  EXPECT_EQ(refund(payment, "4000").status, 200);
}

TEST_F(StripeSimulatorRefundTest, AHeldRefundMovesNothingUntilItIsApproved) {
  const std::string payment = captured();
  const Said said =
      send(post_request("/v1/refunds", {{"payment_intent", payment}}, "key-1"), {false, true});
  EXPECT_EQ(said.at("error.code"), "approval_required");
  EXPECT_THAT(said.at("error.approval_request.id"), StartsWith("apreq_"));
  EXPECT_EQ(truth(payment).at("refunded"), "0.00");

  pass(hours(24));
  EXPECT_EQ(truth(payment).at("refunded"), "40.00");
  EXPECT_EQ(truth(payment).at("refunds.0.key"), "key-1");
}

TEST_F(StripeSimulatorRefundTest, LowBalanceWaitsAndThenFails) {
  const std::string payment = captured("sim:low-balance");
  const Said said = refund(payment, "100");
  EXPECT_EQ(said.at("pending_reason"), "insufficient_funds");
  pass(hours(7 * 24));
  EXPECT_EQ(get("/v1/refunds/" + said.at("id")).at("failure_reason"), "insufficient_funds");
}

TEST_F(StripeSimulatorRefundTest, OnlyARefundThatNeedsTheCustomerCanBeCanceled) {
  const std::string payment = captured("sim:action");
  const Said waiting = refund(payment, "100");
  EXPECT_EQ(waiting.at("status"), "requires_action");
  EXPECT_EQ(waiting.at("next_action.type"), "display_details");
  const std::string path = "/v1/refunds/" + waiting.at("id");
  EXPECT_EQ(post(path + "/cancel", {}).at("status"), "canceled");
  EXPECT_EQ(get(path).at("failure_reason"), "merchant_request");
  EXPECT_EQ(truth(payment).at("refunded"), "0.00");

  const Said done = refund(captured(), "100");
  const Said refused = post("/v1/refunds/" + done.at("id") + "/cancel", {});
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.at("error.message"), "Canceling this refund is unsupported.");
}

TEST_F(StripeSimulatorRefundTest, TheBanksReferenceComesLater) {
  const Said said = refund(captured(), "100");
  const std::string path = "/v1/refunds/" + said.at("id");
  EXPECT_EQ(get(path).at("destination_details.card.reference"), "absent");
  pass(hours(72));
  EXPECT_EQ(get(path).at("destination_details.card.reference_status"), "available");
  EXPECT_NE(get(path).at("destination_details.card.reference"), "absent");
}

TEST_F(StripeSimulatorRefundTest, SpecialCurrenciesMustBeMultiples) {
  const std::string krona = pay({"500", "ISK", "card", "captured", ""});
  EXPECT_EQ(refund(krona, "150").at("error.code"), "invalid_charge_amount_no_decimal_compatible");
  EXPECT_EQ(refund(krona, "100").status, 200);
  EXPECT_EQ(truth(krona).at("refunded"), "1");

  const std::string dinar = pay({"5.120", "KWD", "card", "captured", ""});
  EXPECT_EQ(refund(dinar, "1001").at("error.param"), "amount");
  EXPECT_EQ(refund(dinar, "1010").status, 200);
  EXPECT_EQ(truth(dinar).at("refunded"), "1.010");

  const std::string yen = pay({"500", "JPY", "card", "captured", ""});
  EXPECT_EQ(refund(yen, "123").at("amount"), "123");
  EXPECT_EQ(truth(yen).at("refunded"), "123");
}

TEST_F(StripeSimulatorRefundTest, ConnectFlagsNeedATransfer) {
  const Form flags{{"payment_intent", captured()}, {"reverse_transfer", "true"}};
  EXPECT_EQ(post("/v1/refunds", flags).at("error.param"), "reverse_transfer");
  const Form allowed{{"payment_intent", captured("sim:connect")}, {"reverse_transfer", "true"}};
  EXPECT_THAT(post("/v1/refunds", allowed).at("transfer_reversal"), StartsWith("trr_"));
}

TEST_F(StripeSimulatorRefundTest, MulticaptureRefundsOnlyWhatWasTaken) {
  const std::string payment = authorized("sim:multicapture");
  EXPECT_EQ(get("/v1/payment_intents/" + payment).at("status"), "requires_capture");
  EXPECT_EQ(get("/v1/payment_intents/" + payment).at("amount_received"), "2000");
  EXPECT_EQ(refund(payment, "2001").status, 400);
  EXPECT_EQ(refund(payment, "2000").status, 200);
  EXPECT_EQ(get("/v1/charges/" + charge_of(payment)).at("captured"), "false");
}

TEST_F(StripeSimulatorRefundTest, PartialCaptureShowsItsReleaseAsARefund) {
  const std::string payment = captured("sim:partial-capture");
  const Said list = get("/v1/refunds", "payment_intent=" + payment);
  EXPECT_EQ(list.count(), 1U);
  EXPECT_EQ(list.at("data.0.amount"), "1000");
  EXPECT_EQ(truth(payment).at("refunds"), "[]");
  EXPECT_EQ(refund(payment, "3001").status, 400);
  EXPECT_EQ(refund(payment, "3000").status, 200);
}

}  // namespace
}  // namespace refundkit::simulation
