#pragma once

#include <chrono>

#include "arguments.hpp"
#include "refundkit/client.hpp"
#include "refundkit/provider.hpp"
#include "refundkit/request.hpp"
#include "refundkit/result.hpp"

namespace refundkit::cli {

/// What the words of the command line ask for. Each fails with wrong usage where a number, a
/// currency or a combination of options makes no sense; ids are the library's to judge.
Result<RefundRequest> refund_request(const Arguments& arguments);
Result<VoidRequest> void_request(const Arguments& arguments);
Result<ResolveRequest> resolve_request(const Arguments& arguments);

/// Account, timeout and retries; the rest is as the library has it.
Result<ClientOptions> client_options(const Arguments& arguments);

/// Options that this version cannot obey. Fails with wrong configuration, or wrong usage.
Result<void> refuse_what_needs_a_journal(const Arguments& arguments);

/// Fails with wrong usage and the names there are.
Result<const Provider*> find_provider(const ProviderRegistry& registry, const Arguments& arguments);

}  // namespace refundkit::cli
