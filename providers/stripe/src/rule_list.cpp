#include "rules.hpp"

namespace refundkit::stripe {

const std::vector<Rule>& all_rules() {
  static const std::vector<Rule> rules{
      {"full refund",
       "Sends what is left as an amount: Stripe's own \"all that is left\" changes "
       "between two tries.",
       "docs.stripe.com/api/refunds"},
      {"partial refund", "Any number of partial refunds, until nothing is left.",
       "docs.stripe.com/refunds"},
      {"settlement",
       "No need to wait: a refund may follow the capture at once. Of a bank payment "
       "not settled yet it stays pending.",
       "docs.stripe.com/changelog/basil/2025-04-30/refund-pending-reason"},
      {"refund before capture", "An authorized payment has nothing to refund: cancel it.",
       "docs.stripe.com/api/refunds"},
      {"void", "Whole, and only while nothing was captured.",
       "docs.stripe.com/api/payment_intents/cancel"},
      {"multicapture",
       "Of a payment captured in parts, the part taken is refunded and the rest is "
       "cancelled; no partial refund with a transfer or fee meanwhile.",
       "docs.stripe.com/payments/multicapture"},
      {"payment in processing", "Nothing to refund until it has succeeded or failed.",
       "docs.stripe.com/refunds"},
      {"payment that never succeeded", "Without a successful charge nothing can be refunded.",
       "docs.stripe.com/refunds"},
      {"refund window",
       "Cards: none documented. GrabPay 90 days; Affirm and Afterpay 120; ACH, "
       "Bancontact, EPS, giropay, iDEAL, Sofort, PayPal and bank transfers 180.",
       "docs.stripe.com payment-method pages"},
      {"full-only methods", "ACH Direct Debit payments are refunded whole.",
       "docs.stripe.com payment-method pages"},
      {"over-refund", "Not more than is left of what was captured.", "docs.stripe.com/refunds"},
      {"already refunded", "Once nothing is left, no further refund.",
       "docs.stripe.com/error-codes"},
      {"amount",
       "At least one smallest unit; in ISK and UGX whole units only, in currencies with "
       "three decimals the last one is 0.",
       "docs.stripe.com/currencies"},
      {"currency", "A refund is in the payment's own currency.", "docs.stripe.com/api/refunds"},
      {"disputes", "While a chargeback is open or lost no refund; an inquiry may be refunded.",
       "docs.stripe.com/error-codes"},
      {"balance",
       "If the Stripe balance is too low, a card refund waits (pending) and others fail.",
       "docs.stripe.com/refunds"},
      {"destination", "Only back to the original payment method.", "docs.stripe.com/refunds"},
      {"bank debits",
       "The customer may reclaim a debit at the bank too: a refund may then pay "
       "twice.",
       "docs.stripe.com/refunds"},
      {"cancelling a refund", "Only while it waits for the customer's bank details.",
       "docs.stripe.com/api/refunds"},
      {"two-party approval",
       "With an approval rule Stripe makes the refund by itself once a "
       "reviewer agrees: make no second one.",
       "docs.stripe.com/account/approvals"},
      {"idempotency", "The same key gives the first answer again for at least 24 hours.",
       "docs.stripe.com/api/idempotent_requests"},
      {"late failure",
       "A refund that succeeded may still fail weeks later: listen to refund.failed.",
       "docs.stripe.com/refunds"}};
  return rules;
}

}  // namespace refundkit::stripe
