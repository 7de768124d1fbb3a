#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <ostream>
#include <set>

#include "command.hpp"
#include "sandbox_process.hpp"

namespace refundkit_tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// What meets the request that moves money, and what the command must say of it without repeats.
struct FaultCase {
  std::string name;
  /// Members of the fault script beside provider and match.
  std::string fault;
  std::string outcome;
  std::string error;
  std::string next_step;
  /// What the truth is: did the provider obey?
  bool obeyed;
  /// A repeat under the same key ends well, within --retries 2.
  bool repeated;
  /// The provider keeps this answer under the key, and repeats it to whoever asks again.
  bool kept = false;
};

/// So that a failing case is named, and not shown as bytes.
void PrintTo(const FaultCase& fault, std::ostream* out) { *out << fault.name; }

const std::vector<FaultCase>& fault_cases() {
  static const std::vector<FaultCase> cases{
      {"refuse", R"("fault":"refuse")", "unknown", "network_error", "resolve", false, true},
      {"drop_before", R"("fault":"drop_before")", "unknown", "network_error", "resolve", false,
       true},
      {"drop_after", R"("fault":"drop_after")", "unknown", "network_error", "resolve", true, true},
      {"stall", R"("fault":"stall","seconds":20)", "unknown", "timeout", "resolve", true, false},
      {"stall_unchanged", R"("fault":"stall","seconds":20,"changed":false)", "unknown", "timeout",
       "resolve", false, false},
      {"truncate", R"("fault":"truncate")", "unknown", "", "resolve", true, false},
      {"truncate_unchanged", R"("fault":"truncate","changed":false)", "unknown", "", "resolve",
       false, false},
      {"html", R"("fault":"html")", "unknown", "malformed_response", "resolve", true, false},
      {"html_unchanged", R"("fault":"html","changed":false)", "unknown", "malformed_response",
       "resolve", false, false},
      {"garbage", R"("fault":"garbage")", "unknown", "malformed_response", "resolve", true, false},
      {"status_429", R"("fault":"status","status":429,"retry_after":1)", "failed", "rate_limited",
       "retry_later", false, true},
      {"status_429_plain", R"("fault":"status","status":429)", "failed", "rate_limited",
       "retry_later", false, true},
      {"status_500", R"("fault":"status","status":500)", "unknown", "provider_unavailable",
       "resolve", false, false, true},
      {"status_500_changed", R"("fault":"status","status":500,"changed":true)", "unknown",
       "provider_unavailable", "resolve", true, false, true},
      {"status_503", R"("fault":"status","status":503,"retry_after":1)", "unknown",
       "provider_unavailable", "resolve", false, true},
      {"status_503_date",
       R"("fault":"status","status":503,"retry_after":"Thu, 01 Jan 1970 00:00:00 GMT")", "unknown",
       "provider_unavailable", "resolve", false, true},
  };
  return cases;
}

class FaultTest : public ::testing::TestWithParam<FaultCase> {
 protected:
  void script(const std::string& operation, int times) {
    sandbox_.fault(R"({"provider":"stripe","match":{"operation":")" + operation + R"("},"times":)" +
                   std::to_string(times) + "," + GetParam().fault + "}");
  }
  Answer run(const std::string& command, const Words& more = {}) {
    const Words words{command, "--provider", "stripe", "--payment", payment_, "--json"};
    return run_command(joined(words, more), environment_);
  }
  Words patience() const {
    const bool stalls = GetParam().name.substr(0, 5) == "stall";
    return {"--timeout", stalls ? "2" : "30"};
  }
  Words refund_words() const {
    return joined({"--amount", "12.50", "--currency", "EUR", "--reference", "RMA-1"}, patience());
  }
  /// No two refunds were asked for under different keys.
  void expect_one_key() {
    std::set<std::string> keys;
    for (const Json& request : sandbox_.requests("refund")) {
      for (const auto& [name, value] : *request.find("headers")->members()) {
        if (name == "Idempotency-Key") keys.insert(value.compact());
      }
    }
    EXPECT_THAT(keys, SizeIs(1));
  }
  /// What the answer says of the money is what the provider's books say. `earlier` requests for a
  /// refund came before this command's own.
  void expect_the_truth(const Answer& answer, std::size_t earlier = 0) {
    SCOPED_TRACE(answer.output);
    const std::string refunded = sandbox_.refunded(payment_);
    const std::string moved = answer.at("money_moved");
    const std::map<std::string, std::string> books{{"yes", "12.50"}, {"no", "0.00"}};
    EXPECT_EQ(refunded, books.count(moved) == 0 ? refunded : books.at(moved));
    const std::map<std::string, std::string> words{
        {"succeeded", "yes"}, {"failed", "no"}, {"unknown", "unknown"}};
    EXPECT_EQ(moved, words.at(answer.at("outcome")));
    EXPECT_EQ(answer.at("sent"), sandbox_.requests("refund").size() > earlier ? "true" : "false");
    const int status = answer.at("outcome") == "succeeded" ? 0
                       : answer.at("outcome") == "failed"  ? 4
                                                           : 5;
    EXPECT_EQ(answer.status, status);
  }

  SandboxProcess sandbox_;
  const Environment environment_ = sandbox_.environment();
  const std::string payment_ = sandbox_.payment("40.00", "EUR");
};

TEST_P(FaultTest, WithoutRepeatsTheAnswerIsTheTruthAndResolveFindsIt) {
  const FaultCase& expected = GetParam();
  script("refund", 1);

  const Answer answer = run("refund", joined(refund_words(), {"--retries", "0"}));

  EXPECT_THAT(sandbox_.requests("refund"), SizeIs(1));
  expect_fields(answer, {{"outcome", expected.outcome},
                         {"next_step.action", expected.next_step},
                         {"sent", "true"},
                         {"attempts", "1"},
                         {"refund_id", "null"}});
  if (!expected.error.empty()) expect_fields(answer, {{"error.code", expected.error}});
  if (expected.outcome == "unknown") {
    expect_fields(answer, {{"payment_state", "null"},
                           {"refund_state", "null"},
                           {"refunded", "null"},
                           {"refundable", "null"},
                           {"captured.text", "40.00"}});
  }
  expect_the_truth(answer);
  EXPECT_EQ(sandbox_.refunded(payment_), expected.obeyed ? "12.50" : "0.00");

  const Answer resolved = run("resolve", {"--operation", answer.at("idempotency_key"), "--amount",
                                          "12.50", "--currency", "EUR"});
  expect_fields(resolved, {{"sent", "false"}});
  if (expected.obeyed) {
    EXPECT_EQ(resolved.status, 0);
    expect_fields(resolved, {{"outcome", "succeeded"}, {"money_moved", "yes"}});
  } else {
    EXPECT_NE(resolved.at("outcome"), "succeeded");
    EXPECT_NE(resolved.at("money_moved"), "yes");
  }
}

TEST_P(FaultTest, RepeatsNeverPayTwice) {
  const FaultCase& expected = GetParam();
  script("refund", 1);

  const Answer answer = run("refund", refund_words());

  if (expected.repeated) expect_fields(answer, {{"outcome", "succeeded"}, {"attempts", "2"}});
  expect_the_truth(answer);
  expect_one_key();
}

TEST_P(FaultTest, SameReferenceAfterwardsNeverPaysTwice) {
  script("refund", 1);
  run("refund", joined(refund_words(), {"--retries", "0"}));
  const std::size_t earlier = sandbox_.requests("refund").size();

  const Answer again = run("refund", refund_words());

  expect_the_truth(again, earlier);
  expect_one_key();
  if (GetParam().kept && !GetParam().obeyed) {
    expect_fields(again, {{"outcome", "unknown"}, {"next_step.action", "resolve"}});
    EXPECT_EQ(sandbox_.refunded(payment_), "0.00");
  } else {
    expect_fields(again, {{"outcome", "succeeded"}});
    EXPECT_EQ(sandbox_.refunded(payment_), "12.50");
  }
}

TEST_P(FaultTest, FaultThatStaysIsGivenUpAndStillTheTruth) {
  script("refund", 50);

  const Answer answer = run("refund", refund_words());

  EXPECT_NE(answer.at("outcome"), "succeeded");
  expect_the_truth(answer);
  expect_one_key();
}

TEST_P(FaultTest, LostVoidIsResolved) {
  const FaultCase& expected = GetParam();
  const std::string payment = sandbox_.payment("40.00", "EUR", "authorized");
  const Words target{"--provider", "stripe", "--payment", payment, "--json"};
  script("void", 1);

  const Answer answer = run_command(
      joined(joined({"void", "--retries", "0", "--reference", "V-1"}, target), patience()),
      environment_);

  expect_fields(answer, {{"operation", "void_payment"},
                         {"outcome", expected.outcome},
                         {"next_step.action", expected.next_step},
                         {"sent", "true"},
                         {"money_moved", "no"}});
  EXPECT_EQ(value_at(sandbox_.truth(payment), "voided"), expected.obeyed ? "true" : "false");

  const Answer resolved = run_command(
      joined({"resolve", "--operation", answer.at("idempotency_key")}, target), environment_);
  expect_fields(resolved, {{"sent", "false"}, {"money_moved", "no"}});
  EXPECT_EQ(resolved.at("outcome") == "succeeded", expected.obeyed) << resolved.output;
  if (expected.kept) return;

  const Answer again = run_command(joined({"void", "--reference", "V-1"}, target), environment_);
  EXPECT_EQ(again.status, 0);
  expect_fields(again, {{"outcome", "succeeded"}, {"payment_state", "voided"}});
}

TEST_P(FaultTest, ReadingThatMeetsItSendsNothingThatMovesMoney) {
  script("query", 50);

  const Answer answer = run("refund", joined(refund_words(), {"--retries", "0"}));

  expect_fields(answer, {{"outcome", "failed"}, {"sent", "false"}, {"money_moved", "no"}});
  EXPECT_EQ(answer.status, 4);
  EXPECT_THAT(sandbox_.requests("refund"), IsEmpty());

  const Answer query = run("query", joined({"--retries", "0"}, patience()));
  EXPECT_EQ(query.status, 4);
  expect_fields(query, {{"outcome", "failed"}, {"money_moved", "no"}, {"captured", "null"}});
}

INSTANTIATE_TEST_SUITE_P(AtStripe, FaultTest, ::testing::ValuesIn(fault_cases()),
                         [](const auto& test) { return test.param.name; });

class LateFailureTest : public ::testing::Test {
 protected:
  SandboxProcess sandbox_;
  const Environment environment_ = sandbox_.environment();
  const std::string payment_ = sandbox_.payment("40.00", "EUR");
};

TEST_F(LateFailureTest, RefundTakenBackLaterIsToldByTheQuery) {
  sandbox_.fault(R"({"provider":"stripe","match":{"operation":"refund"},"fault":"late_failure"})");
  const Words target{"--provider", "stripe", "--payment", payment_, "--json"};
  const Answer refund = run_command(joined({"refund"}, target), environment_);
  EXPECT_EQ(refund.status, 0);
  expect_fields(refund, {{"money_moved", "yes"}});
  EXPECT_EQ(sandbox_.refunded(payment_), "40.00");

  sandbox_.advance(30 * 86400);

  EXPECT_EQ(sandbox_.refunded(payment_), "0.00");
  const Answer query =
      run_command(joined({"query", "--refund", refund.at("refund_id")}, target), environment_);
  EXPECT_EQ(query.status, 0);
  expect_fields(query, {{"outcome", "failed"}, {"refund_state", "failed"}, {"money_moved", "no"}});
  const Answer payment = run_command(joined({"query"}, target), environment_);
  expect_fields(payment, {{"refundable.text", "40.00"}});
}

TEST_F(LateFailureTest, TimeToComeBackIsToldWithoutRetriesToo) {
  sandbox_.fault(
      R"({"provider":"stripe","match":{"operation":"refund"},"fault":"status","status":429,)"
      R"("retry_after":30})");

  const Answer answer = run_command({"refund", "--provider", "stripe", "--payment", payment_,
                                     "--reference", "A", "--retries", "0", "--json"},
                                    environment_);

  expect_fields(answer, {{"outcome", "failed"}, {"next_step.action", "retry_later"}});
  EXPECT_GT(answer.at("next_step.at"), answer.at("occurred_at"));
}

TEST_F(LateFailureTest, UnknownIsToldToAPersonWithTheCommandToType) {
  sandbox_.fault(R"({"provider":"stripe","match":{"operation":"refund"},"fault":"drop_after"})");
  const Answer answer = run_command(
      {"refund", "--provider", "stripe", "--payment", payment_, "--retries", "0"}, environment_);

  EXPECT_EQ(answer.status, 5);
  EXPECT_THAT(answer.output, HasSubstr("Money moved: not known."));
  EXPECT_THAT(answer.output, HasSubstr("refundkit resolve --provider stripe --payment " + payment_ +
                                       " --operation "));
}

}  // namespace
}  // namespace refundkit_tests
