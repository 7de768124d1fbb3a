#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "refundkit/adapter.hpp"
#include "refundkit/clock.hpp"
#include "refundkit/export.hpp"
#include "refundkit/gate.hpp"
#include "refundkit/http/transport.hpp"
#include "refundkit/observer.hpp"
#include "refundkit/operation_result.hpp"
#include "refundkit/request.hpp"
#include "refundkit/result.hpp"

namespace refundkit {
inline namespace v0 {

/// How a Client repeats and gives up. Fixed once the client is made.
struct ClientOptions {
  /// The merchant's name for the account; part of every operation's key.
  AccountName account{"default"};
  /// For one whole operation, pauses and repeats included.
  std::chrono::milliseconds timeout{60'000};
  /// Repeats of one request after the first try; 0 sends everything once.
  int retries = 2;
  /// The pause before the first repeat; doubles for each further one. Jittered down to its half.
  std::chrono::milliseconds first_pause{500};
  std::chrono::milliseconds longest_pause{5'000};
  std::shared_ptr<const Clock> clock = system_clock();
  /// Nothing: money-moving requests pass unrecorded.
  std::shared_ptr<Gate> gate = nullptr;
  std::shared_ptr<Observer> observer = nullptr;
  /// A number in [0, 1) for each pause. Nothing: random.
  std::function<double()> jitter = nullptr;
};

/// Gives money back, or stops it from moving, through one account at one provider.
///
/// Every operation returns an OperationResult, whatever the provider or the network did. A request
/// is repeated only where that cannot pay twice: nothing was sent, or the provider says it did not
/// execute it, or it deduplicates the key; always the same bytes under the same key. Otherwise a
/// lost answer ends `unknown` with next step `resolve`.
///
/// Give every refund a Terms::reference: repeating a call under the same reference is the same
/// operation. After `unknown`, call resolve() or repeat the very same call; never make a new one.
///
/// Thread safety: any number of threads may call const members of one Client at the same time.
/// Exceptions: std::bad_alloc only.
class REFUNDKIT_EXPORT Client {
 public:
  /// Sends nothing. Fails with `configuration_error`.
  static Result<Client> create(std::unique_ptr<Adapter> adapter,
                               std::shared_ptr<Transport> transport, ClientOptions options = {});
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;
  ~Client();

  /// What this provider can do, and by which rules. Sends nothing.
  [[nodiscard]] const Capabilities& capabilities() const noexcept;

  /// Gives back the amount, or all that is left where the request names none.
  [[nodiscard]] OperationResult refund(const RefundRequest& request,
                                       const Cancellation& cancellation = {}) const;
  /// Cancels a payment before the money moves. What is already taken fails with `already_settled`.
  [[nodiscard]] OperationResult void_payment(const VoidRequest& request,
                                             const Cancellation& cancellation = {}) const;
  /// Voids or refunds, whichever the provider's rules allow now; says when, if it must wait.
  [[nodiscard]] OperationResult reverse(const RefundRequest& request,
                                        const Cancellation& cancellation = {}) const;
  /// Finds out what became of an operation that ended `unknown`. Only reads, in one look.
  [[nodiscard]] OperationResult resolve(const ResolveRequest& request,
                                        const Cancellation& cancellation = {}) const;

  /// What reverse(), refund() or void_payment() would do now, and by which rule. Sends nothing
  /// that moves money. `succeeded` means that a plan could be made, whatever it advises.
  [[nodiscard]] OperationResult plan(const RefundRequest& request,
                                     const Cancellation& cancellation = {}) const;
  [[nodiscard]] OperationResult plan_refund(const RefundRequest& request,
                                            const Cancellation& cancellation = {}) const;
  [[nodiscard]] OperationResult plan_void(const VoidRequest& request,
                                          const Cancellation& cancellation = {}) const;

  /// The payment's state at the provider. A query without an answer is `failed`.
  [[nodiscard]] OperationResult query(const PaymentId& payment,
                                      const Cancellation& cancellation = {}) const;
  /// One refund's state; the outcome is the refund's.
  [[nodiscard]] OperationResult query_refund(const PaymentId& payment, const RefundId& refund,
                                             const Cancellation& cancellation = {}) const;
  /// The payment's refunds as the provider lists them, one result each, newest first; or one
  /// `failed` result where the provider could not be read.
  [[nodiscard]] std::vector<OperationResult> refunds(const PaymentId& payment,
                                                     const Cancellation& cancellation = {}) const;
  /// The payment with all that the provider told, to hand to RefundRequest::snapshot.
  [[nodiscard]] Result<PaymentSnapshot> read_payment(const PaymentId& payment,
                                                     const Cancellation& cancellation = {}) const;

 private:
  class Impl;
  explicit Client(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace v0
}  // namespace refundkit
