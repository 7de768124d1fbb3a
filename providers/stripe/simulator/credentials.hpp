#pragma once

#include <optional>

#include "call.hpp"

namespace refundkit::simulation::stripe {

// Credentials of the simulated account: plainly no real ones.
inline constexpr const char* secret_key = "sk_test_refundkit_sandbox";
/// May read only: moving money gets a 403.
inline constexpr const char* reading_key = "rk_test_refundkit_sandbox_reading";
inline constexpr const char* webhook_secret = "whsec_refundkit_sandbox";

/// The refusal if the request has no valid key, or one that may not do this.
std::optional<Answer> refuse_credentials(const Request& request);

}  // namespace refundkit::simulation::stripe
