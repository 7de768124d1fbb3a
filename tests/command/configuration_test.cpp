#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command.hpp"
#include "sandbox_process.hpp"

namespace refundkit_tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ConfigurationTest : public ::testing::Test {
 protected:
  std::string base_url() const { return environment_.at("REFUNDKIT_STRIPE_BASE_URL"); }
  std::string secret_key() const { return environment_.at("REFUNDKIT_STRIPE_SECRET_KEY"); }
  std::string file_with(const std::string& key) const {
    const Json settings = Json::object({{"base_url", base_url()}, {"secret_key", key}});
    return Json::object({{"stripe", settings}, {"journal", "none"}}).compact();
  }
  Answer query(const Words& more, const Environment& environment) {
    const Words words{"query", "--provider", "stripe", "--payment", payment_, "--json"};
    return run_command(joined(words, more), environment);
  }

  SandboxProcess sandbox_;
  const Environment environment_ = sandbox_.environment();
  const std::string payment_ = sandbox_.payment("40.00", "EUR");
};

TEST_F(ConfigurationTest, FileGivesWhatTheEnvironmentDoesNot) {
  const TemporaryFile file(file_with(secret_key()));

  expect_fields(query({"--config", file.path()}, {}), {{"outcome", "succeeded"}});
}

TEST_F(ConfigurationTest, EnvironmentWinsOverTheFile) {
  const TemporaryFile file(file_with("sk_test_of_nobody"));

  const Answer from_file = query({"--config", file.path()}, {});
  const Answer from_environment =
      query({"--config", file.path()}, {{"REFUNDKIT_STRIPE_SECRET_KEY", secret_key()}});

  expect_fields(from_file, {{"outcome", "failed"}, {"error.code", "authentication_failed"}});
  EXPECT_EQ(from_file.status, 4);
  expect_fields(from_environment, {{"outcome", "succeeded"}});
}

TEST_F(ConfigurationTest, FlagWinsOverTheEnvironment) {
  Environment environment = environment_;
  environment["REFUNDKIT_JOURNAL"] = "sqlite:refunds.db";

  EXPECT_EQ(query({"--journal", "none"}, environment).status, 0);
}

TEST_F(ConfigurationTest, AccountHasABlockOfItsOwn) {
  const Json eu = Json::object({{"base_url", base_url()}, {"secret_key", secret_key()}});
  const Json bare = Json::object({{"base_url", base_url()}});
  const Json settings = Json::object({{"base_url", base_url()},
                                      {"secret_key", "sk_test_of_nobody"},
                                      {"accounts", Json::object({{"eu", eu}, {"bare", bare}})}});
  const TemporaryFile file(Json::object({{"stripe", settings}}).compact());
  const Words config{"--config", file.path()};

  const Answer own = query(joined(config, {"--account", "eu"}), {});
  expect_fields(own, {{"outcome", "succeeded"}, {"account", "eu"}});
  expect_fields(query(config, {}), {{"error.code", "authentication_failed"}});

  const Answer no_key = query(joined(config, {"--account", "bare"}), {});
  EXPECT_EQ(no_key.status, 78);
  EXPECT_THAT(no_key.errors, HasSubstr("REFUNDKIT_STRIPE_SECRET_KEY"));

  const Answer slip = query(joined(config, {"--account", "ue"}), {});
  EXPECT_EQ(slip.status, 78);
  EXPECT_THAT(slip.errors, HasSubstr("eu"));
}

TEST_F(ConfigurationTest, FileThatCannotBeUnderstoodIsWrongConfiguration) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"", "not JSON"},
      {"{", "not JSON"},
      {"[]", "JSON object"},
      {R"({"stripe":"key"})", "stripe"},
      {R"({"strype":{}})", "strype"},
      {R"({"stripe":{"secret":"x"}})", "secret_key"},
      {R"({"stripe":{"secret_key":1}})", "stripe.secret_key"},
      {R"({"stripe":{"secret_key":"a","secret_key":"b"}})", "twice"},
      {R"({"stripe":{},"stripe":{}})", "twice"},
      {R"({"ca_file":true})", "ca_file"},
      {R"({"journal":"sqlite:x.db"})", "journal"},
      {std::string(100'000, '['), "not JSON"}};
  for (const auto& [content, message] : table) {
    SCOPED_TRACE(content.substr(0, 60));
    const TemporaryFile file(content);
    const Answer answer = query({"--config", file.path()}, environment_);
    EXPECT_EQ(answer.status, 78);
    EXPECT_THAT(answer.output, IsEmpty());
    EXPECT_THAT(answer.errors, HasSubstr(message));
  }
  EXPECT_EQ(query({"--config", "/nonexistent.json"}, environment_).status, 78);
  EXPECT_THAT(sandbox_.requests(), IsEmpty());
}

TEST_F(ConfigurationTest, SecretIsNeverPrinted) {
  const std::string payment = sandbox_.payment("40.00", "EUR");
  const Answer refund =
      run_command({"refund", "--provider", "stripe", "--payment", payment}, environment_);
  Environment wrong = environment_;
  wrong["REFUNDKIT_STRIPE_SECRET_KEY"] = "sk_test_of_nobody_at_all";
  const Answer refused = query({}, wrong);

  EXPECT_THAT(refund.output + refund.errors, Not(HasSubstr(secret_key())));
  EXPECT_THAT(refused.output + refused.errors, Not(HasSubstr("sk_test_of_nobody_at_all")));
}

TEST_F(ConfigurationTest, ClockInUseIsTheSandboxs) {
  sandbox_.advance(400 * 86400);
  const std::string before = query({}, environment_).at("occurred_at");
  sandbox_.advance(3 * 366 * 86400);
  const std::string after = query({}, environment_).at("occurred_at");

  EXPECT_LT(before.substr(0, 4), after.substr(0, 4));
}

TEST_F(ConfigurationTest, OverTlsTheCertificateMustBeTrusted) {
  SandboxProcess sandbox({"--tls"});
  const std::string payment = sandbox.payment("40.00", "EUR");
  const Words words{"refund", "--provider", "stripe", "--payment", payment, "--json"};
  Environment without = sandbox.environment();
  without.erase("REFUNDKIT_CA_FILE");
  without.erase("REFUNDKIT_CLOCK_URL");

  const Answer untrusted = run_command(words, without);
  EXPECT_NE(untrusted.status, 0);
  EXPECT_EQ(sandbox.refunded(payment), "0.00");

  const Answer trusted = run_command(words, sandbox.environment());
  EXPECT_EQ(trusted.status, 0);
  EXPECT_EQ(sandbox.refunded(payment), "40.00");
}

}  // namespace
}  // namespace refundkit_tests
