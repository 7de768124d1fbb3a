#include "rules.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "amounts.hpp"

namespace refundkit::stripe {
namespace {

struct Window {
  std::string_view method;
  int days;
};
// Sheet: Rules, "Refund windows found". SEPA's is unconfirmed, so that Stripe is left to judge it.
constexpr std::array<Window, 12> windows{{{"affirm", 120},
                                          {"afterpay_clearpay", 120},
                                          {"us_bank_account", 180},
                                          {"ach_debit", 180},
                                          {"bancontact", 180},
                                          {"eps", 180},
                                          {"giropay", 180},
                                          {"ideal", 180},
                                          {"sofort", 180},
                                          {"paypal", 180},
                                          {"customer_balance", 180},
                                          {"grabpay", 90}}};

LocalNo no(ErrorCode code, NextAction next, std::string message, const Rule& rule) {
  return {{code, std::move(message), {next}}, rule};
}

const Rule& rule_named(std::string_view topic) {
  const auto& rules = all_rules();
  return *std::find_if(rules.begin(), rules.end(),
                       [topic](const Rule& rule) { return rule.topic == topic; });
}

LocalNo nothing_left() {
  return no(ErrorCode::already_refunded, NextAction::none,
            "Nothing is left to refund: what was taken is refunded, or its refunds are under way.",
            rule_named("already refunded"));
}

/// Payments from which nothing was taken, or all was let go.
std::optional<LocalNo> refuse_state(const Payment& payment) {
  if (payment.is_uncaptured()) {
    return no(ErrorCode::not_captured, NextAction::void_instead,
              "The payment is only authorized: there is nothing to refund yet.",
              rule_named("refund before capture"));
  }
  const bool nothing_taken = payment.received.value_or(0) == 0 && !payment.paid;
  if (payment.was_let_go()) {
    return no(ErrorCode::already_voided, NextAction::none,
              "The payment was cancelled before any money was taken.", rule_named("void"));
  }
  const bool waits = payment.status == "processing" || payment.status == "pending";
  if (waits && nothing_taken) {
    return no(ErrorCode::in_progress, NextAction::retry_later,
              "The payment is still being processed: there is nothing to refund yet.",
              rule_named("payment in processing"));
  }
  const bool never = payment.status == "failed" ||
                     (nothing_taken && payment.is_intent && is_known_status(payment) &&
                      payment.status != "succeeded" && payment.status != "canceled");
  if (never) {
    return no(ErrorCode::not_refundable, NextAction::none,
              "The payment never succeeded: nothing was collected.",
              rule_named("payment that never succeeded"));
  }
  if (payment.is_held_by_dispute()) {
    return no(ErrorCode::disputed, NextAction::contact_provider,
              "A dispute (" + payment.dispute + ") holds the money of this payment.",
              rule_named("disputes"));
  }
  return std::nullopt;
}

std::optional<LocalNo> refuse_method(const RefundRequest& request, const Payment& payment,
                                     const Left& left, TimePoint now) {
  const auto days = refund_window_days(payment.method);
  if (days && payment.created && now - *payment.created > std::chrono::hours(24 * *days)) {
    return no(ErrorCode::refund_window_expired, NextAction::manual_portal,
              "Payments by " + payment.method + " can be refunded for " + std::to_string(*days) +
                  " days only.",
              rule_named("refund window"));
  }
  const bool stripe_decides = !payment.received || left.guessed || left.upper <= 0;
  if (!request.amount || !is_full_only(payment.method) || stripe_decides) return std::nullopt;
  const auto units = wire::to_provider(*request.amount, amount_rule(*payment.currency));
  if (units && *units == payment.received && left.refunded == 0) return std::nullopt;
  return no(ErrorCode::partial_not_supported, NextAction::fix_request,
            "A payment by " + payment.method + " can only be refunded whole.",
            rule_named("full-only methods"));
}

std::optional<LocalNo> refuse_amount(const Money& amount, std::int64_t units, const Left& left) {
  if (left.guessed) return std::nullopt;
  if (left.upper <= 0) return nothing_left();
  if (units <= left.upper) return std::nullopt;
  const auto most = wire::from_provider_rounded_down(left.upper, amount.currency(),
                                                     amount_rule(amount.currency()));
  return no(ErrorCode::amount_exceeds_refundable, NextAction::fix_request,
            wire::show(amount) + " is more than is left to refund" +
                (most ? " (" + wire::show(*most) + ")." : std::string(".")),
            rule_named("over-refund"));
}

RefundVerdict decide_part(const RefundRequest& request, const Left& left) {
  const Money& amount = *request.amount;
  const auto units = wire::to_provider(amount, amount_rule(amount.currency()));
  if (!units) return LocalNo{units.error(), rule_named("amount")};
  if (auto refusal = refuse_amount(amount, *units, left)) return *refusal;
  return RefundDecision{*units, amount, Operation::partial_refund, rule_named("partial refund")};
}

RefundVerdict decide_whole(const Payment& payment, const Left& left) {
  const wire::AmountRule rule = amount_rule(*payment.currency);
  const auto amount = wire::from_provider_rounded_down(left.upper, *payment.currency, rule);
  if (left.upper <= 0) return nothing_left();
  if (!amount || amount->minor() == 0) {
    return no(ErrorCode::not_refundable, NextAction::manual_portal,
              "What is left is less than the smallest amount that can be refunded here.",
              rule_named("amount"));
  }
  const auto units = wire::to_provider(*amount, rule);
  if (!units) return LocalNo{units.error(), rule_named("amount")};
  RefundDecision decision{*units, *amount, Operation::refund, rule_named("full refund")};
  const auto lower = wire::from_provider_rounded_down(left.lower, *payment.currency, rule);
  if (lower && lower->minor() > 0 && lower->minor() < amount->minor()) decision.lower = lower;
  return decision;
}

}  // namespace

std::optional<int> refund_window_days(const std::string& method) {
  const auto* window = std::find_if(windows.begin(), windows.end(), [&method](const Window& known) {
    return known.method == method;
  });
  return window == windows.end() ? std::nullopt : std::optional<int>(window->days);
}

bool is_full_only(const std::string& method) {
  return method == "us_bank_account" || method == "ach_debit";
}

std::optional<Error> check(const RefundRequest& request) {
  if (!request.amount) return std::nullopt;
  if (request.amount->minor() <= 0) {
    return Error{
        ErrorCode::amount_invalid, "The amount must be above zero.", {NextAction::fix_request}};
  }
  const auto units = wire::to_provider(*request.amount, amount_rule(request.amount->currency()));
  return units ? std::nullopt : std::optional<Error>(units.error());
}

RefundVerdict decide_refund(const RefundRequest& request, const PaymentSnapshot& snapshot,
                            TimePoint now, bool moves_connected_money) {
  const Payment payment = *from_snapshot(snapshot);
  if (request.amount && request.amount->currency() != *payment.currency) {
    return no(ErrorCode::currency_mismatch, NextAction::fix_request,
              "The payment is in " + std::string(payment.currency->code()) + ", not in " +
                  std::string(request.amount->currency().code()) + ".",
              rule_named("currency"));
  }
  if (auto refusal = refuse_state(payment)) return *refusal;
  const Left left = what_is_left(payment, snapshot.refunds);
  if (auto refusal = refuse_method(request, payment, left, now)) return *refusal;
  if (!request.amount) return decide_whole(payment, left);
  const bool being_captured = payment.is_intent && payment.status == "requires_capture";
  RefundVerdict verdict = decide_part(request, left);
  const auto* decision = std::get_if<RefundDecision>(&verdict);
  const bool is_part = decision != nullptr && decision->units < left.upper;
  if (being_captured && moves_connected_money && is_part) {
    return no(ErrorCode::partial_not_supported, NextAction::fix_request,
              "While the payment is still being captured, no part can be refunded together with a "
              "transfer or an application fee.",
              multicapture_rule());
  }
  return verdict;
}

std::optional<RefundDecision> lower_of(const RefundDecision& now, const RefundDecision& refused) {
  RefundDecision lower = now;
  if (now.lower) {
    const auto units = wire::to_provider(*now.lower, amount_rule(now.lower->currency()));
    if (!units) return std::nullopt;
    lower.units = *units;
    lower.amount = *now.lower;
    lower.lower.reset();
  }
  return lower.units < refused.units ? std::optional<RefundDecision>(lower) : std::nullopt;
}

std::optional<LocalNo> refuse_void(const Payment& payment) {
  const bool taken = payment.is_intent
                         ? payment.status == "succeeded" || payment.received.value_or(0) > 0
                         : payment.captured || payment.received.value_or(0) > 0;
  if (taken) {
    return no(ErrorCode::already_settled, NextAction::refund_instead,
              payment.status == "requires_capture"
                  ? "A part of the payment was already taken: reverse refunds it and releases the "
                    "rest."
                  : "The payment was captured: it is too late to cancel it.",
              payment.status == "requires_capture" ? multicapture_rule() : void_rule());
  }
  if (!payment.is_intent && payment.status == "failed") {
    return no(ErrorCode::not_refundable, NextAction::none,
              "The payment never succeeded: there is nothing to cancel.",
              rule_named("payment that never succeeded"));
  }
  return std::nullopt;
}

Rule void_rule() { return rule_named("void"); }

Rule multicapture_rule() { return rule_named("multicapture"); }

}  // namespace refundkit::stripe
