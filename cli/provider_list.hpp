#pragma once

#include "arguments.hpp"
#include "exit_status.hpp"
#include "refundkit/provider.hpp"

namespace refundkit::cli {

/// Prints capabilities, rules and settings, provider by provider. Needs no settings itself.
ExitStatus run_providers(const Arguments& arguments, const ProviderRegistry& registry);

}  // namespace refundkit::cli
