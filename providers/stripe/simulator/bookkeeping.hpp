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

/// How a refund ends that gives nothing back.
struct RefundEnd {
  std::string status;  ///< "failed" or "canceled"
  std::string failure_reason;
};

/// Does nothing to a refund that has failed or was canceled before.
void end_refund(Books& books, const Books::Found& found, const RefundEnd& end, Time now);

/// Why a payment is canceled, and by which call.
struct Cancellation {
  std::string reason;
  Cause cause;
};

/// Releases what is on hold.
void cancel_payment(Books& books, Payment& payment, const Cancellation& cancellation, Time now);

/// The rest of an authorization, shown under the charge as a refund of type `reversal`.
void release_rest(Books& books, Payment& payment, const std::string& reason, Time now);

/// Sees to it that an authorization lapses when its time has come.
void watch_authorization(Books& books, Payment& payment);

}  // namespace refundkit::simulation::stripe
