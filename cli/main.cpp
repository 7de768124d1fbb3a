#include <csignal>
#include <exception>
#include <string>
#include <vector>

#include "command_line.hpp"
#include "completion.hpp"
#include "numbers.hpp"
#include "operations.hpp"
#include "output.hpp"
#include "provider_list.hpp"
#include "providers.hpp"
#include "sandbox.hpp"
#include "webhook_command.hpp"

namespace refundkit::cli {
namespace {

constexpr int default_port = 8080;
constexpr int highest_port = 65535;

/// A signal handler can reach nothing else.
Cancellation interruption;

extern "C" void on_interruption(int) { interruption.cancel(); }

/// The first Ctrl-C ends the operation with an honest answer, the second ends the process.
void listen_for_interruption() {
  struct sigaction action = {};
  action.sa_handler = on_interruption;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

ExitStatus serve_sandbox(const Arguments& arguments) {
  SandboxOptions options;
  options.port = default_port;
  if (arguments.port) {
    auto port = parse_count(*arguments.port, highest_port, "--port");
    if (!port) return put_complaint(port.error());
    options.port = static_cast<decltype(options.port)>(*port);
  }
  options.tls = arguments.tls;
  options.export_shell = arguments.export_shell;
  options.webhook_url = arguments.webhook_url.value_or("");
  return run_sandbox(options) == 0 ? ExitStatus::ok : ExitStatus::wrong_configuration;
}

ExitStatus run(const Arguments& arguments, const ProviderRegistry& registry) {
  switch (arguments.command) {
    case Command::refund:
    case Command::void_payment:
    case Command::query:
    case Command::refunds:
    case Command::plan:
    case Command::reverse:
    case Command::resolve:
      listen_for_interruption();
      return run_operation(arguments, registry, interruption);
    case Command::webhook_verify:
      return run_webhook_verify(arguments, registry);
    case Command::providers:
      return run_providers(arguments, registry);
    case Command::sandbox:
      return serve_sandbox(arguments);
    case Command::completion:
      return run_completion(arguments, registry);
  }
  return ExitStatus::defect;
}

std::string first_provider(const ProviderRegistry& registry) {
  const auto providers = registry.all();
  return providers.empty() ? "NAME" : providers.front()->capabilities().provider.str();
}

ExitStatus run(const std::vector<std::string>& words) {
  const ProviderRegistry registry = all_providers();
  const auto parsed = parse_command_line(words, first_provider(registry));
  if (const auto* arguments = std::get_if<Arguments>(&parsed)) return run(*arguments, registry);
  const auto& end = std::get<ParseEnd>(parsed);
  if (!end.complaint.empty()) put_complaint(end.complaint);
  return put_answer(end.answer, end.status);
}

}  // namespace
}  // namespace refundkit::cli

int main(int argc, char** argv) {
  using refundkit::cli::ExitStatus;
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return to_number(refundkit::cli::run(std::vector<std::string>(argv + 1, argv + argc)));
  } catch (const std::exception& defect) {
    refundkit::cli::put_complaint(std::string("a defect of this program: ") + defect.what());
    return to_number(ExitStatus::defect);
  }
}
