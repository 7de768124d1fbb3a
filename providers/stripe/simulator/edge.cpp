#include "edge.hpp"

#include <algorithm>

#include "refundkit/simulation/clock.hpp"

namespace refundkit::simulation::stripe {
namespace {

constexpr std::size_t longest_key = 255;

bool is_version(const std::string& text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return false;
  for (std::size_t i = 0; i < 10; ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (i != 4 && i != 7 && !digit) return false;
  }
  return text.size() == 10 || text[10] == '.';
}

Answer malformed(std::string message) {
  return invalid_parameter({"invalid_request_error", "", std::move(message), ""});
}

}  // namespace

std::optional<Answer> refuse_form(const Request& request) {
  if (idempotency_key(request).size() > longest_key) {
    return malformed("Idempotency-Key may be at most 255 characters.");
  }
  const std::string* version = request.header("Stripe-Version");
  if (version != nullptr && !is_version(*version)) {
    return malformed("Invalid Stripe API version: " + *version);
  }
  if (request.method != "POST" || request.body.empty()) return std::nullopt;
  constexpr std::string_view form = "application/x-www-form-urlencoded";
  const std::string* type = request.header("Content-Type");
  if (type == nullptr || type->compare(0, form.size(), form) != 0) {
    return malformed(
        "Invalid request (check that your POST content type is "
        "application/x-www-form-urlencoded).");
  }
  return std::nullopt;
}

std::string idempotency_key(const Request& request) {
  const std::string* header = request.header("Idempotency-Key");
  if (header == nullptr || request.method != "POST") return {};
  const std::size_t begin = header->find_first_not_of(" \t");
  if (begin == std::string::npos) return {};
  return header->substr(begin, header->find_last_not_of(" \t") - begin + 1);
}

Answer refusal_for(int status, const std::string& key) {
  const std::string request_error = "invalid_request_error";
  switch (status) {
    case 400:
      return refuse(400, {request_error, "", "Invalid request.", ""});
    case 401:
      return refuse(401, {request_error, "", "Invalid API Key provided: sk_test_*****", ""});
    case 402:
      return refuse(402, {"card_error", "card_declined", "Your card was declined.", ""});
    case 403:
      return refuse(403, {request_error, "more_permissions_required",
                          "The provided key does not have the required permissions for this "
                          "endpoint on account 'acct_refundkit_sandbox'.",
                          ""});
    case 404:
      return refuse(404, {request_error, "resource_missing", "No such object", "id"});
    case 409:
      return refuse(409, {request_error, "idempotency_key_in_use",
                          "There is currently another in-progress request using this Idempotent "
                          "Key (that probably means you submitted twice, and the other request is "
                          "still going through): " +
                              key + ". Please try again later.",
                          ""});
    case 429:
      return refuse(429, {request_error, "rate_limit", "Request rate limit exceeded.", ""});
    default:
      break;
  }
  if (status < 500 && status != 424) {
    return refuse(status, {request_error, "", "The request was not accepted.", ""});
  }
  return refuse(status, {"api_error", "", "An unknown error occurred.", ""});
}

std::string shown_body(const Answer& answer, const std::string& request_id, Time now) {
  const Json* error = answer.body.find("error");
  if (error == nullptr) return answer.body.pretty() + "\n";
  Json whole = *error;
  whole.set("request_log_url", "https://dashboard.stripe.com/test/logs/" + request_id +
                                   "?t=" + std::to_string(unix_seconds(now)));
  Json::Members members = *whole.members();
  std::sort(members.begin(), members.end(),
            [](const auto& left, const auto& right) { return left.first < right.first; });
  return Json::object({{"error", Json::object(std::move(members))}}).pretty() + "\n";
}

}  // namespace refundkit::simulation::stripe
