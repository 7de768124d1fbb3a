#include "refundkit/wire/repeats.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "refundkit/request.hpp"
#include "refundkit/wire/amounts.hpp"

namespace refundkit::wire {
namespace {

using Records = std::vector<const RefundRecord*>;

constexpr std::chrono::minutes duplicate_window{10};

Records ours_among(const std::vector<RefundRecord>& refunds, const IdempotencyKey& key) {
  Records ours;
  for (const RefundRecord& refund : refunds) {
    if (!key.empty() && refund.key == key) ours.push_back(&refund);
  }
  return ours;
}

/// By the reference too: the same payment named by another of its ids has other keys.
Records ours_among(const std::vector<RefundRecord>& refunds, const IdempotencyKey& key,
                   const Reference& reference) {
  Records ours;
  for (const RefundRecord& refund : refunds) {
    const bool by_key = !key.empty() && refund.key == key;
    const bool by_reference = !reference.empty() && refund.reference == reference;
    if (by_key || (by_reference && refund.gives_money_back)) ours.push_back(&refund);
  }
  return ours;
}

Error doubled(const Records& live) {
  std::string ids;
  for (const RefundRecord* refund : live) ids += (ids.empty() ? "" : ", ") + refund->id.str();
  return {ErrorCode::duplicate_request,
          "The provider lists more than one refund of this operation: " + ids +
              ". A person must look at them.",
          {NextAction::contact_provider}};
}

std::string asked(const RefundRequest& request) {
  return request.amount ? show(*request.amount) : std::string("everything left");
}

std::string reason_of(const RefundRequest& request) {
  if (!request.terms.reason) return "no reason";
  return "reason " + std::string(to_text(*request.terms.reason));
}

/// What is known to differ; the earlier request's reason and lines are known by their hash only.
std::string difference(const RefundRequest& request, const RefundRecord& earlier) {
  if (request.amount && *request.amount != earlier.amount) return {};
  return " What differs is the reason, the line items, or whether an amount was named.";
}

Error conflict(const RefundRequest& request, const RefundRecord& earlier) {
  return {ErrorCode::idempotency_conflict,
          "The same reference or key was used with other parameters: before, refund " +
              earlier.id.str() + " of " + show(earlier.amount) + "; now, " + asked(request) + ", " +
              reason_of(request) + "." + difference(request, earlier) + " Nothing was sent.",
          {NextAction::fix_request}};
}

bool conflicts(const RefundRequest& request, const std::string& fingerprint,
               const RefundRecord& earlier) {
  if (request.amount && *request.amount != earlier.amount) return true;
  return !earlier.fingerprint.empty() && earlier.fingerprint != fingerprint;
}

Repeat judge_ours(const Records& ours, int attempt) {
  Repeat repeat;
  repeat.attempt = attempt;
  Records live;
  std::copy_if(ours.begin(), ours.end(), std::back_inserter(live),
               [](const RefundRecord* refund) { return is_alive(*refund); });
  if (live.size() > 1) {
    repeat.refusal = doubled(live);
    repeat.refusal_is_unknown = true;
  } else if (live.size() == 1) {
    repeat.answer = *live.front();
  } else {
    for (const RefundRecord* refund : ours) {
      repeat.attempt = std::max(repeat.attempt, refund->attempt + 1);
    }
  }
  return repeat;
}

bool is_equal_and_young(const RefundRecord& refund, const std::optional<Money>& amount,
                        const std::string& fingerprint, TimePoint now) {
  if (!is_alive(refund) || !refund.gives_money_back || !refund.created) return false;
  if (now - *refund.created >= duplicate_window) return false;
  return (amount && refund.amount == *amount) || refund.fingerprint == fingerprint;
}

}  // namespace

bool is_alive(const RefundRecord& refund) {
  return refund.state != RefundState::failed && refund.state != RefundState::canceled;
}

Repeat judge_repeat(const RefundRequest& request, const FlowContext& context,
                    const std::optional<Money>& amount, const std::vector<RefundRecord>& refunds) {
  const std::string fingerprint = request_fingerprint(request);
  const Records ours = ours_among(refunds, context.key, request.terms.reference);
  for (const RefundRecord* earlier : ours) {
    if (!conflicts(request, fingerprint, *earlier)) continue;
    Repeat repeat;
    repeat.refusal = conflict(request, *earlier);
    return repeat;
  }
  Repeat repeat = judge_ours(ours, context.attempt);
  if (context.repeatable_key || request.terms.again || !ours.empty()) return repeat;

  const auto equal = std::find_if(refunds.begin(), refunds.end(), [&](const RefundRecord& refund) {
    return is_equal_and_young(refund, amount, fingerprint, context.now);
  });
  if (equal == refunds.end()) return repeat;
  repeat.refusal = Error{ErrorCode::duplicate_request,
                         "An equal refund of this payment was made less than ten minutes ago (" +
                             equal->id.str() + ", " + show(equal->amount) +
                             "). Give each refund a reference, or ask to do it again. Nothing was "
                             "sent.",
                         {NextAction::fix_request}};
  return repeat;
}

Repeat find_operation(const IdempotencyKey& key, const std::optional<Money>& amount,
                      const std::vector<RefundRecord>& refunds, const std::optional<int>& attempt) {
  Records ours = ours_among(refunds, key);
  Repeat repeat = judge_ours(ours, 0);
  if (repeat.refusal) return repeat;
  if (attempt) {
    const auto is_earlier = [&attempt](const RefundRecord* one) { return one->attempt < *attempt; };
    ours.erase(std::remove_if(ours.begin(), ours.end(), is_earlier), ours.end());
    repeat = judge_ours(ours, *attempt);
  }
  if (ours.empty()) return repeat;
  if (!repeat.answer) {
    repeat.answer = **std::max_element(
        ours.begin(), ours.end(),
        [](const RefundRecord* a, const RefundRecord* b) { return a->attempt < b->attempt; });
  }
  if (amount && repeat.answer->amount != *amount) {
    repeat.refusal =
        Error{ErrorCode::idempotency_conflict,
              "The provider lists refund " + repeat.answer->id.str() + " under this key with " +
                  show(repeat.answer->amount) + ", not " + show(*amount) +
                  ". Resolve it without an amount to take that answer.",
              {NextAction::resolve}};
  }
  return repeat;
}

}  // namespace refundkit::wire
