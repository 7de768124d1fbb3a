#include "client/failure.hpp"

#include "refundkit/step.hpp"

namespace refundkit {
inline namespace v0 {

Error no_answer(const TransportFailure& failure) {
  const bool may_help =
      failure.code == ErrorCode::network_error || failure.code == ErrorCode::timeout;
  Error error{failure.code, failure.message};
  error.retryable = may_help;
  error.next_step.action = may_help ? NextAction::retry_later
                           : failure.code == ErrorCode::configuration_error
                               ? NextAction::fix_request
                               : NextAction::contact_provider;
  return error;
}

OperationResult failed(Operation operation, Error error) {
  OperationResult result;
  result.operation = operation;
  result.outcome = Outcome::failed;
  result.money_moved = MoneyMoved::no;
  result.next_step = error.next_step;
  result.error = std::move(error);
  return result;
}

}  // namespace v0
}  // namespace refundkit
