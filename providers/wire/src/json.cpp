#include "refundkit/wire/json.hpp"

#include <rapidjson/encodedstream.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace refundkit::wire {
namespace {

Error malformed(std::string message) {
  return {ErrorCode::malformed_response, std::move(message), {NextAction::resolve}};
}

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool names_repeat(const std::vector<std::string>& names) {
  std::vector<std::string_view> sorted(names.begin(), names.end());
  std::sort(sorted.begin(), sorted.end());
  return std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
}

}  // namespace

/// Receives the reader's events and keeps the values that are still open on a stack.
class JsonBuilder {
 public:
  explicit JsonBuilder(const JsonLimits& limits) : limits_(limits) {}

  bool Null() { return add({}); }
  bool Bool(bool value) {
    Json json;
    json.kind_ = Json::Kind::boolean;
    json.boolean_ = value;
    return add(std::move(json));
  }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return add(of_text(Json::Kind::number, text, size));
  }
  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return add(of_text(Json::Kind::string, text, size));
  }
  bool StartObject() { return open(Json::Kind::object); }
  bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    open_.back().names_.emplace_back(text, size);
    return true;
  }
  bool EndObject(rapidjson::SizeType /*members*/) {
    if (names_repeat(open_.back().names_)) return refuse("names a member twice");
    return close();
  }
  bool StartArray() { return open(Json::Kind::array); }
  bool EndArray(rapidjson::SizeType /*elements*/) { return close(); }

  // With numbers as text the reader calls none of these.
  bool Int(int /*value*/) { return false; }
  bool Uint(unsigned /*value*/) { return false; }
  bool Int64(std::int64_t /*value*/) { return false; }
  bool Uint64(std::uint64_t /*value*/) { return false; }
  bool Double(double /*value*/) { return false; }

  [[nodiscard]] Json take() { return std::move(root_); }
  [[nodiscard]] const char* refusal() const noexcept { return refusal_; }

 private:
  static Json of_text(Json::Kind kind, const char* text, rapidjson::SizeType size) {
    Json json;
    json.kind_ = kind;
    json.text_.assign(text, size);
    return json;
  }
  bool refuse(const char* why) {
    refusal_ = why;
    return false;
  }
  bool count() {
    return ++values_ <= limits_.max_values || refuse("has more values than any answer needs");
  }
  bool open(Json::Kind kind) {
    if (open_.size() >= static_cast<std::size_t>(limits_.max_depth)) {
      return refuse("is nested too deeply");
    }
    Json json;
    json.kind_ = kind;
    open_.push_back(std::move(json));
    return count();
  }
  bool close() {
    Json json = std::move(open_.back());
    open_.pop_back();
    place(std::move(json));
    return true;
  }
  bool add(Json json) {
    if (!count()) return false;
    place(std::move(json));
    return true;
  }
  void place(Json json) {
    if (open_.empty()) {
      root_ = std::move(json);
    } else {
      open_.back().items_.push_back(std::move(json));
    }
  }

  const JsonLimits& limits_;
  std::vector<Json> open_;
  Json root_;
  std::size_t values_ = 0;
  const char* refusal_ = nullptr;
};

Result<Json> Json::parse(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes) return malformed("The answer is too long to be read.");
  if (text.substr(0, byte_order_mark.size()) == byte_order_mark) {
    text.remove_prefix(byte_order_mark.size());
  }
  if (text.find(char{0}) != std::string_view::npos) return malformed("The answer is not JSON.");
  rapidjson::MemoryStream bytes(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
  rapidjson::Reader reader;
  JsonBuilder builder(limits);
  constexpr unsigned flags = rapidjson::kParseIterativeFlag |
                             rapidjson::kParseNumbersAsStringsFlag |
                             rapidjson::kParseValidateEncodingFlag;
  const rapidjson::ParseResult result = reader.Parse<flags>(stream, builder);
  if (builder.refusal() != nullptr) {
    return malformed(std::string("The answer's JSON ") + builder.refusal() + ".");
  }
  if (result.IsError()) return malformed("The answer is not JSON.");
  return builder.take();
}

const Json& Json::operator[](std::string_view name) const noexcept {
  static const Json absent;
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found == names_.end()) return absent;
  return items_[static_cast<std::size_t>(found - names_.begin())];
}

bool Json::has(std::string_view name) const noexcept {
  return std::find(names_.begin(), names_.end(), name) != names_.end();
}

std::optional<std::string> Json::text() const {
  return kind_ == Kind::string ? std::optional(text_) : std::nullopt;
}

std::string Json::text_or_empty() const { return kind_ == Kind::string ? text_ : std::string(); }

std::optional<std::int64_t> Json::integer() const noexcept {
  if (kind_ != Kind::number) return std::nullopt;
  std::int64_t value = 0;
  const char* end = text_.data() + text_.size();
  const auto [stop, error] = std::from_chars(text_.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

std::optional<std::string> Json::number() const {
  return kind_ == Kind::number ? std::optional(text_) : std::nullopt;
}

std::optional<bool> Json::boolean() const noexcept {
  return kind_ == Kind::boolean ? std::optional(boolean_) : std::nullopt;
}

}  // namespace refundkit::wire
