#include "configuration.hpp"

#include <cstdlib>
#include <optional>

#include "exit_status.hpp"
#include "files.hpp"
#include "remote_clock.hpp"
#include "settings_file.hpp"
#include "visible.hpp"

namespace refundkit::cli {
namespace {

std::string upper_case(std::string_view text) {
  std::string upper(text);
  for (char& letter : upper) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return upper;
}

std::optional<std::string> environment(const std::string& variable) {
  const char* value = std::getenv(variable.c_str());
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

/// A value that is not the provider's: an empty variable is as good as none.
std::string common_value(const SettingsFile& file, const std::string& name) {
  const auto given = environment("REFUNDKIT_" + upper_case(name));
  if (given && !given->empty()) return *given;
  const auto found = file.common.find(name);
  return found == file.common.end() ? std::string() : found->second;
}

Result<void> check_journal(const std::string& journal, const std::string& origin) {
  if (journal.empty() || journal == "none") return {};
  return wrong_configuration(origin +
                             " asks for a journal, and this version keeps none. Only \"none\" can "
                             "be asked for: give every refund a --reference, so that the provider "
                             "knows a repeat from a new one.");
}

Result<SettingsFile> read_settings_file(const Arguments& arguments,
                                        const ProviderRegistry& registry) {
  if (!arguments.config) return SettingsFile{};
  auto text = read_file(*arguments.config, "--config");
  if (!text) return wrong_configuration(text.error().message);
  auto file = parse_settings_file(*text, registry);
  if (!file) {
    return wrong_configuration("--config: in " + in_quotes(*arguments.config) + ": " +
                               file.error().message);
  }
  return file;
}

std::string account_names(const ProviderBlock& block) {
  std::string names;
  for (const auto& [name, settings] : block.accounts) {
    names += (names.empty() ? "" : ", ") + visible(name);
  }
  return names;
}

/// The file's settings for the account. Where the file knows accounts by name, a name it does not
/// know is a slip, and never another account's key.
Result<Settings> file_settings(const SettingsFile& file, const std::string& provider,
                               const std::optional<std::string>& account) {
  const auto found = file.providers.find(provider);
  if (found == file.providers.end()) return Settings{};
  const ProviderBlock& block = found->second;
  const std::string name = account.value_or("default");
  if (const auto own = block.accounts.find(name); own != block.accounts.end()) return own->second;
  if (name == "default" || block.accounts.empty()) return block.settings;
  return wrong_configuration("The configuration file has no account " + in_quotes(name) + " at " +
                             provider + ". It has: " + account_names(block) + ".");
}

}  // namespace

std::string variable_name(const ProviderId& provider, std::string_view setting) {
  return "REFUNDKIT_" + upper_case(provider.str()) + "_" + upper_case(setting);
}

Result<Configuration> read_configuration(const Provider& provider, const ProviderRegistry& registry,
                                         const Arguments& arguments) {
  auto file = read_settings_file(arguments, registry);
  if (!file) return file.error();

  const std::string origin = arguments.journal ? "--journal" : "REFUNDKIT_JOURNAL";
  const std::string journal = arguments.journal.value_or(common_value(*file, "journal"));
  if (auto checked = check_journal(journal, origin); !checked) return checked.error();

  const ProviderId& id = provider.capabilities().provider;
  auto settings = file_settings(*file, id.str(), arguments.account);
  if (!settings) return settings.error();

  Configuration configuration;
  configuration.settings = *settings;
  for (const Setting& setting : provider.settings()) {
    if (const auto value = environment(variable_name(id, setting.name))) {
      configuration.settings.insert_or_assign(setting.name, Secret(*value));
    }
  }
  configuration.ca_file = common_value(*file, "ca_file");
  configuration.proxy = common_value(*file, "proxy");
  configuration.clock_url = common_value(*file, "clock_url");
  return configuration;
}

Result<void> require_settings(const Provider& provider, const Settings& settings) {
  const Capabilities& capabilities = provider.capabilities();
  std::string missing;
  for (const Setting& setting : provider.settings()) {
    const auto given = settings.find(setting.name);
    const bool has_value = given != settings.end() && !given->second.empty();
    if (!setting.required || has_value) continue;
    missing += (missing.empty() ? "" : ", ") + variable_name(capabilities.provider, setting.name);
  }
  if (missing.empty()) return {};
  return wrong_configuration(capabilities.display_name + " needs " + missing +
                             ": set it in the environment, or the setting in a file given with "
                             "--config.");
}

Error name_variables(const Error& error, const Provider& provider) {
  const ProviderId& id = provider.capabilities().provider;
  std::string variables;
  for (const Setting& setting : provider.settings()) {
    const std::string variable = variable_name(id, setting.name);
    const bool is_named = error.message.find(setting.name) != std::string::npos;
    if (!is_named || error.message.find(variable) != std::string::npos) continue;
    variables += (variables.empty() ? " (" : ", ") + variable;
  }
  Error named = error;
  if (!variables.empty()) named.message += variables + ")";
  return named;
}

Result<std::shared_ptr<Transport>> make_transport(const Configuration& configuration) {
  CurlTransportOptions options;
  options.extra_ca_file = configuration.ca_file;
  options.proxy = configuration.proxy;
  auto transport = CurlTransport::create(options);
  if (transport) return std::shared_ptr<Transport>(*transport);
  const std::string origin = configuration.ca_file.empty() ? "" : "REFUNDKIT_CA_FILE: ";
  return wrong_configuration(origin + transport.error().message);
}

Result<std::shared_ptr<const Clock>> make_clock(const Configuration& configuration) {
  if (configuration.clock_url.empty()) return system_clock();
  return RemoteClock::create(configuration.clock_url, configuration.ca_file);
}

}  // namespace refundkit::cli
