#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "operation_fixture.hpp"

namespace refundkit_tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class OperationTest : public OperationFixture {};

TEST_F(OperationTest, EveryFieldIsAlwaysThereInItsOrder) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  const Answer done = run("refund", payment);
  const Answer refused = run("refund", "../nothing");

  for (const Answer& answer : {done, refused}) {
    ASSERT_THAT(answer.objects(), SizeIs(1));
    const Json object = answer.objects().front();
    std::vector<std::string> names;
    for (const auto& [name, value] : *object.members()) names.push_back(name);
    EXPECT_THAT(
        names,
        ElementsAre("operation", "requested_operation", "provider", "account", "outcome", "final",
                    "sent", "money_moved", "queued_until", "payment_id", "refund_id",
                    "payment_state", "refund_state", "amount", "captured", "refunded", "refundable",
                    "error", "next_step", "plan", "steps", "bank_reference", "expected_arrival",
                    "idempotency_key", "reference", "request_id", "attempts", "occurred_at"));
  }
}

TEST_F(OperationTest, RefundGivesBackAllThatIsLeft) {
  const std::string payment = sandbox_.payment("40.00", "EUR");

  const Answer answer = run("refund", payment, {"--reference", "RMA-1"});

  EXPECT_EQ(answer.status, 0);
  expect_fields(answer, {{"operation", "refund"},
                         {"requested_operation", "refund"},
                         {"provider", "stripe"},
                         {"account", "default"},
                         {"outcome", "succeeded"},
                         {"final", "true"},
                         {"sent", "true"},
                         {"money_moved", "yes"},
                         {"payment_id", payment},
                         {"payment_state", "refunded"},
                         {"refund_state", "succeeded"},
                         {"amount.minor", "4000"},
                         {"amount.text", "40.00"},
                         {"refunded.text", "40.00"},
                         {"refundable.text", "0.00"},
                         {"error", "null"},
                         {"next_step.action", "none"},
                         {"plan", "null"},
                         {"reference", "RMA-1"},
                         {"attempts", "1"}});
  EXPECT_EQ(sandbox_.refunded(payment), "40.00");
  EXPECT_THAT(refund_ids(payment), ElementsAre(answer.at("refund_id")));
}

TEST_F(OperationTest, AmountMakesAPartialRefundAndTheNextRefundGivesTheRest) {
  const std::string payment = sandbox_.payment("40.00", "EUR");

  const Answer part = run("refund", payment, {"--amount", "12.50", "--currency", "eur"});
  expect_fields(part, {{"operation", "partial_refund"},
                       {"requested_operation", "refund"},
                       {"outcome", "succeeded"},
                       {"amount.minor", "1250"},
                       {"amount.currency", "EUR"},
                       {"payment_state", "partially_refunded"},
                       {"refundable.text", "27.50"}});
  EXPECT_EQ(sandbox_.refunded(payment), "12.50");

  expect_fields(run("refund", payment), {{"operation", "refund"}, {"amount.text", "27.50"}});
  EXPECT_EQ(sandbox_.refunded(payment), "40.00");
}

TEST_F(OperationTest, CurrenciesWithOtherDecimalsAreExact) {
  const std::string yen = sandbox_.payment("5000", "JPY");
  expect_fields(run("refund", yen, {"--amount", "1234", "--currency", "JPY"}),
                {{"outcome", "succeeded"}, {"amount.minor", "1234"}, {"amount.text", "1234"}});
  EXPECT_EQ(sandbox_.refunded(yen), "1234");
}

TEST_F(OperationTest, MoreThanIsLeftFailsAndNothingMoves) {
  const std::string payment = sandbox_.payment("40.00", "EUR");

  const Answer answer = run("refund", payment, {"--amount", "40.01", "--currency", "EUR"});

  EXPECT_EQ(answer.status, 4);
  expect_fields(answer, {{"outcome", "failed"},
                         {"error.code", "amount_exceeds_refundable"},
                         {"next_step.action", "fix_request"},
                         {"money_moved", "no"}});
  EXPECT_EQ(sandbox_.refunded(payment), "0.00");
}

TEST_F(OperationTest, OtherCurrencyThanThePaymentsFails) {
  const std::string payment = sandbox_.payment("40.00", "EUR");

  const Answer answer = run("refund", payment, {"--amount", "1.00", "--currency", "USD"});

  EXPECT_EQ(answer.status, 4);
  expect_fields(answer, {{"error.code", "currency_mismatch"}, {"money_moved", "no"}});
  EXPECT_EQ(sandbox_.refunded(payment), "0.00");
}

TEST_F(OperationTest, SecondFullRefundFailsAsAlreadyRefunded) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  run("refund", payment, {"--reference", "RMA-1"});

  const Answer answer = run("refund", payment, {"--reference", "RMA-2"});

  EXPECT_EQ(answer.status, 4);
  expect_fields(answer, {{"outcome", "failed"}, {"error.code", "already_refunded"}});
  EXPECT_EQ(sandbox_.refunded(payment), "40.00");
}

TEST_F(OperationTest, SameReferenceNeverPaysTwice) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  const Words words{"--amount", "12.50", "--currency", "EUR", "--reference", "RMA-1"};

  const Answer first = run("refund", payment, words);
  const Answer second = run("refund", payment, words);

  expect_fields(second, {{"outcome", "succeeded"},
                         {"refund_id", first.at("refund_id")},
                         {"idempotency_key", first.at("idempotency_key")}});
  EXPECT_EQ(sandbox_.refunded(payment), "12.50");
}

TEST_F(OperationTest, SameReferenceWithAnotherAmountIsAConflict) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  run("refund", payment, {"--amount", "12.50", "--currency", "EUR", "--reference", "RMA-1"});

  const Answer answer =
      run("refund", payment, {"--amount", "13.00", "--currency", "EUR", "--reference", "RMA-1"});

  expect_fields(answer, {{"error.code", "idempotency_conflict"}});
  EXPECT_NE(answer.status, 0);
  EXPECT_EQ(sandbox_.refunded(payment), "12.50");
}

TEST_F(OperationTest, VoidCancelsWhatIsOnlyAuthorized) {
  const std::string payment = sandbox_.payment("40.00", "EUR", "authorized");

  const Answer answer = run("void", payment);

  EXPECT_EQ(answer.status, 0);
  expect_fields(answer, {{"operation", "void_payment"},
                         {"requested_operation", "void"},
                         {"outcome", "succeeded"},
                         {"money_moved", "no"},
                         {"payment_state", "voided"}});
  EXPECT_EQ(value_at(sandbox_.truth(payment), "voided"), "true");
}

TEST_F(OperationTest, VoidOfACapturedPaymentSaysRefundInstead) {
  const std::string payment = sandbox_.payment("40.00", "EUR");

  const Answer answer = run("void", payment);

  EXPECT_EQ(answer.status, 4);
  expect_fields(answer, {{"outcome", "failed"},
                         {"error.code", "already_settled"},
                         {"next_step.action", "refund_instead"}});
  EXPECT_EQ(value_at(sandbox_.truth(payment), "voided"), "false");
}

TEST_F(OperationTest, RefundOfAnAuthorizedPaymentSaysVoidInstead) {
  const std::string payment = sandbox_.payment("40.00", "EUR", "authorized");

  const Answer answer = run("refund", payment);

  EXPECT_EQ(answer.status, 4);
  expect_fields(answer, {{"error.code", "not_captured"}, {"next_step.action", "void_instead"}});
}

TEST_F(OperationTest, QueryTellsHowThePaymentAndARefundStand) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  const Answer refund = run("refund", payment, {"--amount", "12.50", "--currency", "EUR"});

  const Answer whole = run("query", payment);
  EXPECT_EQ(whole.status, 0);
  expect_fields(whole, {{"operation", "query"},
                        {"outcome", "succeeded"},
                        {"sent", "false"},
                        {"payment_state", "partially_refunded"},
                        {"captured.text", "40.00"},
                        {"refunded.text", "12.50"},
                        {"refundable.text", "27.50"},
                        {"refund_id", "null"}});

  const Answer one = run("query", payment, {"--refund", refund.at("refund_id")});
  EXPECT_EQ(one.status, 0);
  expect_fields(one, {{"operation", "query"},
                      {"outcome", "succeeded"},
                      {"refund_state", "succeeded"},
                      {"refund_id", refund.at("refund_id")},
                      {"amount.text", "12.50"}});
}

TEST_F(OperationTest, QueryOfWhatIsNotThereFails) {
  const std::string payment = sandbox_.payment("40.00", "EUR");

  const Answer no_payment = run("query", "pi_NobodyKnowsIt");
  EXPECT_EQ(no_payment.status, 4);
  expect_fields(no_payment, {{"outcome", "failed"}, {"error.code", "payment_not_found"}});
  EXPECT_THAT(no_payment.at("request_id"), StartsWith("req_")) << "for the provider's support";

  const Answer no_refund = run("query", payment, {"--refund", "re_NobodyKnowsIt"});
  EXPECT_EQ(no_refund.status, 4);
  expect_fields(no_refund, {{"outcome", "failed"}, {"error.code", "refund_not_found"}});
}

TEST_F(OperationTest, RefundsListsOneObjectARefundNewestFirst) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  EXPECT_THAT(run("refunds", payment).output, IsEmpty());
  EXPECT_EQ(read("refunds", payment).output, "No refunds.\n");

  const Words part{"--amount", "10.00", "--currency", "EUR"};
  const Answer first = run("refund", payment, joined(part, {"--reference", "A"}));
  sandbox_.advance(60);
  const Answer second = run("refund", payment, joined(part, {"--reference", "B"}));

  const Answer list = run("refunds", payment);
  EXPECT_EQ(list.status, 0);
  ASSERT_THAT(list.objects(), SizeIs(2));
  EXPECT_EQ(value_at(list.objects()[0], "refund_id"), second.at("refund_id"));
  EXPECT_EQ(value_at(list.objects()[1], "refund_id"), first.at("refund_id"));
  EXPECT_THAT(read("refunds", payment).output, StartsWith("2 refunds of payment " + payment));
}

TEST_F(OperationTest, RefundsOfWhatIsNotThereFails) {
  const Answer answer = run("refunds", "pi_NobodyKnowsIt");

  EXPECT_EQ(answer.status, 4);
  expect_fields(answer, {{"outcome", "failed"}, {"error.code", "payment_not_found"}});
}

TEST_F(OperationTest, EveryTermIsTaken) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  const TemporaryFile lines(
      R"([{"reference":"SKU-1","name":"Mug","quantity":2,"amount":"12.50","currency":"EUR"}])");

  const Answer answer =
      run("refund", payment,
          {"--idempotency-key", "my-own-key-1", "--reason", "requested_by_customer", "--note",
           "too small", "--actor", "Ann", "--line-items", lines.path(), "--account", "eu",
           "--timeout", "30.5", "--retries", "0", "--again", "--journal", "none"});

  EXPECT_EQ(answer.status, 0);
  expect_fields(answer, {{"outcome", "succeeded"},
                         {"account", "eu"},
                         {"idempotency_key", "my-own-key-1"},
                         {"reference", "null"}});
}

TEST_F(OperationTest, LineItemsThatMakeTheAmountAreTaken) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  const TemporaryFile lines(R"([{"amount":"10.00","currency":"EUR"},
                                {"amount":"2.50","currency":"EUR"}])");

  const Answer answer = run(
      "refund", payment, {"--amount", "12.50", "--currency", "EUR", "--line-items", lines.path()});

  expect_fields(answer, {{"outcome", "succeeded"}, {"amount.text", "12.50"}});
}

TEST_F(OperationTest, ProvidersNameMayBeWrittenInCapitals) {
  const std::string payment = sandbox_.payment("40.00", "EUR");

  const Answer answer =
      run_command({"query", "--provider", "Stripe", "--payment", payment, "--json"}, environment_);

  expect_fields(answer, {{"outcome", "succeeded"}, {"provider", "stripe"}});
}

TEST_F(OperationTest, JsonMayStandBeforeTheCommand) {
  const std::string payment = sandbox_.payment("40.00", "EUR");

  const Answer answer =
      run_command({"--json", "query", "--provider", "stripe", "--payment", payment}, environment_);

  expect_fields(answer, {{"outcome", "succeeded"}});
}

TEST_F(OperationTest, TableSaysFirstWhatHappenedAndLastWhatToDo) {
  const std::string payment = sandbox_.payment("40.00", "EUR");

  const Answer refund = read("refund", payment, {"--amount", "12.50", "--currency", "EUR"});
  EXPECT_THAT(refund.output,
              StartsWith("Refunded 12.50 EUR: the provider confirms it. Money moved: yes.\n"));
  EXPECT_THAT(refund.output, HasSubstr("\nNext: nothing to do.\n"));
  EXPECT_THAT(refund.output, Not(HasSubstr("{")));

  const Answer refused = read("void", payment);
  EXPECT_THAT(refused.output, StartsWith("The payment was not cancelled. Money moved: no.\n"));
  EXPECT_THAT(refused.output, HasSubstr("refundkit refund --provider stripe --payment " + payment));
}

}  // namespace
}  // namespace refundkit_tests
