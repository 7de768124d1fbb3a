#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "refundkit/capabilities.hpp"
#include "refundkit/http/message.hpp"
#include "refundkit/http/transport.hpp"
#include "refundkit/ids.hpp"
#include "refundkit/operation_result.hpp"
#include "refundkit/result.hpp"

namespace refundkit {
inline namespace v0 {

/// A request that can move money: its exact bytes, and the facts it was decided on. The driver
/// shows it to a Gate before the first byte is sent, and repeats only these bytes under this key.
struct PreparedRequest {
  HttpRequest request;
  /// The key as it stands in the request; empty where the provider has no keys.
  std::string wire_key;
  /// The provider answers a repeat of `wire_key` with its first answer: repeating is safe.
  bool deduplicated = false;
  Operation operation = Operation::refund;
  IdempotencyKey key;
  /// Which try of the operation, from 0. A new one follows only a definite no.
  int attempt = 0;
  std::optional<Money> amount = std::nullopt;
  PaymentSnapshot decided_on;
  /// Why this is the right request now.
  Rule rule = {};
};

/// What came back for one request.
struct Answer {
  /// The provider's answer, or why there is none, or the gate's no (nothing was sent).
  std::variant<HttpResponse, TransportFailure, Error> content;
  /// An earlier try with the same bytes was sent and got no answer: this answer may be about a
  /// repeat, and a refusal in it says nothing about the first try.
  bool repeats_unanswered = false;

  [[nodiscard]] const HttpResponse* response() const noexcept {
    return std::get_if<HttpResponse>(&content);
  }
  [[nodiscard]] const TransportFailure* failure() const noexcept {
    return std::get_if<TransportFailure>(&content);
  }
  [[nodiscard]] const Error* refused() const noexcept { return std::get_if<Error>(&content); }
};

/// One step of a flow, as a value: either the flow's result, or a request and what to do with its
/// answer. A step does no I/O; a driver carries the requests. It must not outlive the adapter that
/// made it. Thread safety: as of a plain value.
template <class T>
class Step {
 public:
  using Next = std::function<Step(const Answer&)>;

  /// The end of the flow.
  Step(T value) : content_(std::in_place_index<0>, std::move(value)) {}
  /// Reads: the request must not be able to move money.
  Step(HttpRequest request, Next next)
      : content_(std::make_shared<const Ask>(Ask{std::move(request), std::move(next)})) {}
  /// Moves money, or may.
  Step(PreparedRequest request, Next next)
      : content_(std::make_shared<const Move>(Move{std::move(request), std::move(next)})) {}

  /// The result, once the flow has ended; else nullptr.
  [[nodiscard]] const T* result() const noexcept { return std::get_if<0>(&content_); }
  /// The request that only reads, if this step is one; else nullptr.
  [[nodiscard]] const HttpRequest* reads() const noexcept {
    const auto* ask = std::get_if<1>(&content_);
    return ask == nullptr ? nullptr : &(*ask)->request;
  }
  /// The request that may move money, if this step is one; else nullptr.
  [[nodiscard]] const PreparedRequest* moves() const noexcept {
    const auto* move = std::get_if<2>(&content_);
    return move == nullptr ? nullptr : &(*move)->request;
  }
  /// The step that follows. Call it only while there is no result.
  [[nodiscard]] Step next(const Answer& answer) const {
    if (const auto* ask = std::get_if<1>(&content_)) return (*ask)->next(answer);
    return std::get<2>(content_)->next(answer);
  }

 private:
  struct Ask {
    HttpRequest request;
    Next next;
  };
  struct Move {
    PreparedRequest request;
    Next next;
  };
  std::variant<T, std::shared_ptr<const Ask>, std::shared_ptr<const Move>> content_;
};

/// A flow that only reads, and may fail to.
template <class T>
using Reading = Step<Result<T>>;

/// The Error for a request that only reads and got no answer.
REFUNDKIT_EXPORT Error no_answer(const TransportFailure& failure);

/// Asks, and reads the answer. Where no answer comes, the reading ends with that Error.
/// `read` takes a `const HttpResponse&` and returns a Reading<T>.
template <class T, class Read>
Reading<T> ask(HttpRequest request, Read read) {
  auto go_on = [read = std::move(read)](const Answer& answer) -> Reading<T> {
    if (const auto* response = answer.response()) return read(*response);
    if (const auto* failure = answer.failure()) return Reading<T>(no_answer(*failure));
    return Reading<T>(*answer.refused());
  };
  return Reading<T>(std::move(request), std::move(go_on));
}

/// Goes on with the result of `first`: `next` takes a `const A&` and returns a Step<B>.
template <class B, class A, class Next>
Step<B> then(const Step<A>& first, Next next) {
  if (const A* result = first.result()) return next(*result);
  auto forward = [first, next = std::move(next)](const Answer& answer) {
    return then<B>(first.next(answer), next);
  };
  if (const auto* request = first.reads()) return Step<B>(*request, std::move(forward));
  return Step<B>(*first.moves(), std::move(forward));
}

}  // namespace v0
}  // namespace refundkit
