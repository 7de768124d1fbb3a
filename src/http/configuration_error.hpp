#pragma once

#include <string>
#include <utility>

#include "refundkit/error.hpp"

namespace refundkit {
inline namespace v0 {

/// The error for what the caller set up wrongly and must set right.
inline Error configuration_error(std::string message) {
  Error error;
  error.code = ErrorCode::configuration_error;
  error.message = std::move(message);
  error.next_step.action = NextAction::fix_request;
  return error;
}

}  // namespace v0
}  // namespace refundkit
