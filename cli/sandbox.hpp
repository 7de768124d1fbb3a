#pragma once

#include <cstdint>
#include <string>

namespace refundkit::cli {

struct SandboxOptions {
  std::uint16_t port = 8080;  ///< 0: any free one
  bool tls = false;
  bool export_shell = false;  ///< the environment as shell lines instead of one JSON line
  std::string webhook_url;    ///< empty: notifications are not delivered
};

/// Serves every provider's simulator on 127.0.0.1 until SIGTERM or SIGINT. The first thing on
/// standard output says where; everything else goes to standard error.
///
/// Returns the exit status: 0 when it was told to end, 78 when it cannot listen or deliver as
/// asked. Call it before any other thread runs.
int run_sandbox(const SandboxOptions& options);

}  // namespace refundkit::cli
