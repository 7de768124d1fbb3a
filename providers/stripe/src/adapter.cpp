#include "adapter.hpp"

#include <utility>

#include "flows.hpp"
#include "ids.hpp"
#include "refundkit/wire/text.hpp"
#include "rules.hpp"

namespace refundkit::stripe {
namespace {

/// `Stripe-Should-Retry`, where Stripe gives its own advice.
std::optional<bool> advice_of(const HttpResponse& response) {
  const std::string* advice = find_header(response.headers, "Stripe-Should-Retry");
  if (advice == nullptr) return std::nullopt;
  if (*advice == "true") return true;
  if (*advice == "false") return false;
  return std::nullopt;
}

/// Repeats that Stripe's own SDKs would make without such advice; and a plain 429, after a pause.
bool may_be_repeated(int status) {
  return status == 409 || status == 429 || status == 424 || status == 408 || status >= 500;
}

/// A proxy's page or a broken body in a success: under its key Stripe gives the answer once more.
bool is_unreadable_success(const HttpResponse& response) {
  const std::string_view body = wire::trimmed(response.body);
  const bool is_object = !body.empty() && body.front() == '{' && body.back() == '}';
  return response.status >= 200 && response.status < 300 && !is_object;
}

Capabilities make_capabilities() {
  Capabilities can;
  can.provider = ProviderId("stripe");
  can.display_name = "Stripe";
  can.api_version = std::string(api_version);
  can.refund = can.partial_refund = can.void_payment = can.cancel_refund = true;
  can.query_payment = can.query_refund = can.list_refunds = can.webhooks = true;
  can.deduplicates = true;
  // Kept for at least 24 hours; one less, so that no repeat comes too late (sheet: Idempotency).
  can.key_lifetime = std::chrono::hours(23);
  can.payment_ids = "pi_... (a PaymentIntent), ch_... or py_... (a charge)";
  can.console_url = "https://dashboard.stripe.com/payments";
  can.rules = all_rules();
  return can;
}

}  // namespace

const Capabilities& stripe_capabilities() {
  static const Capabilities capabilities = make_capabilities();
  return capabilities;
}

StripeAdapter::StripeAdapter(const Options& options, bool live)
    : connection_{Requests(options), Console(live, options.account)},
      secret_key_(options.secret_key),
      capabilities_(stripe_capabilities()) {}

const Capabilities& StripeAdapter::capabilities() const noexcept { return capabilities_; }

Step<OperationResult> StripeAdapter::refund(const RefundRequest& request,
                                            const FlowContext& context) const {
  return stripe::refund(connection_, request, context);
}

Step<OperationResult> StripeAdapter::void_payment(const VoidRequest& request,
                                                  const FlowContext& context) const {
  return stripe::void_payment(connection_, request, context);
}

Step<OperationResult> StripeAdapter::reverse(const RefundRequest& request,
                                             const FlowContext& context) const {
  return stripe::reverse(connection_, request, context);
}

Step<OperationResult> StripeAdapter::resolve(const ResolveRequest& request,
                                             const FlowContext& context) const {
  return stripe::resolve(connection_, request, context);
}

Reading<PaymentSnapshot> StripeAdapter::read_payment(const PaymentId& payment) const {
  return stripe::read_payment(connection_, payment);
}

Reading<RefundRecord> StripeAdapter::read_refund(const PaymentId& payment,
                                                 const RefundId& refund) const {
  return stripe::read_refund(connection_, payment, refund);
}

// Through the payment: what a wrong account lists is empty too, and only the payment tells which
// of the listed gave money back.
Reading<std::vector<RefundRecord>> StripeAdapter::list_refunds(const PaymentId& payment) const {
  using Records = std::vector<RefundRecord>;
  return then<Result<Records>>(stripe::read_payment(connection_, payment),
                               [](const Result<PaymentSnapshot>& snapshot) -> Reading<Records> {
                                 if (!snapshot) return Result<Records>(snapshot.error());
                                 return Result<Records>(snapshot->refunds);
                               });
}

RepeatHint StripeAdapter::repeat_hint(const HttpResponse& response) const {
  using Advice = RepeatHint::Advice;
  RepeatHint hint;
  // The limiter and the object's lock stand before the endpoint: such a try was not executed.
  hint.not_executed = response.status == 429 || response.status == 401 || response.status == 403;
  if (const auto advice = advice_of(response)) {
    hint.advice = *advice ? Advice::repeat_same_key : Advice::do_not_repeat;
  } else if (may_be_repeated(response.status) || is_unreadable_success(response)) {
    hint.advice = Advice::repeat_same_key;
  }
  return hint;
}

std::string StripeAdapter::request_id(const HttpResponse& response) const {
  return stripe::request_id(response);
}

Result<Secret> StripeAdapter::credential(std::string_view slot) const {
  if (slot == key_slot) return secret_key_;
  return Error{ErrorCode::configuration_error,
               "Stripe's adapter has no credential with this name.",
               {NextAction::fix_request}};
}

const std::vector<std::string_view>& StripeAdapter::loggable_headers() const noexcept {
  static const std::vector<std::string_view> names{
      "Request-Id",          "Idempotency-Key",
      "Idempotent-Replayed", "Original-Request",
      "Stripe-Should-Retry", "Stripe-Rate-Limited-Reason",
      "Stripe-Version",      "Stripe-Notice",
      "Retry-After",         "Date",
      "Content-Type"};
  return names;
}

}  // namespace refundkit::stripe
