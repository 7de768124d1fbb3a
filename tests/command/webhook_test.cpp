#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command.hpp"
#include "sandbox_process.hpp"

namespace refundkit_tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class WebhookCommandTest : public ::testing::Test {
 protected:
  /// The last notification about a refund itself.
  Json refund_event() {
    Json found;
    for (const Json& event : sandbox_.events()) {
      if (value_at(event, "type").substr(0, 7) == "refund.") found = event;
    }
    return found;
  }
  static std::string header_lines(const Json& event) {
    std::string lines = "POST /hook HTTP/1.1\r\nHost: shop.example\r\n";
    for (const auto& [name, value] : *event.find("headers")->members()) {
      lines += name + ": " + *value.string() + "\r\n";
    }
    return lines;
  }
  Answer verify(const std::string& headers, const std::string& body, const Words& more = {}) {
    const TemporaryFile headers_file(headers);
    const TemporaryFile body_file(body);
    return run_command(joined({"webhook", "verify", "--provider", "stripe", "--headers",
                               headers_file.path(), "--body", body_file.path()},
                              more),
                       environment_);
  }
  void refund() {
    const Answer answer = run_command({"refund", "--provider", "stripe", "--payment", payment_,
                                       "--amount", "12.50", "--currency", "EUR"},
                                      environment_);
    ASSERT_EQ(answer.status, 0);
  }

  SandboxProcess sandbox_;
  Environment environment_ = sandbox_.environment();
  const std::string payment_ = sandbox_.payment("40.00", "EUR");
};

TEST_F(WebhookCommandTest, GoodSignatureGivesTheEventAsTheOneResult) {
  refund();
  const Json event = refund_event();

  const Answer lines = verify(header_lines(event), value_at(event, "body"), {"--json"});
  EXPECT_EQ(lines.status, 0);
  expect_fields(lines, {{"provider", "stripe"},
                        {"requested_operation", "webhook"},
                        {"event.id", value_at(*Json::parse(value_at(event, "body")), "id")},
                        {"event.type", value_at(event, "type")},
                        {"account", "default"},
                        {"outcome", "succeeded"},
                        {"error", "null"},
                        {"sent", "false"},
                        {"amount.minor", "1250"},
                        {"amount.currency", "EUR"},
                        {"refund_state", "succeeded"},
                        {"payment_id", payment_}});

  const Answer json = verify(event.find("headers")->compact(), value_at(event, "body"), {"--json"});
  EXPECT_EQ(json.output, lines.output);

  const Answer table = verify(header_lines(event), value_at(event, "body"));
  EXPECT_THAT(table.output, HasSubstr("The signature is good"));
}

TEST_F(WebhookCommandTest, ChangedBodyIsNotBelieved) {
  refund();
  const Json event = refund_event();

  const Answer answer = verify(header_lines(event), value_at(event, "body") + "\n", {"--json"});

  EXPECT_EQ(answer.status, 4);
  expect_fields(answer, {{"outcome", "failed"},
                         {"error.code", "authentication_failed"},
                         {"amount", "null"},
                         {"event", "null"},
                         {"refund_id", "null"}});
}

TEST_F(WebhookCommandTest, MissingOrOutdatedSignatureIsNotBelieved) {
  refund();
  const Json event = refund_event();
  const std::string body = value_at(event, "body");
  const std::string headers = header_lines(event);

  expect_fields(verify("", body, {"--json"}), {{"error.code", "authentication_failed"}});
  sandbox_.advance(3600);
  expect_fields(verify(headers, body, {"--json"}), {{"error.code", "authentication_failed"}});
}

TEST_F(WebhookCommandTest, WithoutASecretItIsWrongConfiguration) {
  for (const std::string way : {"absent", "empty"}) {
    SCOPED_TRACE(way);
    environment_.erase("REFUNDKIT_STRIPE_WEBHOOK_SECRET");
    if (way == "empty") environment_["REFUNDKIT_STRIPE_WEBHOOK_SECRET"] = "";
    const Answer answer = verify("Stripe-Signature: t=1,v1=00\n", "{}", {"--json"});
    EXPECT_EQ(answer.status, 78);
    EXPECT_THAT(answer.output, IsEmpty());
    EXPECT_THAT(answer.errors, HasSubstr("REFUNDKIT_STRIPE_WEBHOOK_SECRET"));
  }
}

TEST_F(WebhookCommandTest, FileThatCannotBeReadIsWrongUsage) {
  const TemporaryFile body("{}");
  const Answer answer = run_command({"webhook", "verify", "--provider", "stripe", "--headers",
                                     "/nonexistent.txt", "--body", body.path()},
                                    environment_);
  EXPECT_EQ(answer.status, 64);
  EXPECT_THAT(answer.errors, HasSubstr("/nonexistent.txt"));
  EXPECT_EQ(verify("this is no header\n", "{}").status, 64);
  EXPECT_EQ(verify("{\"Stripe-Signature\":1}", "{}").status, 64);
}

TEST_F(WebhookCommandTest, JsonMayStandBeforeTheSecondWord) {
  refund();
  const Json event = refund_event();
  const TemporaryFile headers(header_lines(event));
  const TemporaryFile body(value_at(event, "body"));

  const Answer answer = run_command({"webhook", "--json", "verify", "--provider", "stripe",
                                     "--headers", headers.path(), "--body", body.path()},
                                    environment_);

  EXPECT_THAT(answer.objects(), SizeIs(1));
  expect_fields(answer, {{"outcome", "succeeded"}});
}

}  // namespace
}  // namespace refundkit_tests
