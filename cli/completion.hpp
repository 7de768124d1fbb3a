#pragma once

#include <string>

#include "arguments.hpp"
#include "exit_status.hpp"
#include "refundkit/provider.hpp"

namespace refundkit::cli {

/// Prints a script that completes the commands as they are defined, for bash, zsh or fish.
ExitStatus run_completion(const Arguments& arguments, const ProviderRegistry& registry);

}  // namespace refundkit::cli
