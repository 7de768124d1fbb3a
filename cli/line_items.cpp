#include "line_items.hpp"

#include <rapidjson/document.h>

#include <array>
#include <optional>

#include "exit_status.hpp"
#include "visible.hpp"

namespace refundkit::cli {
namespace {

constexpr std::array<std::string_view, 5> known_fields{"reference", "name", "quantity", "amount",
                                                       "currency"};
constexpr std::string_view expected =
    R"([{"reference":"SKU-1","name":"Mug","quantity":2,"amount":"12.50","currency":"EUR"}])";

std::string_view text_of(const rapidjson::Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

std::optional<std::string> unknown_field(const rapidjson::Value& object) {
  for (const auto& member : object.GetObject()) {
    bool is_known = false;
    for (const auto field : known_fields) is_known = is_known || field == text_of(member.name);
    if (!is_known) return std::string(text_of(member.name));
  }
  return std::nullopt;
}

/// The text of a field; empty where it may be left out; nothing where it is not a text.
std::optional<std::string_view> field(const rapidjson::Value& object, const char* name) {
  if (!object.HasMember(name)) return std::string_view();
  const rapidjson::Value& value = object[name];
  if (!value.IsString()) return std::nullopt;
  return text_of(value);
}

Result<long long> quantity(const rapidjson::Value& object) {
  if (!object.HasMember("quantity")) return 1LL;
  const rapidjson::Value& value = object["quantity"];
  if (!value.IsInt64() || value.GetInt64() < 1) {
    return wrong_usage("quantity must be a whole number above 0.");
  }
  return static_cast<long long>(value.GetInt64());
}

Result<LineItem> read_line(const rapidjson::Value& object) {
  if (!object.IsObject()) return wrong_usage("it must be a JSON object.");
  if (const auto name = unknown_field(object)) {
    return wrong_usage(in_quotes(*name) + " is no field of a line.");
  }
  const auto reference = field(object, "reference");
  const auto name = field(object, "name");
  const auto amount = field(object, "amount");
  const auto currency = field(object, "currency");
  if (!reference || !name || !amount || !currency) {
    return wrong_usage(
        "reference, name, amount and currency are texts between quotation marks "
        "(\"amount\":\"12.50\").");
  }
  auto total = Money::parse(*amount, *currency);
  if (!total) return wrong_usage(total.error().message);
  auto count = quantity(object);
  if (!count) return count.error();
  return LineItem{std::string(*reference), std::string(*name), *count, *total};
}

}  // namespace

Result<std::vector<LineItem>> parse_line_items(std::string_view text) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
  if (document.HasParseError() || !document.IsArray()) {
    return wrong_usage("a JSON array was expected, such as " + std::string(expected) + ".");
  }
  std::vector<LineItem> items;
  for (const auto& object : document.GetArray()) {
    auto item = read_line(object);
    if (!item) {
      return wrong_usage("line " + std::to_string(items.size() + 1) + ": " + item.error().message);
    }
    items.push_back(*item);
  }
  return items;
}

}  // namespace refundkit::cli
