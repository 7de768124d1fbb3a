#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command.hpp"
#include "sandbox_process.hpp"

namespace refundkit_tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A command that must be refused before anything is sent.
struct Refused {
  Words words;
  int status;
  std::string message;
};

class WrongInputTest : public ::testing::Test {
 protected:
  /// Nothing on standard output, the reason on standard error, no request at the provider.
  void expect_refused(const std::vector<Refused>& table, const Environment& environment) {
    for (const auto& [words, status, message] : table) {
      std::string shown;
      for (const auto& word : words) shown += "[" + word + "] ";
      SCOPED_TRACE(shown);
      const Answer answer = run_command(words, environment);
      EXPECT_EQ(answer.status, status);
      EXPECT_THAT(answer.output, IsEmpty());
      EXPECT_THAT(answer.errors, HasSubstr(message));
      EXPECT_THAT(sandbox_.requests(), IsEmpty());
    }
  }

  Words refund_with(const Words& more) const {
    return joined({"refund", "--provider", SandboxProcess::provider(), "--payment", payment_},
                  more);
  }
  Environment environment_with(const std::string& name, const std::string& value) const {
    Environment environment = environment_;
    environment[name] = value;
    return environment;
  }

  SandboxProcess sandbox_;
  const Environment environment_ = sandbox_.environment();
  const std::string payment_ = sandbox_.payment("40.00", "EUR");
};

TEST_F(WrongInputTest, AmountThatIsNoneIsWrongUsage) {
  std::vector<Refused> table;
  for (const std::string amount :
       {"12.505", "-1", "-1.00", "+1", "1e3", "", " ", "12,50", "1.2.3", ".", "abc", "0x10", "NaN",
        "99999999999999999999", "92233720368547758.08", "1 000"}) {
    table.push_back(
        {refund_with({"--amount", amount, "--currency", "EUR", "--json"}), 64, "amount"});
  }
  table.push_back({refund_with({"--amount", "12.5", "--currency", "JPY"}), 64, "JPY"});
  table.push_back({refund_with({"--amount", "1.2345", "--currency", "KWD"}), 64, "KWD"});
  table.push_back({refund_with({"--amount=", "--currency", "EUR"}), 64, "amount"});
  table.push_back({refund_with({"--amount", "12,50", "--currency", "EUR"}), 64, "point: 12.50."});
  expect_refused(table, environment_);
}

TEST_F(WrongInputTest, AmountAndCurrencyGoTogether) {
  expect_refused({{refund_with({"--amount", "12.50"}), 64, "--currency"},
                  {refund_with({"--currency", "EUR"}), 64, "--amount"},
                  {refund_with({"--amount", "12.50", "--currency", "XYZ"}), 64, "XYZ"},
                  {refund_with({"--amount", "12.50", "--currency", "EURO"}), 64, "EURO"},
                  {refund_with({"--amount", "12.50", "--currency", ""}), 64, "urrency"},
                  {{"plan", "--provider", "stripe", "--payment", payment_, "--amount", "1"},
                   64,
                   "--currency"}},
                 environment_);
}

TEST_F(WrongInputTest, WordsThatMakeNoCommandAreWrongUsage) {
  expect_refused(
      {{{}, 64, "subcommand"},
       {{"--json"}, 64, "subcommand"},
       {{"refnud"}, 64, "\"refnud\". Did you mean refund?"},
       {{"elephant"}, 64, "There is no command \"elephant\".\n"},
       {{"--provider", "stripe", "refund"}, 64, "refundkit refund --provider ..."},
       {{"refund", "--refrence", "A"}, 64, "Did you mean --reference?"},
       {{"webhook", "verfy"}, 64, "Did you mean verify?"},
       {refund_with({"one", "two"}), 64, "\"one\", \"two\""},
       {{"refund"}, 64, "--provider"},
       {{"refund", "--provider", "stripe"}, 64, "--payment"},
       {refund_with({"--frobnicate"}), 64, "--frobnicate"},
       {refund_with({"stray"}), 64, "stray"},
       {refund_with({"void"}), 64, "void"},
       {refund_with({"--payment", "pi_other"}), 64, "--payment"},
       {refund_with({"--secret-key", "sk_test_1"}), 64, "--secret-key"},
       {refund_with({"--note"}), 64, "--note"},
       {{"query", "--provider", "stripe", "--payment", payment_, "--amount", "1"}, 64, "--amount"},
       {{"webhook"}, 64, "subcommand"},
       {{"resolve", "--provider", "stripe", "--payment", payment_}, 64, "--operation"},
       {{"resolve", "--operation", "abc"}, 64, "--provider"},
       {{"completion", "tcsh"}, 64, "bash"},
       {{"sandbox", "--port", "65536"}, 64, "--port"},
       {{"sandbox", "--port", "http"}, 64, "--port"}},
      environment_);
}

TEST_F(WrongInputTest, ValueThatIsAnotherOptionIsNotSwallowed) {
  expect_refused({{refund_with({"--note", "--dry-run"}), 64, "--dry-run"},
                  {refund_with({"--reference", "--json"}), 64, "--json"}},
                 environment_);
}

TEST_F(WrongInputTest, ProviderThatIsNotThereIsWrongUsageAndNamesThoseThatAre) {
  expect_refused({{{"refund", "--provider", "strype", "--payment", payment_}, 64, "stripe"},
                  {{"refund", "--provider", "", "--payment", payment_}, 64, "stripe"},
                  {{"providers", "--provider", "strype"}, 64, "stripe"}},
                 environment_);
}

TEST_F(WrongInputTest, NumbersOutOfRangeAreWrongUsage) {
  expect_refused({{refund_with({"--retries", "-1"}), 64, "--retries"},
                  {refund_with({"--retries", "two"}), 64, "--retries"},
                  {refund_with({"--retries", ""}), 64, "--retries"},
                  {refund_with({"--retries", "1000000"}), 64, "--retries"},
                  {refund_with({"--timeout", "0"}), 64, "--timeout"},
                  {refund_with({"--timeout", "-5"}), 64, "--timeout"},
                  {refund_with({"--timeout", "nan"}), 64, "--timeout"},
                  {refund_with({"--timeout", "1e3"}), 64, "--timeout"}},
                 environment_);
}

TEST_F(WrongInputTest, TermsThatContradictThemselvesAreWrongUsage) {
  expect_refused({{refund_with({"--reference", "A", "--idempotency-key", "B"}), 64, "--reference"},
                  {refund_with({"--reference", ""}), 64, "--reference"},
                  {refund_with({"--idempotency-key", ""}), 64, "--idempotency-key"},
                  {refund_with({"--account", ""}), 64, "--account"},
                  {refund_with({"--journal", ""}), 64, "--journal"},
                  {refund_with({"--config", ""}), 64, "--config"},
                  {refund_with({"--reason", "bored"}), 64, "requested_by_customer"}},
                 environment_);
}

TEST_F(WrongInputTest, LineItemsThatCannotBeReadAreWrongUsage) {
  const TemporaryFile no_json("not json");
  const TemporaryFile no_amount(R"([{"reference":"SKU-1","currency":"EUR"}])");
  const TemporaryFile bad_amount(R"([{"reference":"SKU-1","amount":"1.234","currency":"EUR"}])");
  const TemporaryFile no_quantity(R"([{"amount":"1","currency":"EUR","quantity":0}])");
  const TemporaryFile slip(R"([{"amount":"1","currency":"EUR","quantitty":1}])");
  const TemporaryFile deep(std::string(200'000, '['));
  expect_refused({{refund_with({"--line-items", "/nonexistent/file"}), 64, "/nonexistent/file"},
                  {refund_with({"--line-items", ::testing::TempDir()}), 64, "--line-items"},
                  {refund_with({"--line-items", no_json.path()}), 64, "JSON array"},
                  {refund_with({"--line-items", no_amount.path()}), 64, "line 1"},
                  {refund_with({"--line-items", bad_amount.path()}), 64, "line 1"},
                  {refund_with({"--line-items", no_quantity.path()}), 64, "quantity"},
                  {refund_with({"--line-items", slip.path()}), 64, "quantitty"},
                  {refund_with({"--line-items", deep.path()}), 64, "JSON array"}},
                 environment_);
}

TEST_F(WrongInputTest, LineItemsThatDoNotMakeTheAmountAreWrongUsage) {
  const TemporaryFile lines(R"([{"amount":"10.00","currency":"EUR"},
                                {"amount":"2.49","currency":"EUR"}])");
  const TemporaryFile mixed(R"([{"amount":"10.00","currency":"EUR"},
                                {"amount":"2.50","currency":"USD"}])");
  const TemporaryFile dollars(R"([{"amount":"12.50","currency":"USD"}])");
  const Words amount{"--amount", "12.50", "--currency", "EUR", "--line-items"};
  expect_refused({{refund_with(joined(amount, {lines.path()})), 64, "12.49 EUR"},
                  {refund_with(joined(amount, {mixed.path()})), 64, "--line-items"},
                  {refund_with(joined(amount, {dollars.path()})), 64, "12.50 USD"}},
                 environment_);
}

TEST_F(WrongInputTest, CommandThatNeedsAJournalIsKnownAndRefused) {
  for (const std::string command :
       {"history", "reconcile", "cancel", "approve", "batch", "worker"}) {
    expect_refused({{{command}, 78, "needs a journal; this version keeps none"},
                    {{command, "--json", "x.csv"}, 78, command}},
                   environment_);
  }
}

TEST_F(WrongInputTest, ResolveOfALostVoidOfARefundHasNoAmount) {
  expect_refused({{{"resolve", "--provider", "stripe", "--payment", payment_, "--operation", "k",
                    "--refund", "re_1", "--amount", "1.00", "--currency", "EUR"},
                   64,
                   "--refund"}},
                 environment_);
}

TEST_F(WrongInputTest, WhatNeedsAJournalIsRefusedAndNotIgnored) {
  const Words reverse{"reverse", "--provider", "stripe", "--payment", payment_, "--when-ready"};
  const Words verdict{"resolve", "--operation", "k",      "--verdict", "happened",
                      "--actor", "Ann",         "--note", "seen"};
  expect_refused({{refund_with({"--journal", "sqlite:refunds.db"}), 78, "journal"},
                  {refund_with({"--journal", "postgresql://localhost/x"}), 78, "journal"},
                  {refund_with({"--policy", "policy.json"}), 78, "--policy"},
                  {reverse, 78, "--when-ready"},
                  {verdict, 78, "--verdict"},
                  {{"resolve", "--all"}, 78, "--all"}},
                 environment_);
  expect_refused({{refund_with({}), 78, "journal"}},
                 environment_with("REFUNDKIT_JOURNAL", "sqlite:refunds.db"));
}

TEST_F(WrongInputTest, MissingOrEmptySecretIsWrongConfigurationAndNamesTheVariable) {
  Environment without = environment_;
  without.erase("REFUNDKIT_STRIPE_SECRET_KEY");
  const std::vector<Refused> table{{refund_with({}), 78, "REFUNDKIT_STRIPE_SECRET_KEY"},
                                   {refund_with({"--json"}), 78, "REFUNDKIT_STRIPE_SECRET_KEY"}};
  expect_refused(table, without);
  expect_refused(table, environment_with("REFUNDKIT_STRIPE_SECRET_KEY", ""));
}

TEST_F(WrongInputTest, AddressThatIsNotSafeIsWrongConfiguration) {
  for (const std::string address : {"http://api.example.com", "http://10.0.0.1:8080",
                                    "http://127.0.0.1.example.com", "http://127.0.0.1@example.com",
                                    "ftp://127.0.0.1/", "127.0.0.1:8080", "https://", "nonsense"}) {
    SCOPED_TRACE(address);
    expect_refused({{refund_with({}), 78, ""}},
                   environment_with("REFUNDKIT_STRIPE_BASE_URL", address));
  }
}

TEST_F(WrongInputTest, ClockThatCannotBeReadIsWrongConfiguration) {
  const std::string stripe = *sandbox_.announcement().find_string("stripe");
  for (const std::string& address :
       {std::string("https://clock.example.com/now"), std::string("http://192.168.1.1/now"),
        std::string("clock"), std::string("http://127.0.0.1:1/clock"),
        *sandbox_.announcement().find_string("control") + "/nothing-here"}) {
    SCOPED_TRACE(address);
    expect_refused({{refund_with({}), 78, "REFUNDKIT_CLOCK_URL"}},
                   environment_with("REFUNDKIT_CLOCK_URL", address));
  }
}

TEST_F(WrongInputTest, CertificatesThatCannotBeReadAreWrongConfiguration) {
  const TemporaryFile no_certificate("this is no certificate\n");
  expect_refused({{refund_with({}), 78, "REFUNDKIT_CA_FILE"}},
                 environment_with("REFUNDKIT_CA_FILE", "/nonexistent/ca.pem"));
  expect_refused({{refund_with({}), 78, "REFUNDKIT_CA_FILE"}},
                 environment_with("REFUNDKIT_CA_FILE", no_certificate.path()));
}

TEST_F(WrongInputTest, IdThatNoProviderHasFailsWithTheObjectAndNothingIsSent) {
  const std::string long_id = "pi_" + std::string(10'000, 'a');
  for (const std::string& id : {std::string(), std::string("../../v1/charges"),
                                std::string("pi_1\r\nX-Evil: 1"), std::string("pi_1?expand=all"),
                                std::string("pi_1 2"), std::string("pi_\xff\xfe"), long_id}) {
    for (const std::string command : {"refund", "void", "query", "refunds", "plan", "reverse"}) {
      SCOPED_TRACE(command + " " + id.substr(0, 40));
      const Answer answer =
          run_command({command, "--provider", "stripe", "--payment", id, "--json"}, environment_);
      EXPECT_EQ(answer.status, 4);
      expect_fields(answer, {{"outcome", "failed"},
                             {"error.code", "invalid_request"},
                             {"next_step.action", "fix_request"},
                             {"sent", "false"},
                             {"money_moved", "no"},
                             {"attempts", "0"}});
    }
  }
  EXPECT_THAT(sandbox_.requests(), IsEmpty());
}

TEST_F(WrongInputTest, EmptyRefundIdNeverMeansTheWholePayment) {
  for (const std::string command : {"void", "query"}) {
    SCOPED_TRACE(command);
    const Answer answer = run_command(
        {command, "--provider", "stripe", "--payment", payment_, "--refund", "", "--json"},
        environment_);
    EXPECT_EQ(answer.status, 4);
    expect_fields(answer, {{"outcome", "failed"}, {"error.code", "invalid_request"}});
  }
  EXPECT_THAT(sandbox_.requests(), IsEmpty());
}

TEST_F(WrongInputTest, AmountOfNothingFailsAndNothingMoves) {
  const Answer answer =
      run_command(refund_with({"--amount", "0.00", "--currency", "EUR", "--json"}), environment_);

  EXPECT_EQ(answer.status, 4);
  expect_fields(answer, {{"outcome", "failed"},
                         {"error.code", "amount_invalid"},
                         {"amount.text", "0.00"},
                         {"sent", "false"},
                         {"money_moved", "no"}});
  EXPECT_EQ(sandbox_.refunded(payment_), "0.00");
}

TEST_F(WrongInputTest, HostileIdDoesNotReachTheTerminalAsItIs) {
  const Answer answer =
      run_command({"refund", "--provider", "stripe", "--payment", "pi_\x1b[2J\r\n"}, environment_);

  EXPECT_EQ(answer.status, 4);
  EXPECT_EQ(answer.output.find('\x1b'), std::string::npos);
  EXPECT_EQ(answer.output.find('\r'), std::string::npos);
}

}  // namespace
}  // namespace refundkit_tests
