#pragma once

#include <optional>
#include <string>
#include <vector>

#include "refundkit/export.hpp"
#include "refundkit/ids.hpp"
#include "refundkit/money.hpp"
#include "refundkit/operation_result.hpp"
#include "refundkit/words.hpp"

namespace refundkit {
inline namespace v0 {

/// One line of the merchant's order that a refund covers. Passed on where the provider takes lines.
struct LineItem {
  std::string reference;
  std::string name;
  long long quantity = 1;
  /// Of the whole line, taxes included.
  Money total;
};

/// What every operation that can move money may carry.
struct Terms {
  /// The merchant's own number. The same reference for the same payment is the same operation.
  Reference reference;
  /// Chosen by the caller instead of a reference. With neither, a random key is made.
  IdempotencyKey key;
  std::optional<Reason> reason;
  /// Why, in a person's words. Stays in this process; never sent to a provider.
  std::string note;
  /// Who asked. A label; it grants nothing and is never sent to a provider.
  std::string actor;
  std::vector<LineItem> line_items;
  /// Do it although an equal operation without a reference was made in the last ten minutes.
  bool again = false;
};

/// Gives money back. Without an amount: all that is left, read first and sent as an amount.
struct RefundRequest {
  PaymentId payment;
  std::optional<Money> amount = std::nullopt;
  Terms terms = {};
  /// What Client::read_payment() just told; saves reading it again. Used only under a reference or
  /// a key, and for one minute: an older one, or one for an unnamed refund, is read anew.
  std::optional<PaymentSnapshot> snapshot = std::nullopt;
};

/// Cancels a payment before the money moves; with `refund`, cancels that refund while it can still
/// be cancelled at the provider.
struct VoidRequest {
  PaymentId payment;
  std::optional<RefundId> refund = std::nullopt;
  Terms terms = {};
};

/// Asks what became of the operation with this key.
struct ResolveRequest {
  PaymentId payment;
  IdempotencyKey key;
  /// The amount that was sent, if the caller still knows: another amount under the key is reported.
  std::optional<Money> amount = std::nullopt;
  /// Which try of the operation it was, from 0, if the caller still knows.
  std::optional<int> attempt = std::nullopt;
  /// For a void of a refund: that refund.
  std::optional<RefundId> refund = std::nullopt;
};

/// Whose payment an operation is about.
struct KeyScope {
  ProviderId provider;
  AccountName account;
  PaymentId payment;
};

/// The key of one operation: a hash of provider, account, payment, family and reference. The family
/// is void for `void_payment` and refund for all else, so that one reference names one return,
/// given back in part or in full. Terms::key replaces it; with neither key nor reference a Client
/// makes a random one.
REFUNDKIT_EXPORT IdempotencyKey operation_key(const KeyScope& scope, Operation operation,
                                              const Reference& reference);

/// What the caller asked for, as a short text: equal for equal requests, other for others. Holds
/// the amount as given (not as computed), the currency, reason and line items.
REFUNDKIT_EXPORT std::string request_fingerprint(const RefundRequest& request);

}  // namespace v0
}  // namespace refundkit
