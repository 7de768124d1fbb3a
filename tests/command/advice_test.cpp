// What a person reads last: it must never lead into a second refund.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command.hpp"
#include "sandbox_process.hpp"

namespace refundkit_tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class AdviceTest : public ::testing::Test {
 protected:
  /// What a person reads.
  Answer read(const std::string& command, const std::string& payment, const Words& more = {}) {
    return run_command(joined({command, "--provider", "stripe", "--payment", payment}, more),
                       environment_);
  }
  std::string field(const std::string& name, const std::string& command, const std::string& payment,
                    const Words& more) {
    return read(command, payment, joined(more, {"--json"})).at(name);
  }
  static Words part(const std::string& amount, const std::string& reference) {
    return {"--amount", amount, "--currency", "EUR", "--reference", reference};
  }
  static std::string command_line(const std::string& command, const std::string& payment) {
    return "\n  refundkit " + command + " --provider stripe --payment " + payment;
  }
  void lose(const std::string& operation, const std::string& fault = "drop_before") {
    sandbox_.fault(R"({"provider":"stripe","match":{"operation":")" + operation +
                   R"("},"fault":")" + fault + "\"}");
  }

  SandboxProcess sandbox_;
  const Environment environment_ = sandbox_.environment();
};

TEST_F(AdviceTest, PendingForLackOfFundsGoesOutByItself) {
  const std::string payment = sandbox_.special_payment("sim:low-balance", "40.00", "EUR");

  const Answer answer = read("refund", payment, part("12.50", "A"));

  EXPECT_EQ(answer.status, 0);
  EXPECT_THAT(answer.output, HasSubstr("the refund then goes out by itself. Do not send it again"));
  EXPECT_THAT(answer.output, HasSubstr(command_line("query", payment) + " --refund re_"));
  EXPECT_THAT(answer.output, Not(HasSubstr("run ")));
}

TEST_F(AdviceTest, RefundedSumSaysWhatOfItIsUnderWay) {
  const std::string payment = sandbox_.special_payment("sim:pending", "40.00", "EUR");

  const Answer first = read("refund", payment, part("12.50", "A"));
  EXPECT_THAT(first.output, HasSubstr("  refunded       12.50 EUR (under way)\n"));
  EXPECT_THAT(first.output, HasSubstr("  left to refund 27.50 EUR\n"));

  const Answer second = read("refund", payment, part("10.00", "B"));
  EXPECT_THAT(second.output, HasSubstr("  refunded       22.50 EUR (10.00 EUR of it under way)\n"));
}

TEST_F(AdviceTest, FailedForLackOfFundsIsRunAgainUnderItsReference) {
  const std::string payment = sandbox_.special_payment("sim:no-balance", "40.00", "EUR");

  const Answer answer = read("refund", payment, part("12.50", "A"));

  EXPECT_EQ(answer.status, 4);
  EXPECT_THAT(answer.output, HasSubstr("then run the same command again, with the same --ref"));
}

TEST_F(AdviceTest, ApprovalMakesTheRefundByItself) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  lose("refund", "hold");

  const Answer answer = read("refund", payment, part("12.50", "A"));

  EXPECT_EQ(answer.status, 3);
  EXPECT_THAT(answer.output, HasSubstr("Next: have it approved at https://"));
  EXPECT_THAT(answer.output,
              HasSubstr("the provider then makes the refund by itself. Make no second one."));
  EXPECT_THAT(answer.output, Not(HasSubstr("by hand")));
}

TEST_F(AdviceTest, CustomerWhoMustActIsNamedWithTheDeadline) {
  const std::string payment = sandbox_.special_payment("sim:action", "40.00", "EUR");

  const Answer answer = read("refund", payment, part("12.50", "A"));

  EXPECT_EQ(answer.status, 3);
  EXPECT_THAT(answer.output, StartsWith("The refund of 12.50 EUR waits: the customer must"));
  EXPECT_THAT(answer.output, HasSubstr("Next: the customer must do what the provider asks"));
  EXPECT_THAT(answer.output, HasSubstr("Z, or the refund lapses. Do not send it again."));
  EXPECT_THAT(answer.output, HasSubstr(command_line("query", payment) + " --refund re_"));
}

TEST_F(AdviceTest, RepeatOfAFinishedReferenceSaysThatNothingWasSent) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  read("refund", payment, part("12.50", "RMA-1"));

  const Answer again = read("refund", payment, part("12.50", "RMA-1"));

  EXPECT_THAT(again.output,
              StartsWith("12.50 EUR was already refunded under RMA-1; nothing was sent now. Money "
                         "moved: yes.\n"));
  EXPECT_EQ(sandbox_.refunded(payment), "12.50");
}

TEST_F(AdviceTest, ConflictOfAResolveIsToldByItsErrorAndResolvedWithoutTheAmount) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  const std::string key = field("idempotency_key", "refund", payment, part("12.50", "A"));

  const Answer answer =
      read("resolve", payment, {"--operation", key, "--amount", "13.00", "--currency", "EUR"});

  EXPECT_EQ(answer.status, 5);
  EXPECT_THAT(answer.output, StartsWith("The provider lists refund re_"));
  EXPECT_THAT(answer.output, HasSubstr("12.50 EUR, not 13.00 EUR"));
  EXPECT_THAT(answer.output,
              HasSubstr(command_line("resolve", payment) + " --operation " + key + "\n"));
}

TEST_F(AdviceTest, ConflictOfARefundShowsAmountsAndNoFingerprints) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  read("refund", payment, part("12.50", "A"));

  const Answer answer = read("refund", payment, part("13.00", "A"));

  EXPECT_EQ(answer.status, 4);
  EXPECT_THAT(answer.output, AllOf(HasSubstr("12.50 EUR"), HasSubstr("13.00 EUR")));
  EXPECT_THAT(answer.output, Not(HasSubstr("parameters ")));
}

TEST_F(AdviceTest, LookThatFindsNothingNamesTheKeyAndTheOriginalCommand) {
  const std::string payment = sandbox_.payment("40.00", "EUR");

  const Answer answer = read("resolve", payment, {"--operation", "mistyped"});

  EXPECT_EQ(answer.status, 5);
  EXPECT_THAT(answer.output, HasSubstr("Next: check the key"));
  EXPECT_THAT(answer.output, HasSubstr("the very same original command again, with the same "
                                       "--reference, or, if it had none, with --idempotency-key "
                                       "mistyped. That is safe"));
}

TEST_F(AdviceTest, ResolvedVoidIsVoidedByWhomeverAndALostOneIsSentAgain) {
  const std::string payment = sandbox_.payment("40.00", "EUR", "authorized");
  lose("void");
  const std::string key = field("idempotency_key", "void", payment, {"--retries", "0"});

  const Answer open = read("resolve", payment, {"--operation", key});
  EXPECT_EQ(open.status, 4);
  EXPECT_THAT(open.output,
              HasSubstr(command_line("void", payment) + " --idempotency-key " + key + "\n"));

  EXPECT_EQ(read("void", payment, {"--idempotency-key", key}).status, 0);
  const Answer done = read("resolve", payment, {"--operation", key});
  EXPECT_EQ(done.status, 0);
  EXPECT_THAT(done.output,
              StartsWith("The payment is voided. Whether by this key cannot be told."));
}

TEST_F(AdviceTest, LostVoidOfARefundIsResolvedByTheCommandThatIsPrinted) {
  const std::string payment = sandbox_.special_payment("sim:action", "40.00", "EUR");
  const std::string refund = field("refund_id", "refund", payment, part("12.50", "A"));
  sandbox_.fault(
      R"({"provider":"stripe","match":{"operation":"any","nth":2},"fault":"drop_after"})");

  const Answer lost =
      read("void", payment, {"--refund", refund, "--reference", "B", "--retries", "0"});
  EXPECT_EQ(lost.status, 5);
  EXPECT_THAT(lost.output, HasSubstr(command_line("resolve", payment) + " --refund " + refund));

  const Answer resolved =
      read("resolve", payment, {"--refund", refund, "--operation", "K", "--json"});
  EXPECT_EQ(resolved.status, 0);
  expect_fields(resolved, {{"operation", "void_payment"},
                           {"outcome", "succeeded"},
                           {"refund_id", refund},
                           {"refund_state", "canceled"},
                           {"money_moved", "no"}});
}

TEST_F(AdviceTest, PlanGivesItsReasonAndKeepsTheTerms) {
  const std::string payment = sandbox_.payment("40.00", "EUR");

  const Answer refund =
      read("refund", payment, {"--dry-run", "--reference", "RMA 1", "--reason", "duplicate"});
  EXPECT_THAT(refund.output, HasSubstr(command_line("refund", payment) +
                                       " --reference 'RMA 1' --reason duplicate\n"));

  const Answer none = read("refund", payment, joined(part("40.01", "A"), {"--dry-run"}));
  EXPECT_EQ(none.status, 0);
  EXPECT_THAT(none.output, StartsWith("Plan: nothing, for the reason below. Nothing was sent.\n"
                                      "  why            40.01 EUR is more than is left"));
}

TEST_F(AdviceTest, PaymentTakenInPartIsReversedAndEachPartIsTold) {
  const std::string payment =
      sandbox_.special_payment("sim:multicapture", "40.00", "EUR", "authorized");
  EXPECT_THAT(read("plan", payment).output, HasSubstr(command_line("reverse", payment)));
  EXPECT_THAT(read("void", payment).output, HasSubstr(command_line("reverse", payment)));

  lose("void");
  const Answer half = read("reverse", payment, {"--reference", "A", "--retries", "0"});
  EXPECT_EQ(half.status, 5);
  EXPECT_THAT(half.output,
              StartsWith("Refunded 20.00 EUR. Nobody knows yet whether the release of 20.00 EUR "
                         "happened. Money moved: yes.\n"));

  const Answer whole = read("reverse", payment, {"--reference", "A"});
  EXPECT_EQ(whole.status, 0);
  EXPECT_THAT(whole.output, StartsWith("Refunded 20.00 EUR. Released 20.00 EUR."));
  EXPECT_EQ(sandbox_.refunded(payment), "20.00");
}

TEST_F(AdviceTest, LostReadingDoesNotFrighten) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  lose("query");

  const Answer answer = read("query", payment, {"--retries", "0"});

  EXPECT_EQ(answer.status, 4);
  EXPECT_THAT(answer.output, HasSubstr("The server closed the connection without an answer."));
  EXPECT_THAT(answer.output, Not(HasSubstr("may have read")));
  EXPECT_THAT(answer.output, Not(HasSubstr("Empty reply")));
}

}  // namespace
}  // namespace refundkit_tests
