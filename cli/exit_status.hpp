#pragma once

#include <string>

#include "refundkit/error.hpp"
#include "refundkit/operation_result.hpp"

namespace refundkit::cli {

/// What the command tells the shell. Scripts depend on these numbers.
enum class ExitStatus {
  ok = 0,
  requires_action = 3,
  failed = 4,
  unknown = 5,
  wrong_usage = 64,
  defect = 70,
  wrong_configuration = 78,
};

[[nodiscard]] int to_number(ExitStatus status) noexcept;

/// Of a command that may move money, and of `resolve`: succeeded and pending are 0.
[[nodiscard]] ExitStatus status_of_operation(const OperationResult& result) noexcept;

/// Of a command that only reads: 0 where the provider could answer, whatever it told.
[[nodiscard]] ExitStatus status_of_reading(const OperationResult& result) noexcept;

/// Of what stopped the command before anything was sent.
[[nodiscard]] ExitStatus status_of_complaint(const Error& error) noexcept;

/// An Error for wrong usage (64).
[[nodiscard]] Error wrong_usage(std::string message);

/// An Error for wrong configuration (78).
[[nodiscard]] Error wrong_configuration(std::string message);

}  // namespace refundkit::cli
