#pragma once

#include <functional>

#include "connection.hpp"
#include "refundkit/adapter.hpp"
#include "refundkit/request.hpp"

namespace refundkit::stripe {

// The operations, as flows: each reads first, decides by the rules, and then sends at most what
// the caller asked for.

Step<OperationResult> refund(const Connection& connection, const RefundRequest& request,
                             const FlowContext& context);
Step<OperationResult> void_payment(const Connection& connection, const VoidRequest& request,
                                   const FlowContext& context);
Step<OperationResult> reverse(const Connection& connection, const RefundRequest& request,
                              const FlowContext& context);
Step<OperationResult> resolve(const Connection& connection, const ResolveRequest& request,
                              const FlowContext& context);

/// A refund of a payment already read.
struct RefundTask {
  RefundRequest request;
  FlowContext context;
  PaymentSnapshot snapshot;
  /// The first of two steps: the rest is cancelled next. The refund's metadata says so.
  bool then_cancel = false;
};

/// The parts of the above that stand on a payment already read.
Step<OperationResult> refund_of(const Connection& connection, const RefundTask& task);
Step<OperationResult> void_of(const Connection& connection, const VoidRequest& request,
                              const FlowContext& context, const PaymentSnapshot& snapshot);
Step<OperationResult> cancel_refund(const Connection& connection, const VoidRequest& request,
                                    const FlowContext& context);

/// Lets go a charge without a PaymentIntent, by a refund of exactly its whole amount.
Step<OperationResult> release_charge(const Connection& connection, const VoidRequest& request,
                                     const FlowContext& context, const PaymentSnapshot& snapshot);

/// Cancels what is left of a payment of which a part was taken and is refunded already (`done`).
Step<OperationResult> cancel_rest(const Connection& connection, const RefundTask& task,
                                  const OperationResult& done);

/// Ends with a local no: the error, what was read, and the rule that says so.
Step<OperationResult> end_by_rule(const Connection& connection, OperationResult result,
                                  const Error& error, const Rule& rule);

using Decide = std::function<Step<OperationResult>(const PaymentSnapshot&)>;
/// Checks the request, reads the payment (unless the caller handed in a snapshot of ours), and goes
/// on with what was read. Where one of the two fails, nothing is sent and the operation is
/// `failed`.
Step<OperationResult> with_payment(const Connection& connection, const RefundRequest& request,
                                   const FlowContext& context, Decide decide);

}  // namespace refundkit::stripe
