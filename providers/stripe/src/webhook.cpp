#include "webhook.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "ids.hpp"
#include "refundkit/providers/stripe.hpp"
#include "refundkit/wire/signature.hpp"
#include "refundkit/wire/text.hpp"

namespace refundkit::stripe {
namespace {

// More than a roll of secrets ever needs, and no reason to compute without end.
constexpr std::size_t most_signatures = 16;

Error untrusted(std::string message, NextAction next = NextAction::fix_credentials) {
  return {ErrorCode::authentication_failed, std::move(message), {next}};
}

/// `Stripe-Signature`, taken apart.
struct Signature {
  std::string_view time_text;
  std::int64_t time = 0;
  std::vector<std::string> digests;
};

Result<Signature> read_signature(std::string_view header) {
  Signature signature;
  bool has_time = false;
  while (!header.empty()) {
    const std::size_t comma = header.find(',');
    const std::string_view piece = wire::trimmed(header.substr(0, comma));
    header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
    const std::size_t equals = piece.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = piece.substr(0, equals);
    const std::string_view value = piece.substr(equals + 1);
    if (name == "t") {
      const auto [stop, error] =
          std::from_chars(value.data(), value.data() + value.size(), signature.time);
      const bool is_number = error == std::errc() && stop == value.data() + value.size();
      if (has_time || !is_number) return no_event("The signature's time is not one number.");
      signature.time_text = value;
      has_time = true;
    } else if (name == "v1" && signature.digests.size() < most_signatures) {
      if (auto digest = wire::from_hex(value)) signature.digests.push_back(std::move(*digest));
    }
  }
  if (!has_time) return no_event("The header Stripe-Signature is not of the form t=...,v1=....");
  return signature;
}

class StripeWebhookCheck final : public WebhookCheck {
 public:
  explicit StripeWebhookCheck(WebhookOptions options) : options_(std::move(options)) {}

  [[nodiscard]] Result<WebhookEvent> check(const std::vector<HttpHeader>& headers,
                                           std::string_view body, TimePoint now) const override {
    const std::string* header = find_header(headers, "Stripe-Signature");
    if (header == nullptr) return untrusted("The header Stripe-Signature is absent.");
    const auto signature = read_signature(*header);
    if (!signature) return signature.error();
    if (!is_signed(*signature, body)) {
      return untrusted(
          "No signature fits: a wrong secret, an altered body, or not sent by Stripe.");
    }
    const std::int64_t seconds =
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    if (!is_in_time(signature->time, seconds)) {
      return untrusted("The signature's time is too far from now: check the clock.",
                       NextAction::none);
    }
    const auto json = wire::Json::parse(body);
    if (!json || !json->is_object()) return no_event("The event is not JSON.");
    if (auto error = check_origin(*json)) return *error;
    return read_event(*json);
  }

 private:
  /// Is the event of the environment and the account that this endpoint is for?
  [[nodiscard]] std::optional<Error> check_origin(const wire::Json& json) const {
    const auto live = json["livemode"].boolean();
    if (!live) return no_event("The event does not say whether it is live.");
    if (options_.environment && *live != (*options_.environment == Environment::live)) {
      return untrusted(*live ? "A live event, but environment is sandbox."
                             : "A sandbox event, but environment is live.");
    }
    const wire::Json& account = json["account"];
    if (!account.is_null() && !account.text()) return no_event("The event's account is no text.");
    const std::string of = account.text_or_empty();
    if (of == options_.account) return std::nullopt;
    if (options_.account.empty()) {
      return untrusted("An event of connected account " + of +
                       ", but the setting account names none.");
    }
    return untrusted("An event of " + (of.empty() ? "the own account" : "account " + of) +
                     ", but the setting account is " + options_.account + ".");
  }

  [[nodiscard]] bool is_in_time(std::int64_t then, std::int64_t now) const {
    const std::int64_t tolerance = options_.tolerance.count();
    return then >= now - tolerance && then <= now + tolerance;
  }

  /// Tries every secret on every digest: how long it takes tells nothing about a near miss.
  [[nodiscard]] bool is_signed(const Signature& signature, std::string_view body) const {
    std::string bytes(signature.time_text);
    bytes.append(".").append(body);
    bool fits = false;
    for (const Secret& secret : options_.secrets) {
      const std::string expected = wire::hmac_sha256(secret, bytes);
      for (const std::string& digest : signature.digests) {
        fits = wire::equal_in_constant_time(digest, expected) || fits;
      }
    }
    return fits;
  }

  WebhookOptions options_;
};

Error wrong(std::string message) {
  return {ErrorCode::configuration_error, std::move(message), {NextAction::fix_request}};
}

}  // namespace

Result<std::unique_ptr<WebhookCheck>> webhook_check(WebhookOptions options) {
  if (options.secrets.empty()) {
    return wrong("webhook_secret is missing: the endpoint's signing secret (whsec_...).");
  }
  for (Secret& secret : options.secrets) {
    const std::string_view bytes = wire::trimmed(secret.reveal());
    if (bytes.empty()) return wrong("webhook_secret holds an empty secret.");
    secret = Secret(bytes);
  }
  if (!options.account.empty() && !is_account(options.account)) {
    return wrong("account is no id of a connected account (acct_...).");
  }
  if (options.tolerance <= std::chrono::seconds::zero() ||
      options.tolerance > std::chrono::hours(24)) {
    return wrong("The webhook's tolerance must be above zero and at most a day.");
  }
  return std::unique_ptr<WebhookCheck>(std::make_unique<StripeWebhookCheck>(std::move(options)));
}

}  // namespace refundkit::stripe
