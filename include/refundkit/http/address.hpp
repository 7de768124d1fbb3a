#pragma once

#include <string_view>

#include "refundkit/export.hpp"
#include "refundkit/result.hpp"

namespace refundkit {
inline namespace v0 {

/// Is this an address a request may go to: https anywhere, http to 127.0.0.0/8, [::1] and
/// localhost only? Fails with `configuration_error` and a sentence that says what is wrong.
REFUNDKIT_EXPORT Result<void> check_address(std::string_view url);

}  // namespace v0
}  // namespace refundkit
