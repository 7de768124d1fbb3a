#pragma once

#include "arguments.hpp"
#include "exit_status.hpp"
#include "refundkit/clock.hpp"
#include "refundkit/provider.hpp"

namespace refundkit::cli {

/// Runs refund, void, reverse, plan, query, refunds or resolve, and prints the answer.
ExitStatus run_operation(const Arguments& arguments, const ProviderRegistry& registry,
                         const Cancellation& cancellation);

}  // namespace refundkit::cli
