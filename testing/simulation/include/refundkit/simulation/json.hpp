#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace refundkit::simulation {

/// A JSON value that keeps the order of its members and the exact text of its numbers, because a
/// simulator answers with its provider's key order and counts money without rounding.
///
/// Thread safety: as a standard container.
class Json {
 public:
  using Items = std::vector<Json>;
  using Members = std::vector<std::pair<std::string, Json>>;

  Json() = default;
  Json(std::nullptr_t) {}
  Json(const char* text) : value_(std::string(text)) {}
  Json(std::string text) : value_(std::move(text)) {}
  Json(std::string_view text) : value_(std::string(text)) {}
  template <class Number, std::enable_if_t<std::is_integral_v<Number>, int> = 0>
  Json(Number number) {
    if constexpr (std::is_same_v<Number, bool>) {
      value_ = number;
    } else {
      value_ = NumberText{std::to_string(number)};
    }
  }

  static Json object(Members members = {});
  static Json array(Items items = {});
  /// A number as it shall stand in the text: "12.50".
  static Json number(std::string text);
  /// Nothing if `text` is not one whole JSON value, or nests deeper than 64.
  static std::optional<Json> parse(std::string_view text);

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  [[nodiscard]] bool is_object() const { return std::holds_alternative<Members>(value_); }
  /// The text of a string; nullptr for anything else.
  [[nodiscard]] const std::string* string() const { return std::get_if<std::string>(&value_); }
  /// The digits of a number as sent; nullptr for anything else.
  [[nodiscard]] const std::string* number_text() const;
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  [[nodiscard]] std::optional<bool> boolean() const;
  [[nodiscard]] const Items* items() const { return std::get_if<Items>(&value_); }
  [[nodiscard]] const Members* members() const { return std::get_if<Members>(&value_); }

  /// The first member of that name; nullptr if there is none or this is no object.
  [[nodiscard]] const Json* find(std::string_view name) const;
  /// The text of a member; nullptr if there is no such string.
  [[nodiscard]] const std::string* find_string(std::string_view name) const;
  /// Replaces a member, or appends it. Makes an object of a null.
  Json& set(std::string_view name, Json value);
  /// Appends an item. Makes an array of a null.
  Json& push(Json item);

  /// On one line, without blanks.
  [[nodiscard]] std::string compact() const;
  /// Two blanks a level.
  [[nodiscard]] std::string pretty() const;

 private:
  struct NumberText {
    std::string text;
  };
  template <class Writer>
  void write(Writer& writer) const;

  std::variant<std::monostate, bool, NumberText, std::string, Items, Members> value_;
};

}  // namespace refundkit::simulation
