// Every row of errors.csv: through a real answer to one of our calls where an answer can carry it,
// else through the compiled table.

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "bytes_driver.hpp"
#include "error_rows.hpp"
#include "refundkit/wire/json.hpp"

namespace refundkit_testing {
namespace {

struct Row {
  std::string code, where, http_status, error_code, next_step, retryable, text;
};

/// Comma-separated values with "quoted, fields".
std::vector<std::vector<std::string>> parse_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows{{""}};
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    if (quoted && letter == '"' && at + 1 < text.size() && text[at + 1] == '"') {
      rows.back().back() += text[++at];
    } else if (letter == '"') {
      quoted = !quoted;
    } else if (!quoted && letter == ',') {
      rows.back().emplace_back();
    } else if (!quoted && letter == '\n') {
      rows.push_back({""});
    } else if (quoted || letter != '\r') {
      rows.back().back() += letter;
    }
  }
  return rows;
}

std::vector<Row> all_rows() {
  std::ifstream file(REFUNDKIT_STRIPE_ERRORS);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  std::vector<Row> rows;
  const auto lines = parse_csv(text);
  for (std::size_t at = 1; at < lines.size(); ++at) {
    const auto& line = lines[at];
    if (line.size() < 7) continue;
    rows.push_back({line[0], line[1], line[2], line[3], line[4], line[5], line[6]});
  }
  return rows;
}

int status_of(const Row& row, int otherwise) {
  const bool is_number = !row.http_status.empty() &&
                         row.http_status.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? std::stoi(row.http_status) : otherwise;
}

/// The pattern with something in its gaps.
std::string text_for(std::string pattern) {
  for (std::size_t at = pattern.find("..."); at != std::string::npos; at = pattern.find("...")) {
    pattern.replace(at, 3, "xyz");
  }
  return pattern;
}

/// Refusals that settle nothing, though they come with a 400 or 402: by the sheet's notes.
const std::vector<std::string>& open_codes() {
  static const std::vector<std::string> codes{"idempotency_key_in_use",
                                              "forwarding_api_retryable_upstream_error",
                                              "forwarding_api_upstream_connection_error",
                                              "forwarding_api_upstream_connection_timeout",
                                              "forwarding_api_upstream_error",
                                              "intent_invalid_state",
                                              "payment_intent_unexpected_state",
                                              "payment_method_not_available",
                                              "payment_method_provider_timeout",
                                              "payment_method_unexpected_state",
                                              "resource_already_exists",
                                              "return_intent_already_processed",
                                              "status_transition_invalid",
                                              "terminal_reader_busy",
                                              "terminal_reader_offline",
                                              "terminal_reader_timeout",
                                              "duplicate_transaction"};
  return codes;
}

/// What a first try that is answered so comes to, by the sheet's words on outcomes and not by the
/// table's columns: "4xx with error body is failed, except ...".
Outcome outcome_by_sheet(const HttpResponse& response) {
  const int status = response.status;
  const auto body = wire::Json::parse(response.body);
  const wire::Json none;
  const wire::Json& error = body ? (*body)["error"] : none;
  const std::string type = error["type"].text_or_empty();
  const std::string decline = error["decline_code"].text_or_empty();
  const std::string code = decline.empty() ? error["code"].text_or_empty() : decline;
  const std::string message = error["message"].text_or_empty();
  const bool no_answer = status >= 500 || status < 400 || status == 408 || status == 424;
  if (no_answer || status == 409) return Outcome::unknown;
  if (code == "approval_required") return Outcome::requires_action;
  if (status == 401 || status == 403 || status == 429) return Outcome::failed;
  // "Only the wording 'same endpoint ...' is a plain programming mistake."
  if (message.find("for the same endpoint") != std::string::npos) return Outcome::failed;
  if (type == "idempotency_error" || (type == "api_error" && code.empty())) return Outcome::unknown;
  const bool tells_state = message.find("has a status of") != std::string::npos ||
                           !error["payment_intent"]["status"].is_null();
  if (tells_state) return Outcome::failed;
  const auto& open = open_codes();
  const bool is_open = std::find(open.begin(), open.end(), code) != open.end();
  return is_open ? Outcome::unknown : Outcome::failed;
}

/// Stripe keeps results of the endpoint, not what stood in front of it (sheet: Idempotency).
bool can_be_stored(const HttpResponse& response) {
  const bool is_limit = response.body.find("rate_limit\"") != std::string::npos;
  return (response.status == 400 || response.status == 402 || response.status == 404) && !is_limit;
}

class StripeErrorTableTest : public BytesDriver {
 protected:
  /// A refund that is answered so; the look that an unknown code causes finds nothing.
  Error refused_with(const HttpResponse& response) {
    const auto again = [this](const Answer& next) {
      given_payment({});
      given(next);
      given(list({}));
      return run_leaving_answers(adapter_->refund(request_, context_));
    };
    const OperationResult result = again({response});
    expect_outcome(result, response, MoneyMoved::unknown);
    expect_doubt_kept(again, response, result.outcome);
    return result.error.value_or(Error{});
  }
  Error void_refused_with(const HttpResponse& response) {
    const auto again = [this](const Answer& next) {
      given_payment(authorized());
      given(next);
      given_payment(authorized());
      return run_leaving_answers(
          adapter_->void_payment({request_.payment, std::nullopt, {}}, context_));
    };
    const OperationResult result = again({response});
    expect_outcome(result, response, MoneyMoved::no);
    expect_doubt_kept(again, response, result.outcome);
    return result.error.value_or(Error{});
  }
  Error told_by_refund(const std::string& status, const std::string& more) {
    Refund refund;
    refund.status = status;
    refund.more = more;
    given(refund.json());
    const auto read = run(adapter_->read_refund(PaymentId("pi_1"), RefundId("re_1")));
    EXPECT_TRUE(read);
    return read ? read->error.value_or(Error{}) : Error{};
  }
  void expect(const Row& row, const Error& error) {
    EXPECT_EQ(to_text(error.code), row.error_code) << row.where << " " << row.code;
    EXPECT_EQ(to_text(error.next_step.action), row.next_step) << row.where << " " << row.code;
  }
  /// Rows of a code that needs more than itself to be classified, tested by name below.
  static bool needs_more(const Row& row) {
    return row.where == "error.code" && row.code == "parameter_invalid_integer";
  }

 private:
  static void expect_outcome(const OperationResult& result, const HttpResponse& response,
                             MoneyMoved in_doubt) {
    const Outcome outcome = outcome_by_sheet(response);
    EXPECT_EQ(result.outcome, outcome) << response.status << " " << response.body;
    EXPECT_EQ(result.money_moved, outcome == Outcome::unknown ? in_doubt : MoneyMoved::no)
        << response.status << " " << response.body;
    EXPECT_TRUE(result.error);
  }
  /// After a try without an answer only a stored refusal says what became of that try.
  template <class Again>
  static void expect_doubt_kept(const Again& again, HttpResponse response, Outcome without_doubt) {
    EXPECT_EQ(again({response, true}).outcome, Outcome::unknown)
        << response.status << " " << response.body;
    if (!can_be_stored(response)) return;
    response.headers.push_back({"Idempotent-Replayed", "true"});
    EXPECT_EQ(again({response, true}).outcome, without_doubt)
        << response.status << " " << response.body;
  }
  OperationResult run_leaving_answers(Step<OperationResult> step) {
    while (step.result() == nullptr) {
      const Answer next = answers_.front();
      answers_.pop_front();
      step = step.next(next);
    }
    answers_.clear();
    return *step.result();
  }
};

TEST_F(StripeErrorTableTest, HoldsEveryRowOfTheFileAsItStands) {
  const auto rows = all_rows();
  ASSERT_GT(rows.size(), 300U);
  const wire::ErrorTable& table = stripe::error_table();
  ASSERT_EQ(static_cast<std::size_t>(std::distance(table.begin(), table.end())), rows.size());
  const wire::ErrorRow* compiled = table.begin();
  for (const Row& row : rows) {
    EXPECT_EQ(compiled->provider_code, row.code);
    EXPECT_EQ(compiled->where, row.where);
    EXPECT_EQ(to_text(compiled->code), row.error_code) << row.code;
    EXPECT_EQ(to_text(compiled->next), row.next_step) << row.code;
    EXPECT_EQ(compiled->text, row.text);
    const auto repeatable = row.retryable == "no"         ? wire::Repeatable::no
                            : row.retryable == "same_key" ? wire::Repeatable::same_key
                                                          : wire::Repeatable::after_wait;
    EXPECT_EQ(compiled->repeatable, repeatable) << row.code;
    ++compiled;
  }
}

TEST_F(StripeErrorTableTest, EveryRowIsOfAKindThatIsTestedHere) {
  const std::vector<std::string> tested{
      "error.code", "error.decline_code", "error.message", "http_status", "error.type",
      "error.message_code", "failure_reason", "pending_reason", "status",
      "Stripe-Rate-Limited-Reason", "destination_details.*.network_decline_code",
      // No answer carries these two: the driver's own failures, and the webhook check's verdicts.
      "transport", "Stripe-Signature"};
  for (const Row& row : all_rows()) EXPECT_THAT(tested, ::testing::Contains(row.where));
}

TEST_F(StripeErrorTableTest, ACodeInAnAnswerIsReadByItsRow) {
  for (const Row& row : all_rows()) {
    if (row.where != "error.code" || needs_more(row)) continue;
    const Error error = refused_with(::refundkit_testing::error(
        status_of(row, 400), "\"code\":\"" + row.code + "\",\"message\":\"m\""));
    expect(row, error);
    EXPECT_EQ(error.provider_code, row.code);
  }
}

TEST_F(StripeErrorTableTest, ADeclineCodeIsReadByItsRow) {
  for (const Row& row : all_rows()) {
    if (row.where != "error.decline_code") continue;
    const Error error = refused_with(::refundkit_testing::error(
        402, R"("code":"card_declined","type":"card_error","message":"m","decline_code":")" +
                 row.code + "\""));
    expect(row, error);
    EXPECT_EQ(error.provider_code, row.code);

    given_payment(authorized());
    answers_.front() = {answer(
        200, R"({"id":"pi_1","object":"payment_intent","amount":1,"currency":"eur","status":)"
             R"("requires_payment_method","last_payment_error":{"code":"card_declined",)"
             R"("decline_code":")" +
                 row.code + "\"}}")};
    const auto payment = run(adapter_->read_payment(PaymentId("pi_1")));
    ASSERT_TRUE(payment && payment->error);
    expect(row, *payment->error);
  }
}

TEST_F(StripeErrorTableTest, ATextWithoutACodeIsReadByItsRow) {
  for (const Row& row : all_rows()) {
    if (row.where != "error.message") continue;
    const std::string message = "\"message\":\"" + text_for(row.code) + "\"";
    const bool is_key = row.error_code == "idempotency_conflict";
    const std::string type = is_key ? ",\"type\":\"idempotency_error\"" : "";
    const bool of_void = row.code.rfind("You cannot cancel", 0) == 0;
    expect(row,
           of_void ? void_refused_with(::refundkit_testing::error(
                         400, message + R"(,"code":"payment_intent_unexpected_state")"))
                   : refused_with(::refundkit_testing::error(status_of(row, 400), message + type)));
  }
}

TEST_F(StripeErrorTableTest, AStatusAloneIsReadByItsRow) {
  for (const Row& row : all_rows()) {
    if (row.where != "http_status") continue;
    const int status = row.code == "3xx" ? 302 : std::stoi(row.code);
    const Error error = refused_with(answer(status, R"({"error":{}})"));
    expect(row, error);
    EXPECT_EQ(error.http_status, status);
  }
}

TEST_F(StripeErrorTableTest, ATypeAloneIsReadByItsRow) {
  for (const Row& row : all_rows()) {
    // Two types of the v2 API, which no call of ours can be answered with.
    if (row.where != "error.type" || row.code == "rate_limit" ||
        row.code == "temporary_session_expired") {
      continue;
    }
    const std::string fields = R"("message":"m","param":"x","type":")" + row.code + "\"";
    const int status = row.code == "card_error" ? 402 : 400;
    expect(row, refused_with(::refundkit_testing::error(status, fields)));
  }
}

TEST_F(StripeErrorTableTest, TheBalanceErrorWithoutACodeIsRead) {
  for (const Row& row : all_rows()) {
    if (row.where != "error.message_code") continue;
    const Error error = refused_with(
        ::refundkit_testing::error(400, R"("message":"m","message_code":")" + row.code + "\""));
    expect(row, error);
    EXPECT_EQ(error.provider_code, row.code);
  }
}

TEST_F(StripeErrorTableTest, ARateLimitIsReadByItsRowWhateverItsReason) {
  for (const Row& row : all_rows()) {
    if (row.where != "Stripe-Rate-Limited-Reason") continue;
    expect(row, refused_with(answer(429, R"({"error":{"message":"m"}})",
                                    {{"Stripe-Rate-Limited-Reason", row.code}})));
  }
}

TEST_F(StripeErrorTableTest, ARefundsStatusAndReasonsAreReadByTheirRows) {
  for (const Row& row : all_rows()) {
    if (row.where == "status") expect(row, told_by_refund(row.code, ""));
    if (row.where == "pending_reason") {
      expect(row, told_by_refund("pending", ",\"pending_reason\":\"" + row.code + "\""));
    }
    if (row.where == "failure_reason") {
      expect(row, told_by_refund("failed", ",\"failure_reason\":\"" + row.code + "\""));
    }
    if (row.where == "destination_details.*.network_decline_code") {
      const Error error = told_by_refund(
          "failed",
          R"(,"destination_details":{"type":"paypal","paypal":{"network_decline_code":"X7"}})");
      expect(row, error);
      EXPECT_EQ(error.provider_code, "X7");
    }
  }
}

TEST_F(StripeErrorTableTest, ABadIntegerIsAnAmountOnlyWhereTheAmountIsMeant) {
  const std::string code = R"("code":"parameter_invalid_integer","message":"m","param":)";
  EXPECT_EQ(refused_with(::refundkit_testing::error(400, code + "\"amount\"")).code,
            ErrorCode::amount_invalid);
  EXPECT_EQ(refused_with(::refundkit_testing::error(400, code + "\"limit\"")).code,
            ErrorCode::invalid_request);
}

TEST_F(StripeErrorTableTest, ACodeInsideA5xxNeverCounts) {
  const Error error = refused_with(
      ::refundkit_testing::error(500, R"("code":"charge_already_refunded","message":"m")"));
  EXPECT_EQ(error.code, ErrorCode::provider_unavailable);
  EXPECT_EQ(error.next_step.action, NextAction::resolve);
}

TEST_F(StripeErrorTableTest, AConflictToldByStripeIsUnknown) {
  given_payment({});
  given(::refundkit_testing::error(
      400, R"("type":"idempotency_error","message":"Keys for idempotent requests can only be used )"
           R"(with the same parameters they were first used with.")"));
  const OperationResult result = refund();
  EXPECT_EQ(result.outcome, Outcome::unknown);
  EXPECT_EQ(result.error->code, ErrorCode::idempotency_conflict);
  EXPECT_EQ(result.next_step.action, NextAction::resolve);
}

TEST_F(StripeErrorTableTest, TheStateOfARefusedCancelIsReadFromThePaymentInside) {
  const std::string code = R"("code":"payment_intent_unexpected_state","message":"m")";
  EXPECT_EQ(void_refused_with(::refundkit_testing::error(
                                  400, code + R"(,"payment_intent":{"status":"succeeded"})"))
                .code,
            ErrorCode::already_settled);
}

}  // namespace
}  // namespace refundkit_testing
