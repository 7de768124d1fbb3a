#pragma once

#include <optional>
#include <string>
#include <utility>

#include "client/retry.hpp"
#include "refundkit/adapter.hpp"
#include "refundkit/client.hpp"
#include "refundkit/step.hpp"

namespace refundkit {
inline namespace v0 {

/// Carries the requests of one operation's flow, on the caller's thread: asks the gate, sends,
/// repeats what is safe to repeat, and stops at one deadline for all of it.
/// Thread safety: none; one Driver serves one call.
class Driver {
 public:
  struct Scope {
    Operation operation;
    IdempotencyKey key;
  };

  Driver(const Adapter& adapter, Transport& transport, const ClientOptions& options)
      : adapter_(adapter), transport_(transport), options_(options) {}

  /// Called once, before run(): starts the deadline.
  void begin(Scope scope, const Cancellation& cancellation);

  /// Runs a flow to its end.
  template <class T>
  T run(Step<T> step) {
    while (step.result() == nullptr) {
      step = step.next(step.moves() != nullptr ? move(*step.moves()) : read(*step.reads()));
    }
    return *step.result();
  }

  /// Runs a flow until it ends or wants to move money; sends nothing that can.
  template <class T>
  Step<T> run_until_move(Step<T> step) {
    while (step.result() == nullptr && step.moves() == nullptr)
      step = step.next(read(*step.reads()));
    return step;
  }

  /// A request that can move money left this process.
  [[nodiscard]] bool sent() const noexcept { return sent_; }
  /// Tries to send such a request, repeats included.
  [[nodiscard]] int attempts() const noexcept { return attempts_; }
  /// The key of the last money-moving request, or of the scope if there was none.
  [[nodiscard]] const IdempotencyKey& key() const noexcept { return scope_.key; }
  /// The provider's own id of its last answer; empty if there was none.
  [[nodiscard]] const std::string& request_id() const noexcept { return request_id_; }
  /// When the provider asked to come back, if it did and no further repeat fitted the deadline.
  [[nodiscard]] const std::optional<TimePoint>& come_back_at() const noexcept {
    return come_back_at_;
  }

 private:
  Answer read(const HttpRequest& request);
  Answer move(const PreparedRequest& prepared);
  Answer carry(const HttpRequest& request, const PreparedRequest* move);
  TransportResult send_once(const HttpRequest& request, const PreparedRequest* move, int attempt);
  void note(const TransportResult& result, bool moves_money);
  bool pause_before_repeat(const Repeat& repeat, int attempt);
  void tell(const HttpRequest& request, ExchangeEvent event, const TransportResult& result) const;

  const Adapter& adapter_;
  Transport& transport_;
  const ClientOptions& options_;
  Scope scope_{Operation::query, {}};
  Cancellation cancellation_;
  Clock::Steady deadline_{};
  bool sent_ = false;
  int attempts_ = 0;
  std::string request_id_;
  std::optional<TimePoint> come_back_at_;
};

}  // namespace v0
}  // namespace refundkit
