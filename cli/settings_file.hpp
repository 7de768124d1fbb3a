#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "refundkit/provider.hpp"
#include "refundkit/result.hpp"

namespace refundkit::cli {

/// What a configuration file gives for one provider.
struct ProviderBlock {
  Settings settings;
  /// Blocks that stand alone: nothing of `settings` is inherited.
  std::map<std::string, Settings, std::less<>> accounts;
};

/// A configuration file (docs/configuration.md). Names are checked against the registry.
struct SettingsFile {
  std::map<std::string, ProviderBlock, std::less<>> providers;
  /// "journal", "ca_file", "clock_url", "proxy".
  std::map<std::string, std::string, std::less<>> common;
};

/// Fails with wrong configuration and a sentence that names the place in the file.
Result<SettingsFile> parse_settings_file(std::string_view text, const ProviderRegistry& registry);

}  // namespace refundkit::cli
