#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "arguments.hpp"
#include "refundkit/clock.hpp"
#include "refundkit/http/curl_transport.hpp"
#include "refundkit/provider.hpp"
#include "refundkit/result.hpp"

namespace refundkit::cli {

/// Everything that comes from the environment and the file, for one provider and account.
struct Configuration {
  Settings settings;
  std::string ca_file;
  std::string proxy;
  /// Empty: the machine's own clock.
  std::string clock_url;
};

/// The variable that holds a provider's setting: "REFUNDKIT_<PROVIDER>_<SETTING>".
std::string variable_name(const ProviderId& provider, std::string_view setting);

/// Flags win over the environment, the environment over the file. Fails with wrong configuration.
Result<Configuration> read_configuration(const Provider& provider, const ProviderRegistry& registry,
                                         const Arguments& arguments);

/// Fails with wrong configuration and the names of the variables that are missing.
Result<void> require_settings(const Provider& provider, const Settings& settings);

/// `error` as a provider's folder gave it, with the variables of the settings that it names.
Error name_variables(const Error& error, const Provider& provider);

/// The transport for the provider. Fails with wrong configuration.
Result<std::shared_ptr<Transport>> make_transport(const Configuration& configuration);

/// The clock in use. Fails with wrong configuration where its address does not answer.
Result<std::shared_ptr<const Clock>> make_clock(const Configuration& configuration);

}  // namespace refundkit::cli
