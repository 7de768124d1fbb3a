#include <algorithm>
#include <utility>

#include "adapter.hpp"
#include "ids.hpp"
#include "refundkit/http/address.hpp"
#include "refundkit/providers/stripe.hpp"
#include "refundkit/wire/text.hpp"

namespace refundkit::stripe {
namespace {

Error wrong(std::string message) {
  return {ErrorCode::configuration_error, std::move(message), {NextAction::fix_request}};
}

bool is_visible(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char letter) { return letter > ' ' && letter < '\x7F'; });
}

bool is_live_key(std::string_view key) {
  return wire::starts_with(key, "sk_live_") || wire::starts_with(key, "rk_live_");
}

bool is_test_key(std::string_view key) {
  return wire::starts_with(key, "sk_test_") || wire::starts_with(key, "rk_test_");
}

std::optional<Error> check_key(const Options& options) {
  const std::string_view key = options.secret_key.reveal();
  if (key.empty()) return wrong("secret_key is missing: a secret or restricted key of Stripe's.");
  if (!is_visible(key)) return wrong("secret_key holds blanks, line ends or other stray bytes.");
  if (wire::starts_with(key, "pk_")) {
    return wrong("secret_key is a publishable key (pk_...): a secret or restricted key is needed.");
  }
  if (options.environment == Environment::sandbox && is_live_key(key)) {
    return wrong(
        "secret_key is a live key, but environment is sandbox: set environment to live "
        "to move real money.");
  }
  if (options.environment == Environment::live && is_test_key(key)) {
    return wrong("secret_key is a test key, but environment is live.");
  }
  return std::nullopt;
}

std::optional<Error> check_account(const std::string& account) {
  if (account.empty() || is_account(account)) return std::nullopt;
  return wrong("account is no id of a connected account (acct_...).");
}

std::optional<Error> check_base_url(const std::string& url) {
  if (url.empty() || !is_visible(url) || url.find_first_of("?#") != std::string::npos) {
    return wrong("base_url is no address: scheme, host and port, perhaps a path.");
  }
  if (url.back() == '/') return wrong("base_url must not end with a slash.");
  const auto allowed = check_address(url);
  return allowed ? std::nullopt
                 : std::optional<Error>(wrong("base_url: " + allowed.error().message));
}

std::string text_of(const Settings& settings, std::string_view name) {
  const auto found = settings.find(name);
  return found == settings.end() ? std::string() : std::string(found->second.reveal());
}

Result<std::optional<Environment>> environment_of(const Settings& settings) {
  const std::string text = text_of(settings, "environment");
  if (text.empty() || text == "sandbox") return std::optional<Environment>(Environment::sandbox);
  if (text == "live") return std::optional<Environment>(Environment::live);
  return wrong("environment must be live or sandbox.");
}

Result<bool> flag_of(const Settings& settings, const std::string& name) {
  const std::string text = text_of(settings, name);
  if (text.empty() || text == "false") return false;
  if (text == "true") return true;
  return wrong(name + " must be true or false.");
}

std::vector<Secret> secrets_of(const Settings& settings) {
  std::vector<Secret> secrets;
  const auto found = settings.find("webhook_secret");
  if (found == settings.end() || found->second.empty()) return secrets;
  std::string_view rest = found->second.reveal();
  while (true) {
    const std::size_t comma = rest.find(',');
    secrets.emplace_back(wire::trimmed(rest.substr(0, comma)));
    if (comma == std::string_view::npos) return secrets;
    rest = rest.substr(comma + 1);
  }
}

std::vector<Setting> make_settings() {
  using Kind = Setting::Kind;
  return {{"secret_key", Kind::secret, "", true,
           "Secret or, better, restricted key: sk_live_, rk_live_, sk_test_ or rk_test_"},
          {"environment", Kind::text, "sandbox", false,
           "live or sandbox; a key of the other one is refused"},
          {"account", Kind::text, "", false,
           "Connect: the connected account to act on and to hear from (acct_...)"},
          {"webhook_secret", Kind::secret, "", false,
           "Signing secret of the webhook endpoint (whsec_...); several with commas"},
          {"base_url", Kind::text, "https://api.stripe.com", false,
           "Replaces scheme, host and port of every call"},
          {"reverse_transfer", Kind::text, "false", false,
           "true: pull the money back from the connected account (destination charges)"},
          {"refund_application_fee", Kind::text, "false", false,
           "true: give the application fee back too (Connect)"}};
}

class StripeProvider final : public Provider {
 public:
  [[nodiscard]] const Capabilities& capabilities() const noexcept override { return capabilities_; }
  [[nodiscard]] const std::vector<Setting>& settings() const noexcept override { return settings_; }
  [[nodiscard]] Result<std::unique_ptr<Adapter>> connect(const Settings& settings) const override {
    const auto environment = environment_of(settings);
    const auto reverse_transfer = flag_of(settings, "reverse_transfer");
    const auto refund_fee = flag_of(settings, "refund_application_fee");
    if (!environment) return environment.error();
    if (!reverse_transfer) return reverse_transfer.error();
    if (!refund_fee) return refund_fee.error();
    Options options;
    const auto key = settings.find("secret_key");
    if (key != settings.end()) options.secret_key = key->second;
    options.environment = *environment;
    options.account = text_of(settings, "account");
    const std::string base_url = text_of(settings, "base_url");
    if (!base_url.empty()) options.base_url = base_url;
    options.reverse_transfer = *reverse_transfer;
    options.refund_application_fee = *refund_fee;
    return adapter(options);
  }
  [[nodiscard]] Result<std::unique_ptr<WebhookCheck>> webhook_check(
      const Settings& settings) const override {
    const auto environment = environment_of(settings);
    if (!environment) return environment.error();
    WebhookOptions options;
    options.secrets = secrets_of(settings);
    options.environment = *environment;
    options.account = text_of(settings, "account");
    return stripe::webhook_check(std::move(options));
  }

 private:
  const Capabilities& capabilities_ = stripe_capabilities();
  std::vector<Setting> settings_ = make_settings();
};

}  // namespace

Result<std::unique_ptr<Adapter>> adapter(const Options& options) {
  if (auto error = check_key(options)) return *error;
  if (auto error = check_account(options.account)) return *error;
  if (auto error = check_base_url(options.base_url)) return *error;
  // A key of a form that is new to us counts as one of the environment the caller names.
  const std::string_view key = options.secret_key.reveal();
  const bool live =
      is_live_key(key) || (!is_test_key(key) && options.environment != Environment::sandbox);
  return std::unique_ptr<Adapter>(std::make_unique<StripeAdapter>(options, live));
}

const Provider& provider() {
  static const StripeProvider stripe;
  return stripe;
}

}  // namespace refundkit::stripe
