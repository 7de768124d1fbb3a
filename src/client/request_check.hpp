#pragma once

#include <optional>

#include "refundkit/request.hpp"

namespace refundkit {
inline namespace v0 {

/// What is wrong with a request, as far as that needs no provider: empty or hostile ids, keys and
/// references, an amount that is not above zero. Nothing if it may be sent.
std::optional<Error> check(const PaymentId& payment);
std::optional<Error> check(const RefundId& refund);
std::optional<Error> check(const RefundRequest& request);
std::optional<Error> check(const VoidRequest& request);
std::optional<Error> check(const ResolveRequest& request);

}  // namespace v0
}  // namespace refundkit
