#include "exit_status.hpp"

#include <string>
#include <utility>

namespace refundkit::cli {
namespace {

Error complaint(ErrorCode code, std::string message) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.next_step.action = NextAction::fix_request;
  return error;
}

}  // namespace

int to_number(ExitStatus status) noexcept { return static_cast<int>(status); }

ExitStatus status_of_operation(const OperationResult& result) noexcept {
  switch (result.outcome) {
    case Outcome::succeeded:
    case Outcome::pending:
      return ExitStatus::ok;
    case Outcome::requires_action:
      return ExitStatus::requires_action;
    case Outcome::failed:
      return ExitStatus::failed;
    case Outcome::unknown:
      return ExitStatus::unknown;
  }
  return ExitStatus::defect;
}

ExitStatus status_of_reading(const OperationResult& result) noexcept {
  return result.refund_state ? ExitStatus::ok : status_of_operation(result);
}

ExitStatus status_of_complaint(const Error& error) noexcept {
  return error.code == ErrorCode::configuration_error ? ExitStatus::wrong_configuration
                                                      : ExitStatus::wrong_usage;
}

Error wrong_usage(std::string message) {
  return complaint(ErrorCode::invalid_request, std::move(message));
}

Error wrong_configuration(std::string message) {
  return complaint(ErrorCode::configuration_error, std::move(message));
}

}  // namespace refundkit::cli
