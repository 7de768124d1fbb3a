#include "sandbox.hpp"

#include <pthread.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "refundkit/simulation/json.hpp"
#include "refundkit/simulation/world.hpp"
#include "sandbox_server.hpp"
#include "simulators.hpp"
#include "webhook_delivery.hpp"

namespace refundkit::cli {
namespace {

using simulation::Json;
using simulation::SandboxServer;
using simulation::World;

constexpr int wrong_configuration = 78;
constexpr const char* control_path = "/_control";

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return text;
}

std::map<std::string, std::string> environment_of(const World& world, const SandboxServer& server) {
  std::map<std::string, std::string> environment;
  for (const std::string& provider : world.providers()) {
    const std::string prefix = "REFUNDKIT_" + upper(provider) + "_";
    environment[prefix + "BASE_URL"] = server.base_url() + "/" + provider;
    for (const auto& [name, value] : world.environment(provider))
      environment[prefix + name] = value;
  }
  environment["REFUNDKIT_CLOCK_URL"] = server.base_url() + control_path + "/clock";
  if (!server.ca_file().empty()) environment["REFUNDKIT_CA_FILE"] = server.ca_file();
  return environment;
}

std::string json_line(const World& world, const SandboxServer& server) {
  Json line = Json::object({{"control", server.base_url() + control_path}});
  for (const std::string& provider : world.providers()) {
    line.set(provider, server.base_url() + "/" + provider);
  }
  line.set("ca_file", server.ca_file().empty() ? Json() : Json(server.ca_file()));
  Json environment = Json::object();
  for (const auto& [name, value] : environment_of(world, server)) environment.set(name, value);
  line.set("environment", std::move(environment));
  return line.compact();
}

// 'it'\''s' is what a shell reads as it's.
std::string shell_word(const std::string& text) {
  std::string word = "'";
  for (const char character : text) {
    if (character == '\'') {
      word += "'\\''";
    } else {
      word += character;
    }
  }
  return word + "'";
}

void announce(const World& world, const SandboxServer& server, bool export_shell) {
  if (!export_shell) {
    std::cout << json_line(world, server) << std::endl;
    return;
  }
  for (const auto& [name, value] : environment_of(world, server)) {
    std::cout << "export " << name << "=" << shell_word(value) << "\n";
  }
  std::cout << std::flush;
}

// The signals that end the sandbox; blocked here, and so in every thread started later, they wait
// until somebody asks for them.
sigset_t block_end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
  return signals;
}

}  // namespace

int run_sandbox(const SandboxOptions& options) {
  std::optional<simulation::WebhookTarget> target;
  if (!options.webhook_url.empty()) {
    target = simulation::parse_webhook_url(options.webhook_url);
    if (!target) {
      std::cerr << "refundkit sandbox: --webhook-url must be a loopback http address\n";
      return wrong_configuration;
    }
  }
  const sigset_t signals = block_end_signals();
  const auto world = std::make_shared<World>(simulation::all_simulators());
  auto started = SandboxServer::start(world, {options.port, options.tls});
  if (const auto* no = std::get_if<simulation::Refusal>(&started)) {
    std::cerr << "refundkit sandbox: " << no->message << "\n";
    return wrong_configuration;
  }
  const auto server = std::move(std::get<std::unique_ptr<SandboxServer>>(started));
  std::unique_ptr<simulation::WebhookDelivery> delivery;
  if (target) delivery = std::make_unique<simulation::WebhookDelivery>(world, *target);

  announce(*world, *server, options.export_shell);
  std::cerr << "refundkit sandbox: listening on " << server->base_url() << "; end it with Ctrl-C\n";
  int received = 0;
  sigwait(&signals, &received);
  std::cerr << "refundkit sandbox: told to end\n";
  return 0;
}

}  // namespace refundkit::cli
