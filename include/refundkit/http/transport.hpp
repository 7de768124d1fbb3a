#pragma once

#include <chrono>
#include <string>
#include <variant>

#include "refundkit/clock.hpp"
#include "refundkit/export.hpp"
#include "refundkit/http/message.hpp"
#include "refundkit/words.hpp"

namespace refundkit {
inline namespace v0 {

/// Did any byte of the request leave this process?
enum class Sent {
  nothing,  ///< certainly not: the connection was never made
  maybe,    ///< the server may have read and obeyed it
};

/// No answer came.
struct TransportFailure {
  /// `network_error`, `timeout`, `malformed_response` (what came is not HTTP, or is over a limit)
  /// or `configuration_error` (untrusted certificate, refused address).
  ErrorCode code = ErrorCode::network_error;
  Sent sent = Sent::maybe;
  /// For a person. Holds no secret and no part of a body.
  std::string message;
};

using TransportResult = std::variant<HttpResponse, TransportFailure>;

/// When one exchange must end.
struct SendLimits {
  /// From the call of send() on, by the transport's own steady time.
  std::chrono::nanoseconds time_left;
  Cancellation cancellation = {};
};

/// Carries one request to a server and its answer back.
///
/// It never repeats an `at_most_once` request, follows no redirect, and reports `Sent::nothing`
/// only where that is certain.
/// Thread safety: any number of threads may call send() at the same time.
class REFUNDKIT_EXPORT Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport();

  /// `request` has its credentials filled in.
  [[nodiscard]] virtual TransportResult send(const HttpRequest& request,
                                             const SendLimits& limits) = 0;
};

}  // namespace v0
}  // namespace refundkit
