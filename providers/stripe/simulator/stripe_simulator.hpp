#pragma once

#include <memory>

#include "refundkit/simulation/simulator.hpp"

namespace refundkit::simulation {

/// Stripe's refunds, as its sheet tells them: PaymentIntents, Charges, Refunds, Disputes, Events,
/// idempotency and signed webhooks, for one account in test mode and any connected account.
///
/// Beside what a payment wish says, marks in its `reference`, parted by blanks, ask for more:
/// | mark                  | effect |
/// | `sim:pending`         | refunds start `pending` and succeed a day later |
/// | `sim:action`          | refunds need the customer (`requires_action`); canceled after 45 days
/// | | `sim:low-balance`     | refunds wait for the balance; failed after 7 days | |
/// `sim:no-balance`      | refunds are refused for the balance | | `sim:dispute`         | a
/// chargeback is open: refunds are refused | | `sim:inquiry`         | an inquiry is open: refunds
/// are allowed | | `sim:full-only`       | the method allows no partial refund | |
/// `sim:multicapture`    | with state authorized: half is taken, half still on hold | |
/// `sim:partial-capture` | with state captured: three quarters were taken, the rest released | |
/// `sim:processing`      | not paid yet, a day later it is | | `sim:declined`        | the charge
/// failed | | `sim:charge`          | a charge without a PaymentIntent; `payment_id` is the charge
/// | | `sim:connect`         | a destination charge: `reverse_transfer` and fee refunds are allowed
/// | | `sim:account=acct_1`  | belongs to that connected account |
///
/// What runs by the clock: a failing refund fails an hour after it succeeded; a pending one
/// succeeds after a day; a bank reference is there after three days; an authorization lapses and
/// a payment becomes available after seven; a held refund is approved after a day; keys are
/// forgotten after a day; events after thirty.
std::unique_ptr<Simulator> make_stripe_simulator();

}  // namespace refundkit::simulation
