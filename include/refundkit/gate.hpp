#pragma once

#include <optional>

#include "refundkit/error.hpp"
#include "refundkit/export.hpp"
#include "refundkit/step.hpp"

namespace refundkit {
inline namespace v0 {

/// Asked once for each PreparedRequest, before its first byte is sent: the place to write it down
/// durably, or to say no.
///
/// Thread safety: called from every thread that runs an operation.
class REFUNDKIT_EXPORT Gate {
 public:
  Gate() = default;
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;
  virtual ~Gate();

  /// Nothing lets the request pass. An Error stops it: the operation ends with that error as
  /// `failed`, and nothing is sent.
  [[nodiscard]] virtual std::optional<Error> admit(const PreparedRequest& request) = 0;
};

}  // namespace v0
}  // namespace refundkit
