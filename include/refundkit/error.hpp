#pragma once

#include <optional>
#include <string>

#include "refundkit/clock.hpp"
#include "refundkit/words.hpp"

namespace refundkit {
inline namespace v0 {

/// What to do now, and when or where, if that is known.
struct NextStep {
  NextAction action = NextAction::none;
  /// When to come back (`wait_until`, `retry_later`, `resolve`).
  std::optional<TimePoint> at = std::nullopt;
  /// The provider's own console page, where a person can act.
  std::optional<std::string> url = std::nullopt;
};

/// Why something did not succeed, in our words and in the provider's.
struct Error {
  ErrorCode code = ErrorCode::unclassified;
  /// One or two sentences for a person. Never holds a secret.
  std::string message;
  NextStep next_step = {};
  /// The innermost code as the provider sent it; nothing where it was not asked or gave none.
  std::optional<std::string> provider_code = std::nullopt;
  /// The provider's own words, unchanged.
  std::optional<std::string> provider_message = std::nullopt;
  std::optional<int> http_status = std::nullopt;
  /// The same bytes under the same key may be sent again.
  bool retryable = false;
};

}  // namespace v0
}  // namespace refundkit
