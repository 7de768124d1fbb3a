#pragma once

#include <string>
#include <variant>
#include <vector>

#include "arguments.hpp"
#include "exit_status.hpp"

namespace refundkit::cli {

/// The command line says all there is to say: help or the version to standard output, or a
/// complaint.
struct ParseEnd {
  ExitStatus status = ExitStatus::ok;
  /// For standard output; empty where `complaint` speaks.
  std::string answer;
  /// For standard error.
  std::string complaint;
};

/// `words` without the program's own name; `example_provider` stands in the help's examples.
std::variant<Arguments, ParseEnd> parse_command_line(const std::vector<std::string>& words,
                                                     const std::string& example_provider);

}  // namespace refundkit::cli
