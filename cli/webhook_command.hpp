#pragma once

#include "arguments.hpp"
#include "exit_status.hpp"
#include "refundkit/provider.hpp"

namespace refundkit::cli {

/// Checks a notification's signature and prints what it tells: 0 where the signature is good.
ExitStatus run_webhook_verify(const Arguments& arguments, const ProviderRegistry& registry);

}  // namespace refundkit::cli
