#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "refundkit/error.hpp"
#include "refundkit/ids.hpp"

namespace refundkit::stripe {

/// pi_…: else it is a charge, ch_… or py_….
bool is_payment_intent(const PaymentId& payment);

/// Nothing if Stripe could have given this id; else `invalid_request`.
std::optional<Error> check(const PaymentId& payment);
std::optional<Error> check(const RefundId& refund);

/// The form of a connected account's id: acct_…
bool is_account(std::string_view text);

/// An operation's key in the form that metadata and a header take: itself, or its hash where it is
/// long or holds bytes outside visible ASCII.
std::string key_text(const IdempotencyKey& key);
/// The key of one request: `rfk-<operation key>-<attempt>`, with `-<part>` for a further request of
/// the same try. At most 255 characters (sheet: Idempotency).
std::string wire_key(const IdempotencyKey& key, int attempt, std::string_view part = {});

}  // namespace refundkit::stripe
