#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "operation_fixture.hpp"

namespace refundkit_tests {
namespace {

using ::testing::IsEmpty;

class PlanAndReverseTest : public OperationFixture {};

TEST_F(PlanAndReverseTest, PlanAdvisesAndSendsNothing) {
  const std::string captured = sandbox_.payment("40.00", "EUR");
  const Answer refund = run("plan", captured);
  EXPECT_EQ(refund.status, 0);
  expect_fields(refund, {{"requested_operation", "plan"},
                         {"outcome", "succeeded"},
                         {"error", "null"},
                         {"sent", "false"},
                         {"plan.action", "refund"},
                         {"amount.text", "40.00"}});
  EXPECT_NE(refund.at("plan.rule"), "");
  EXPECT_NE(refund.at("plan.source"), "");

  expect_fields(run("plan", captured, {"--amount", "1.00", "--currency", "EUR"}),
                {{"plan.action", "partial_refund"}});
  const std::string authorized = sandbox_.payment("40.00", "EUR", "authorized");
  expect_fields(run("plan", authorized), {{"plan.action", "void_payment"}});

  EXPECT_THAT(sandbox_.requests("refund"), IsEmpty());
  EXPECT_THAT(sandbox_.requests("void"), IsEmpty());
}

TEST_F(PlanAndReverseTest, DryRunIsAPlanOfTheCommandTyped) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  const std::string authorized = sandbox_.payment("40.00", "EUR", "authorized");

  expect_fields(run("refund", payment, {"--dry-run"}), {{"requested_operation", "refund"},
                                                        {"outcome", "succeeded"},
                                                        {"plan.action", "refund"},
                                                        {"sent", "false"}});
  expect_fields(run("void", authorized, {"--dry-run"}), {{"requested_operation", "void"},
                                                         {"outcome", "succeeded"},
                                                         {"plan.action", "void_payment"},
                                                         {"sent", "false"}});
  const Answer reverse = run("reverse", authorized, {"--dry-run"});
  expect_fields(reverse, {{"requested_operation", "reverse"}, {"plan.action", "void_payment"}});

  EXPECT_THAT(sandbox_.requests("refund"), IsEmpty());
  EXPECT_THAT(sandbox_.requests("void"), IsEmpty());
}

TEST_F(PlanAndReverseTest, PlanThatAdvisesNothingIsAPlanAllTheSame) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  const std::string refunded = sandbox_.payment("40.00", "EUR");
  run("refund", refunded, {"--reference", "A"});

  const std::vector<std::pair<std::string, Words>> table{
      {payment, {"--amount", "40.01", "--currency", "EUR"}},
      {payment, {"--amount", "1.00", "--currency", "USD"}},
      {refunded, {}},
      {refunded, {"--reference", "A"}}};
  for (const auto& [id, words] : table) {
    for (const std::string command : {"plan", "refund"}) {
      if (command == "plan" && words.size() == 2) continue;
      SCOPED_TRACE(command + " " + ::testing::PrintToString(words));
      const Words dry = command == "refund" ? joined(words, {"--dry-run"}) : words;
      const Answer answer = run(command, id, dry);
      EXPECT_EQ(answer.status, 0);
      expect_fields(answer, {{"outcome", "succeeded"},
                             {"error", "null"},
                             {"plan.action", "none"},
                             {"sent", "false"},
                             {"money_moved", "no"}});
      EXPECT_NE(answer.at("plan.rule"), "");
    }
  }
  EXPECT_EQ(run("plan", "pi_NobodyKnowsIt").status, 4);
}

TEST_F(PlanAndReverseTest, ReverseVoidsOrRefundsAsTheRulesAllow) {
  const std::string authorized = sandbox_.payment("40.00", "EUR", "authorized");
  expect_fields(run("reverse", authorized), {{"operation", "void_payment"},
                                             {"requested_operation", "reverse"},
                                             {"outcome", "succeeded"},
                                             {"money_moved", "no"}});
  EXPECT_EQ(value_at(sandbox_.truth(authorized), "voided"), "true");

  const std::string captured = sandbox_.payment("40.00", "EUR");
  expect_fields(run("reverse", captured), {{"operation", "refund"},
                                           {"requested_operation", "reverse"},
                                           {"outcome", "succeeded"},
                                           {"money_moved", "yes"}});
  EXPECT_EQ(sandbox_.refunded(captured), "40.00");
}

TEST_F(PlanAndReverseTest, ReverseNeverWidensAPartToAVoid) {
  const std::string authorized = sandbox_.payment("40.00", "EUR", "authorized");

  const Answer answer = run("reverse", authorized, {"--amount", "1.00", "--currency", "EUR"});

  EXPECT_EQ(answer.status, 4);
  EXPECT_EQ(value_at(sandbox_.truth(authorized), "voided"), "false");
}

TEST_F(PlanAndReverseTest, ResolveFindsAnOperationByItsKey) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  const Answer refund = run("refund", payment);

  const Answer answer =
      run("resolve", payment, {"--operation", refund.at("idempotency_key"), "--read-only"});

  EXPECT_EQ(answer.status, 0);
  expect_fields(answer, {{"requested_operation", "resolve"},
                         {"outcome", "succeeded"},
                         {"sent", "false"},
                         {"refund_id", refund.at("refund_id")},
                         {"money_moved", "yes"}});
}

}  // namespace
}  // namespace refundkit_tests
