#include "provider_list.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "configuration.hpp"
#include "output.hpp"
#include "requests.hpp"

namespace refundkit::cli {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

struct Ability {
  std::string_view name;
  std::string_view sentence;
  bool Capabilities::*has;
};

constexpr std::array<Ability, 8> abilities{{
    {"refund", "give back all that is left", &Capabilities::refund},
    {"partial_refund", "give back a part", &Capabilities::partial_refund},
    {"void_payment", "cancel a payment before the money moves", &Capabilities::void_payment},
    {"cancel_refund", "cancel a refund that is still pending", &Capabilities::cancel_refund},
    {"query_payment", "tell how a payment stands", &Capabilities::query_payment},
    {"query_refund", "tell how a refund stands", &Capabilities::query_refund},
    {"list_refunds", "list a payment's refunds", &Capabilities::list_refunds},
    {"webhooks", "send notifications", &Capabilities::webhooks},
}};

void write_text(Writer& writer, std::string_view text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void write_member(Writer& writer, std::string_view name, std::string_view text) {
  write_text(writer, name);
  write_text(writer, text);
}

void write_flag(Writer& writer, std::string_view name, bool value) {
  write_text(writer, name);
  writer.Bool(value);
}

void write_rules(Writer& writer, const std::vector<Rule>& rules) {
  writer.Key("rules");
  writer.StartArray();
  for (const Rule& rule : rules) {
    writer.StartObject();
    write_member(writer, "topic", rule.topic);
    write_member(writer, "text", rule.text);
    write_member(writer, "source", rule.source);
    writer.EndObject();
  }
  writer.EndArray();
}

void write_settings(Writer& writer, const Provider& provider) {
  writer.Key("settings");
  writer.StartArray();
  for (const Setting& setting : provider.settings()) {
    writer.StartObject();
    write_member(writer, "name", setting.name);
    write_member(writer, "variable", variable_name(provider.capabilities().provider, setting.name));
    write_flag(writer, "secret", setting.kind == Setting::Kind::secret);
    write_flag(writer, "required", setting.required);
    write_member(writer, "default", setting.default_value);
    write_member(writer, "description", setting.description);
    writer.EndObject();
  }
  writer.EndArray();
}

std::string provider_json(const Provider& provider) {
  const Capabilities& capabilities = provider.capabilities();
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  write_member(writer, "provider", capabilities.provider.str());
  write_member(writer, "display_name", capabilities.display_name);
  write_member(writer, "api_version", capabilities.api_version);
  writer.Key("capabilities");
  writer.StartObject();
  for (const Ability& ability : abilities) {
    write_flag(writer, ability.name, capabilities.*ability.has);
  }
  writer.EndObject();
  write_flag(writer, "deduplicates", capabilities.deduplicates);
  writer.Key("key_lifetime_seconds");
  writer.Int64(capabilities.key_lifetime.count());
  write_flag(writer, "waits_for_settlement", capabilities.waits_for_settlement);
  write_member(writer, "payment_ids", capabilities.payment_ids);
  write_member(writer, "console_url", capabilities.console_url);
  write_rules(writer, capabilities.rules);
  write_settings(writer, provider);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string abilities_text(const Capabilities& capabilities) {
  std::string text;
  for (const Ability& ability : abilities) {
    text += capabilities.*ability.has ? "  can      " : "  cannot   ";
    text.append(ability.sentence).append("\n");
  }
  return text;
}

std::string setting_text(const Provider& provider, const Setting& setting) {
  std::string text = "  " + variable_name(provider.capabilities().provider, setting.name);
  if (setting.required) text += " (required)";
  if (!setting.default_value.empty()) text += " (default: " + setting.default_value + ")";
  return text + "\n      " + setting.description + "\n";
}

std::string keys_text(const Capabilities& capabilities) {
  if (!capabilities.deduplicates) {
    return "Keys: the provider keeps none. An unknown outcome is resolved by reading only.\n";
  }
  return "Keys: the provider answers a repeat under the same key with its first answer, for " +
         std::to_string(
             std::chrono::duration_cast<std::chrono::hours>(capabilities.key_lifetime).count()) +
         " hours.\n";
}

std::string settings_text(const Provider& provider) {
  std::string text = "Settings\n";
  for (const Setting& setting : provider.settings()) text += setting_text(provider, setting);
  return text;
}

/// The settings first: they are what somebody looks for who names a provider.
std::string provider_text(const Provider& provider) {
  const Capabilities& capabilities = provider.capabilities();
  std::string text = capabilities.display_name + " (--provider " + capabilities.provider.str() +
                     "), API version " + capabilities.api_version + "\n";
  text += settings_text(provider) + "Abilities\n";
  text += abilities_text(capabilities);
  text += "Payment ids: " + capabilities.payment_ids + "\n";
  text += keys_text(capabilities);
  if (!capabilities.console_url.empty()) text += "By hand: " + capabilities.console_url + "\n";
  if (!capabilities.rules.empty()) text += "Rules\n";
  for (const Rule& rule : capabilities.rules) {
    text += "  " + rule.topic + ": " + rule.text + "\n      [" + rule.source + "]\n";
  }
  return text;
}

}  // namespace

ExitStatus run_providers(const Arguments& arguments, const ProviderRegistry& registry) {
  std::vector<const Provider*> chosen = registry.all();
  if (arguments.provider) {
    auto one = find_provider(registry, arguments);
    if (!one) return put_complaint(one.error());
    chosen = {*one};
  }
  std::string text;
  for (const Provider* provider : chosen) {
    if (!text.empty() && !arguments.json) text += "\n";
    text += arguments.json ? provider_json(*provider) + "\n" : provider_text(*provider);
  }
  return put_answer(text, ExitStatus::ok);
}

}  // namespace refundkit::cli
