#include "errors.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "error_rows.hpp"
#include "refundkit/wire/error_table.hpp"
#include "refundkit/wire/times.hpp"

namespace refundkit::stripe {
namespace {

using Kind = Refusal::Kind;
using wire::ErrorRow;
using wire::Json;
using wire::Repeatable;

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text == word; });
}

bool contains(std::string_view text, std::string_view piece) {
  return text.find(piece) != std::string_view::npos;
}

std::optional<std::string> text_of(const Json& json) {
  auto text = json.text();
  if (text && text->empty()) return std::nullopt;
  return text;
}

/// What the body and the status tell, before it is judged.
struct Told {
  int status = 0;
  std::string type;
  std::string code;
  std::string message_code;
  std::string param;
  std::string message;
  std::string intent_status;
  std::string decline_code;
  std::string approval_url;
};

Told read(const HttpResponse& response, const std::optional<Json>& body) {
  Told told;
  told.status = response.status;
  if (!body) return told;
  const Json& error = (*body)["error"];
  told.type = error["type"].text_or_empty();
  told.code = error["code"].text_or_empty();
  told.message_code = error["message_code"].text_or_empty();
  told.param = error["param"].text_or_empty();
  told.message = error["message"].text_or_empty();
  told.intent_status = error["payment_intent"]["status"].text_or_empty();
  told.decline_code = error["decline_code"].text_or_empty();
  told.approval_url = error["approval_request"]["dashboard_url"].text_or_empty();
  return told;
}

Error error_of(const Told& told, ErrorCode code, NextAction next, std::string message) {
  Error error{code, std::move(message), {next}};
  error.http_status = told.status;
  const std::string& inner = !told.decline_code.empty() ? told.decline_code
                             : !told.code.empty()       ? told.code
                                                        : told.message_code;
  if (!inner.empty()) error.provider_code = inner;
  if (!told.message.empty()) error.provider_message = told.message;
  return error;
}

Error error_of(const Told& told, const ErrorRow& row) {
  Error error = error_of(told, row.code, row.next, std::string(row.text) + ".");
  error.retryable = row.repeatable == Repeatable::same_key;
  return error;
}

/// Where a row sends to `resolve`, the answer does not settle it; where the same key may be sent
/// again, nothing was executed or stored.
Refusal by_row(const Told& told, const ErrorRow& row) {
  const Kind kind = row.next == NextAction::resolve          ? Kind::uncertain
                    : row.repeatable == Repeatable::same_key ? Kind::not_executed
                                                             : Kind::definite;
  return {kind, error_of(told, row)};
}

Refusal by_row(const Told& told, std::string_view where, std::string_view code, Kind kind) {
  const ErrorRow* row = error_table().find(where, code);
  return {kind, row == nullptr
                    ? error_of(told, ErrorCode::unclassified, NextAction::contact_provider,
                               "Stripe's answer is not known.")
                    : error_of(told, *row)};
}

/// Steps 3 to 6 of the sheet: what the HTTP status decides alone.
std::optional<Refusal> by_status(const Told& told) {
  const int status = told.status;
  if (status >= 300 && status < 400) return by_row(told, "http_status", "3xx", Kind::uncertain);
  if (status == 408 || status == 424) {
    return by_row(told, "http_status", std::to_string(status), Kind::uncertain);
  }
  if (status >= 500) {
    const bool listed = status == 500 || (status >= 502 && status <= 504);
    return by_row(told, "http_status", listed ? std::to_string(status) : "500", Kind::uncertain);
  }
  if (told.code == "approval_required") return std::nullopt;
  if (status == 401 || status == 403) {
    const ErrorRow* row = error_table().find("error.code", told.code);
    if (row == nullptr) row = error_table().find_text("error.message", told.message);
    const bool fits = row != nullptr && row->next == NextAction::fix_credentials;
    if (fits) return Refusal{Kind::not_executed, error_of(told, *row)};
    return by_row(told, "http_status", std::to_string(status), Kind::not_executed);
  }
  if (status == 409 || told.code == "idempotency_key_in_use") {
    return by_row(told, "error.code", "idempotency_key_in_use", Kind::uncertain);
  }
  if (status == 429 || told.code == "rate_limit") {
    const ErrorRow* row = error_table().find("error.code", told.code);
    if (row != nullptr && row->next == NextAction::retry_later) {
      return Refusal{Kind::not_executed, error_of(told, *row)};
    }
    return by_row(told, "http_status", "429", Kind::not_executed);
  }
  return std::nullopt;
}

Refusal conflict(const Told& told) {
  const ErrorRow* row = error_table().find_text("error.message", told.message);
  if (row != nullptr && row->code == ErrorCode::idempotency_conflict) return by_row(told, *row);
  return by_row(told, "error.type", "idempotency_error", Kind::uncertain);
}

Refusal approval(const Told& told) {
  Refusal refusal = by_row(told, "error.code", "approval_required", Kind::awaits_approval);
  if (!told.approval_url.empty()) refusal.error.next_step.url = told.approval_url;
  return refusal;
}

Refusal missing(const Told& told) {
  if (contains(told.message, "a similar object exists in")) {
    return {Kind::definite,
            error_of(told, ErrorCode::authentication_failed, NextAction::fix_credentials,
                     "The key is one of the other environment.")};
  }
  const bool is_refund = told.param == "refund" || contains(told.message, "No such refund");
  const ErrorCode code = is_refund ? ErrorCode::refund_not_found : ErrorCode::payment_not_found;
  return {Kind::definite,
          error_of(told, code, NextAction::fix_request,
                   is_refund ? "Stripe knows no such refund for these credentials."
                             : "Stripe knows no such payment for these credentials.")};
}

/// Never guesses a state: without one the answer stays open.
Refusal unexpected_state(const Told& told) {
  std::string state = told.intent_status;
  constexpr std::string_view marker = "has a status of ";
  const std::size_t at = told.message.find(marker);
  if (state.empty() && at != std::string::npos) {
    const std::size_t from = at + marker.size();
    state = told.message.substr(from, told.message.find_first_of(". ", from) - from);
  }
  if (is_one_of(state, {"succeeded", "canceled", "processing"})) {
    const std::string sentence =
        "You cannot cancel this PaymentIntent because it has a status of " + state + ".";
    if (const ErrorRow* row = error_table().find("error.message", sentence)) {
      return {Kind::definite, error_of(told, *row)};
    }
  }
  return by_row(told, "error.code", "payment_intent_unexpected_state", Kind::uncertain);
}

Refusal by_code(const Told& told) {
  if (told.code == "resource_missing") return missing(told);
  if (told.code == "payment_intent_unexpected_state") return unexpected_state(told);
  const ErrorRow* row = nullptr;
  if (!told.decline_code.empty()) {
    row = error_table().find("error.decline_code", told.decline_code);
  }
  if (row == nullptr) row = error_table().find("error.code", told.code);
  if (row != nullptr) {
    Refusal refusal = by_row(told, *row);
    if (told.code == "parameter_invalid_integer" && told.param != "amount") {
      refusal.error.code = ErrorCode::invalid_request;
    }
    return refusal;
  }
  if (told.status == 402) return by_row(told, "http_status", "402", Kind::definite);
  return {Kind::unexplained, error_of(told, ErrorCode::unclassified, NextAction::contact_provider,
                                      "Stripe refused with a code that is not known here.")};
}

Refusal by_text(const Told& told) {
  if (const ErrorRow* row = error_table().find("error.message_code", told.message_code)) {
    return by_row(told, *row);
  }
  if (const ErrorRow* row = error_table().find_text("error.message", told.message)) {
    return by_row(told, *row);
  }
  if (told.param == "amount") {
    return {Kind::definite, error_of(told, ErrorCode::amount_invalid, NextAction::fix_request,
                                     "Stripe does not take this amount.")};
  }
  if (told.status == 402) return by_row(told, "http_status", "402", Kind::definite);
  if (told.status == 404) return missing(told);
  if (told.type == "api_error") return by_row(told, "error.type", "api_error", Kind::uncertain);
  if (told.type == "invalid_request_error" && !told.param.empty()) {
    return by_row(told, "error.type", "invalid_request_error", Kind::unexplained);
  }
  if (told.type.empty() && told.message.empty()) {
    return by_row(told, "http_status", std::to_string(told.status), Kind::unexplained);
  }
  return {Kind::unexplained,
          error_of(told, ErrorCode::unclassified, NextAction::contact_provider,
                   "Stripe refused, and neither its code nor its words are known here.")};
}

}  // namespace

std::string Console::payment(std::string_view id) const {
  std::string url = "https://dashboard.stripe.com/";
  if (!account_.empty()) url += account_ + "/";
  if (!live_) url += "test/";
  return url.append("payments/").append(id);
}

std::string request_id(const HttpResponse& response) {
  const std::string* id = find_header(response.headers, "Request-Id");
  return id == nullptr ? std::string() : *id;
}

bool is_replay(const HttpResponse& response) {
  const std::string* replayed = find_header(response.headers, "Idempotent-Replayed");
  return replayed != nullptr && *replayed == "true";
}

Error malformed(const HttpResponse& response, std::string message) {
  Error error{ErrorCode::malformed_response, std::move(message), {NextAction::resolve}};
  error.http_status = response.status;
  return error;
}

Refusal classify(const HttpResponse& response, const std::optional<Json>& body) {
  const Told told = read(response, body);
  // A status that settles nothing is judged before the body, which a proxy may have written.
  if (response.status >= 300 && response.status < 400) return *by_status(told);
  if (response.status == 408 || response.status == 424 || response.status >= 500) {
    return *by_status(told);
  }
  const bool has_error = body && (*body)["error"].is_object();
  if (response.status < 300 || !has_error) {
    // These three come from in front of the endpoint, with or without a body of Stripe's.
    const bool in_front =
        response.status == 401 || response.status == 403 || response.status == 429;
    if (in_front) return *by_status(told);
    return {Kind::uncertain, malformed(response, "Stripe's answer is not what it promises.")};
  }
  if (auto refusal = by_status(told)) return *refusal;
  if (told.type == "idempotency_error") return conflict(told);
  if (told.code == "approval_required") return approval(told);
  return told.code.empty() ? by_text(told) : by_code(told);
}

Error reading_error(const HttpResponse& response, const std::optional<Json>& body) {
  Refusal refusal = classify(response, body);
  Error error = std::move(refusal.error);
  const bool again =
      refusal.kind == Kind::uncertain || error.next_step.action == NextAction::resolve;
  if (again) {
    error.next_step = {NextAction::retry_later};
    error.retryable = true;
  }
  return error;
}

std::optional<Error> payment_error(const Json& error) {
  const std::string code = error["code"].text_or_empty();
  const std::string decline = error["decline_code"].text_or_empty();
  if (code.empty() && decline.empty()) return std::nullopt;
  Told told;
  told.code = code;
  told.decline_code = decline;
  told.message = error["message"].text_or_empty();
  const ErrorRow* row = error_table().find("error.decline_code", decline);
  if (row == nullptr) row = error_table().find("error.code", code);
  Error result = row == nullptr ? error_of(told, ErrorCode::declined, NextAction::contact_provider,
                                           "The customer's payment failed.")
                                : error_of(told, *row);
  result.http_status.reset();
  return result;
}

namespace {

const ErrorRow* refund_row(const Json& refund, RefundState state) {
  if (state == RefundState::pending) {
    if (const auto* row =
            error_table().find("pending_reason", refund["pending_reason"].text_or_empty())) {
      return row;
    }
  }
  if (state == RefundState::failed || state == RefundState::canceled) {
    if (const auto* row =
            error_table().find("failure_reason", refund["failure_reason"].text_or_empty())) {
      return row;
    }
    const Json& details = refund["destination_details"];
    const Json& method = details[details["type"].text_or_empty()];
    if (text_of(method["network_decline_code"])) {
      return error_table().find("destination_details.*.network_decline_code", "*");
    }
  }
  return error_table().find("status", to_text(state));
}

std::optional<std::string> refund_code(const Json& refund) {
  const Json& details = refund["destination_details"];
  const Json& method = details[details["type"].text_or_empty()];
  if (auto code = text_of(method["network_decline_code"])) return code;
  if (auto code = text_of(refund["failure_reason"])) return code;
  return text_of(refund["pending_reason"]);
}

}  // namespace

std::optional<Error> refund_error(const Json& refund, RefundState state) {
  if (state == RefundState::succeeded) return std::nullopt;
  Error error;
  if (const ErrorRow* row = refund_row(refund, state)) {
    error.code = row->code;
    error.next_step.action = row->next;
    error.message = std::string(row->text) + ".";
  }
  error.provider_code = refund_code(refund);
  if (state == RefundState::requires_action) {
    const auto deadline = refund["next_action"]["display_details"]["expires_at"].integer();
    if (deadline) error.next_step.at = wire::time_of(*deadline);
  }
  return error;
}

}  // namespace refundkit::stripe
