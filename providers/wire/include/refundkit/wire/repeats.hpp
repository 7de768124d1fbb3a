#pragma once

#include <optional>
#include <vector>

#include "refundkit/adapter.hpp"
#include "refundkit/operation_result.hpp"
#include "refundkit/request.hpp"

namespace refundkit::wire {

/// What a payment's listed refunds say about an operation that may have run before.
struct Repeat {
  /// The operation was done, or is under way: this is its answer, and nothing is sent.
  std::optional<RefundRecord> answer;
  /// It must not be done; `refusal_is_unknown` where money may have moved twice.
  std::optional<Error> refusal;
  bool refusal_is_unknown = false;
  /// Else: the try to open, from 0.
  int attempt = 0;
};

/// The rules for keys and references that need no journal, for every provider that lists a
/// payment's refunds: the same key with the same parameters is answered from the list, and so is
/// the same reference under another key (the payment was named by another of its ids); a refund
/// that failed opens the next try; other parameters are `idempotency_conflict`; two live refunds
/// under one key are `unknown`, for a person to look at. Without a key of the caller's, an equal
/// refund younger than ten minutes is `duplicate_request`, unless Terms::again.
///
/// `amount` is what would be sent now, if that is known.
Repeat judge_repeat(const RefundRequest& request, const FlowContext& context,
                    const std::optional<Money>& amount, const std::vector<RefundRecord>& refunds);

/// What the list says about the operation with this key: its live refund, else its newest one;
/// a refusal as above for two live ones and for another amount than `amount`. With `attempt`, only
/// refunds of that try or a later one answer: an earlier one says nothing about it.
Repeat find_operation(const IdempotencyKey& key, const std::optional<Money>& amount,
                      const std::vector<RefundRecord>& refunds,
                      const std::optional<int>& attempt = std::nullopt);

/// Neither failed nor canceled: the money is on its way, or arrived.
bool is_alive(const RefundRecord& refund);

}  // namespace refundkit::wire
