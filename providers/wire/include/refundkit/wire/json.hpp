#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "refundkit/result.hpp"

namespace refundkit::wire {

/// What a JSON text may cost before it is refused.
struct JsonLimits {
  std::size_t max_bytes = std::size_t{4} * 1024 * 1024;
  int max_depth = 64;
  /// Values of every kind, the inner ones included.
  std::size_t max_values = 200'000;
};

/// One JSON value, read whole. Numbers are kept as the text they were sent as: no amount ever
/// passes through a floating-point type. Every accessor answers "absent" for a value of another
/// kind, so that a wrong type reads like a missing field and never like 0, "" or false.
///
/// Thread safety: as of a plain value.
class Json {
 public:
  enum class Kind { null, boolean, number, string, array, object };

  /// Takes UTF-8 text, with or without a byte-order mark. Fails with `malformed_response` for what
  /// is not one JSON document, is over a limit, or names a member of an object twice: such a text
  /// says two things, and neither is believed.
  static Result<Json> parse(std::string_view text, const JsonLimits& limits = {});

  Json() = default;

  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  [[nodiscard]] bool is_null() const noexcept { return kind_ == Kind::null; }
  [[nodiscard]] bool is_object() const noexcept { return kind_ == Kind::object; }
  [[nodiscard]] bool is_array() const noexcept { return kind_ == Kind::array; }

  /// The member with this name; a null value where there is none.
  [[nodiscard]] const Json& operator[](std::string_view name) const noexcept;
  [[nodiscard]] bool has(std::string_view name) const noexcept;
  /// The values of an array or an object, in order; empty for all else.
  [[nodiscard]] const std::vector<Json>& items() const noexcept { return items_; }
  /// The names of an object's members, in the order of items().
  [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }

  [[nodiscard]] std::optional<std::string> text() const;
  /// The text of a string; empty for every other kind.
  [[nodiscard]] std::string text_or_empty() const;
  /// A whole number that fits 64 bits. "1.0" and "1e2" are none.
  [[nodiscard]] std::optional<std::int64_t> integer() const noexcept;
  /// A number exactly as it was sent.
  [[nodiscard]] std::optional<std::string> number() const;
  [[nodiscard]] std::optional<bool> boolean() const noexcept;

 private:
  friend class JsonBuilder;

  Kind kind_ = Kind::null;
  bool boolean_ = false;
  std::string text_;
  std::vector<std::string> names_;
  std::vector<Json> items_;
};

}  // namespace refundkit::wire
