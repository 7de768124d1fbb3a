#pragma once

#include <string>
#include <vector>

#include "answers.hpp"
#include "errors.hpp"
#include "refundkit/adapter.hpp"
#include "refundkit/step.hpp"
#include "requests.hpp"

namespace refundkit::stripe {

/// What every flow of one adapter needs. Flows keep a reference: it lives as long as the adapter.
struct Connection {
  Requests requests;
  Console console;
};

/// The payment with all its refunds, and its dispute where it has one.
Reading<PaymentSnapshot> read_payment(const Connection& connection, const PaymentId& payment);
Reading<RefundRecord> read_refund(const Connection& connection, const PaymentId& payment,
                                  const RefundId& refund);
/// Refunds as listed, newest first, over all pages.
Reading<std::vector<ListedRefund>> list_refunds(const Connection& connection,
                                                const PaymentId& payment);

/// Gives records that carry this key's text the key itself.
void recognise(std::vector<RefundRecord>& refunds, const IdempotencyKey& key);

/// A result for this operation and payment, still open.
OperationResult begin(Operation operation, const PaymentId& payment, const FlowContext& context);
/// The flow's end: names the console's page wherever the next step is there.
Step<OperationResult> end(const Connection& connection, OperationResult result);

}  // namespace refundkit::stripe
