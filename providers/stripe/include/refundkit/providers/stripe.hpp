#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "refundkit/adapter.hpp"
#include "refundkit/export.hpp"
#include "refundkit/provider.hpp"
#include "refundkit/result.hpp"
#include "refundkit/secret.hpp"
#include "refundkit/webhook.hpp"

/// Refunds and voids at Stripe (API version 2026-07-29.dahlia).
namespace refundkit::stripe {

/// Which of an account's two sides a key or an event belongs to. Stripe has one host for both.
enum class Environment { live, sandbox };

struct Options {
  /// A secret or, better, a restricted key: sk_live_, rk_live_, sk_test_ or rk_test_.
  Secret secret_key;
  /// Given, a key of the other environment is refused.
  std::optional<Environment> environment = std::nullopt;
  /// Connect: the connected account that the requests act on ("acct_…"); empty: the key's own.
  std::string account = {};
  /// Scheme, host and port, perhaps a path; no slash at its end.
  std::string base_url = "https://api.stripe.com";
  /// Connect destination charges: pull the refunded part back from the connected account.
  bool reverse_transfer = false;
  /// Connect: give the refunded part of the application fee back.
  bool refund_application_fee = false;
};

/// Sends nothing. Fails with `configuration_error` and a message that names the setting.
/// The adapter is safe to share between threads.
REFUNDKIT_EXPORT Result<std::unique_ptr<Adapter>> adapter(const Options& options);

struct WebhookOptions {
  /// The endpoint's signing secrets ("whsec_…"); several while one is being rolled.
  std::vector<Secret> secrets;
  /// How far the signature's time may lie from now, to either side. Above zero.
  std::chrono::seconds tolerance{300};
  /// Given, an event of the other environment is refused.
  std::optional<Environment> environment = std::nullopt;
  /// Connect: the connected account ("acct_…") whose events are taken, and no others. Empty: only
  /// the key's own account's, which name none; a connected account's are refused.
  std::string account = {};
};

/// Fails with `configuration_error`: no secret, an empty one, or a tolerance that checks nothing.
/// The check is safe to share between threads.
REFUNDKIT_EXPORT Result<std::unique_ptr<WebhookCheck>> webhook_check(WebhookOptions options);

/// Stripe, for programs that take the provider's name as input.
REFUNDKIT_EXPORT const Provider& provider();

}  // namespace refundkit::stripe
