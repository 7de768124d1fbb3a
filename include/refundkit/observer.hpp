#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "refundkit/export.hpp"
#include "refundkit/http/message.hpp"
#include "refundkit/http/transport.hpp"
#include "refundkit/operation_result.hpp"

namespace refundkit {
inline namespace v0 {

/// One HTTP exchange, as far as it may be seen. Bodies, query texts, credentials and headers that
/// the adapter does not allow are never in it.
struct ExchangeEvent {
  ProviderId provider;
  Operation operation = Operation::query;
  IdempotencyKey key;
  bool moves_money = false;
  HttpMethod method = HttpMethod::get;
  /// Scheme, host and path.
  std::string address;
  /// From 1, for the same bytes.
  int attempt = 1;
  /// An answer's status, or how it failed.
  std::optional<int> status;
  std::optional<TransportFailure> failure;
  /// Of the answer; by the adapter's allow-list.
  std::vector<HttpHeader> headers;
  std::chrono::microseconds duration{0};
};

/// A repeat of the same bytes is about to wait for `pause`.
struct RepeatEvent {
  ProviderId provider;
  IdempotencyKey key;
  int next_attempt = 2;
  std::chrono::milliseconds pause{0};
};

/// Where logs, metrics and traces leave the library. Every member may be left as it is.
///
/// Calls come on the thread that runs the operation, never under a lock. A member must not throw.
/// Thread safety: members are called from many threads at the same time.
class REFUNDKIT_EXPORT Observer {
 public:
  Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;
  virtual ~Observer();

  virtual void on_exchange(const ExchangeEvent& event) noexcept;
  virtual void on_repeat(const RepeatEvent& event) noexcept;
  virtual void on_result(const OperationResult& result) noexcept;
};

}  // namespace v0
}  // namespace refundkit
