#include "settings_file.hpp"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <array>

#include "exit_status.hpp"
#include "visible.hpp"

namespace refundkit::cli {
namespace {

using Value = rapidjson::Value;

constexpr std::array<std::string_view, 4> common_names{"ca_file", "clock_url", "journal", "proxy"};

std::string_view text_of(const Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

bool has_setting(const Provider& provider, std::string_view name) {
  const auto& settings = provider.settings();
  return std::any_of(settings.begin(), settings.end(),
                     [name](const Setting& setting) { return setting.name == name; });
}

std::string setting_names(const Provider& provider) {
  std::string names;
  for (const Setting& setting : provider.settings()) {
    names += (names.empty() ? "" : ", ") + setting.name;
  }
  return names;
}

Result<void> add_setting(Settings& settings, const Value::Member& member, const Provider& provider,
                         const std::string& place) {
  const std::string name(text_of(member.name));
  if (!has_setting(provider, name)) {
    return wrong_configuration(place + " has no setting " + in_quotes(name) +
                               ". It has: " + setting_names(provider) + ".");
  }
  if (!member.value.IsString()) {
    return wrong_configuration(place + "." + name + " must be a text between quotation marks.");
  }
  if (!settings.emplace(name, Secret(text_of(member.value))).second) {
    return wrong_configuration(place + "." + name + " is given twice.");
  }
  return {};
}

Result<Settings> read_settings(const Value& object, const Provider& provider,
                               const std::string& place) {
  if (!object.IsObject()) return wrong_configuration(place + " must be a JSON object.");
  Settings settings;
  for (const auto& member : object.GetObject()) {
    if (auto added = add_setting(settings, member, provider, place); !added) return added.error();
  }
  return settings;
}

Result<void> read_accounts(ProviderBlock& block, const Value& object, const Provider& provider,
                           const std::string& place) {
  if (!object.IsObject()) return wrong_configuration(place + " must be a JSON object.");
  for (const auto& member : object.GetObject()) {
    const std::string name(text_of(member.name));
    auto settings = read_settings(member.value, provider, place + "." + visible(name));
    if (!settings) return settings.error();
    if (!block.accounts.emplace(name, *settings).second) {
      return wrong_configuration(place + "." + visible(name) + " is given twice.");
    }
  }
  return {};
}

Result<ProviderBlock> read_provider(const Value& object, const Provider& provider) {
  const std::string place = provider.capabilities().provider.str();
  if (!object.IsObject()) return wrong_configuration(place + " must be a JSON object.");
  ProviderBlock block;
  for (const auto& member : object.GetObject()) {
    auto read = text_of(member.name) == "accounts"
                    ? read_accounts(block, member.value, provider, place + ".accounts")
                    : add_setting(block.settings, member, provider, place);
    if (!read) return read.error();
  }
  return block;
}

std::string known_names(const ProviderRegistry& registry) {
  std::string names;
  for (const Provider* provider : registry.all()) {
    names += provider->capabilities().provider.str() + ", ";
  }
  for (const auto name : common_names) names.append(name).append(", ");
  names.resize(names.size() - 2);
  return names;
}

Result<void> read_member(SettingsFile& file, const Value::Member& member,
                         const ProviderRegistry& registry) {
  const std::string name(text_of(member.name));
  bool is_first = false;
  if (const Provider* provider = registry.find(name)) {
    auto block = read_provider(member.value, *provider);
    if (!block) return block.error();
    is_first = file.providers.emplace(name, *block).second;
  } else if (std::find(common_names.begin(), common_names.end(), name) != common_names.end()) {
    if (!member.value.IsString()) {
      return wrong_configuration(name + " must be a text between quotation marks.");
    }
    is_first = file.common.emplace(name, text_of(member.value)).second;
  } else {
    return wrong_configuration(in_quotes(name) +
                               " is no name it knows. It knows: " + known_names(registry) + ".");
  }
  if (!is_first) return wrong_configuration(name + " is given twice.");
  return {};
}

}  // namespace

Result<SettingsFile> parse_settings_file(std::string_view text, const ProviderRegistry& registry) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
  if (document.HasParseError()) {
    return wrong_configuration(
        "it is not JSON: " + std::string(rapidjson::GetParseError_En(document.GetParseError())) +
        " (at byte " + std::to_string(document.GetErrorOffset()) + ")");
  }
  if (!document.IsObject()) return wrong_configuration("it must be a JSON object.");

  SettingsFile file;
  const Value& root = document;
  for (const auto& member : root.GetObject()) {
    if (auto read = read_member(file, member, registry); !read) return read.error();
  }
  return file;
}

}  // namespace refundkit::cli
