#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "arguments.hpp"

namespace refundkit::cli {

/// All commands and options, bound to `arguments`, which must outlive `app`. `example_provider`
/// stands in the help's examples.
void define_commands(CLI::App& app, Arguments& arguments, const std::string& example_provider);

}  // namespace refundkit::cli
