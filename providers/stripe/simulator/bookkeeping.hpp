#pragma once

#include <string>

#include "books.hpp"

namespace refundkit::simulation::stripe {

// What happens to payments and refunds, and the events Stripe tells of it.

/// A refund that Stripe has accepted.
struct RefundOrder {
  std::int64_t amount = 0;
  std::string reason, instructions_email;
  Json metadata = Json::object();
  bool reverse_transfer = false;
  bool fails_later = false;
  Cause cause;
};

Refund& accept_refund(Books& books, Payment& payment, const RefundOrder& order, Time now);

/// Stops a refund that has not ended: `status` is "failed" or "canceled".
void end_refund(Books& books, Payment& payment, Refund& refund, const std::string& status,
                const std::string& failure_reason, Time now);

/// Releases what is on hold.
void cancel_payment(Books& books, Payment& payment, const std::string& reason, const Cause& cause,
                    Time now);

/// The rest of an authorization, shown under the charge as a refund of type `reversal`.
void release_rest(Books& books, Payment& payment, const std::string& reason, Time now);

/// Sees to it that an authorization lapses when its time has come.
void watch_authorization(Books& books, Payment& payment);

}  // namespace refundkit::simulation::stripe
