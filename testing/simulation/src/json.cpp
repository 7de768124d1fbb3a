#include "refundkit/simulation/json.hpp"

#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>
#include <cstddef>

namespace refundkit::simulation {
namespace {

constexpr std::size_t deepest_nesting = 64;

// Builds the value that the reader walks through.
class Builder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Builder> {
 public:
  bool Null() { return add(Json()); }
  bool Bool(bool value) { return add(Json(value)); }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    return add(Json::number(std::string(text, length)));
  }
  bool String(const char* text, rapidjson::SizeType length, bool) {
    return add(Json(std::string(text, length)));
  }
  bool Key(const char* text, rapidjson::SizeType length, bool) {
    open_.back().name.assign(text, length);
    return true;
  }
  bool StartObject() { return open(Json::object()); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool StartArray() { return open(Json::array()); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  Json take() { return std::move(whole_); }

 private:
  struct Open {
    Json value;
    std::string name;  // of the member that comes next, if this is an object
  };

  bool open(Json value) {
    if (open_.size() == deepest_nesting) return false;
    open_.push_back({std::move(value), {}});
    return true;
  }
  bool close() {
    Json done = std::move(open_.back().value);
    open_.pop_back();
    return add(std::move(done));
  }
  bool add(Json value) {
    if (open_.empty()) {
      whole_ = std::move(value);
    } else if (open_.back().value.is_object()) {
      open_.back().value.set(open_.back().name, std::move(value));
    } else {
      open_.back().value.push(std::move(value));
    }
    return true;
  }

  Json whole_;
  std::vector<Open> open_;
};

rapidjson::SizeType length_of(const std::string& text) {
  return static_cast<rapidjson::SizeType>(text.size());
}

}  // namespace

Json Json::object(Members members) {
  Json made;
  made.value_ = std::move(members);
  return made;
}

Json Json::array(Items items) {
  Json made;
  made.value_ = std::move(items);
  return made;
}

Json Json::number(std::string text) {
  Json made;
  made.value_ = NumberText{std::move(text)};
  return made;
}

std::optional<Json> Json::parse(std::string_view text) {
  constexpr unsigned flags = rapidjson::kParseNumbersAsStringsFlag |
                             rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  Builder builder;
  rapidjson::Reader reader;
  rapidjson::MemoryStream stream(text.data(), text.size());
  if (reader.Parse<flags>(stream, builder).IsError()) return std::nullopt;
  return builder.take();
}

const std::string* Json::number_text() const {
  const auto* number = std::get_if<NumberText>(&value_);
  return number == nullptr ? nullptr : &number->text;
}

std::optional<std::int64_t> Json::integer() const {
  const std::string* text = number_text();
  if (text == nullptr) return std::nullopt;
  std::int64_t value = 0;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

std::optional<bool> Json::boolean() const {
  const bool* value = std::get_if<bool>(&value_);
  return value == nullptr ? std::nullopt : std::optional<bool>(*value);
}

const Json* Json::find(std::string_view name) const {
  const Members* all = members();
  if (all == nullptr) return nullptr;
  for (const auto& [key, value] : *all) {
    if (key == name) return &value;
  }
  return nullptr;
}

const std::string* Json::find_string(std::string_view name) const {
  const Json* found = find(name);
  return found == nullptr ? nullptr : found->string();
}

Json& Json::set(std::string_view name, Json value) {
  if (is_null()) value_ = Members();
  auto& all = std::get<Members>(value_);
  for (auto& [key, old] : all) {
    if (key == name) {
      old = std::move(value);
      return *this;
    }
  }
  all.emplace_back(std::string(name), std::move(value));
  return *this;
}

Json& Json::push(Json item) {
  if (is_null()) value_ = Items();
  std::get<Items>(value_).push_back(std::move(item));
  return *this;
}

template <class Writer>
void Json::write(Writer& writer) const {
  if (is_null()) {
    writer.Null();
  } else if (const bool* flag = std::get_if<bool>(&value_)) {
    writer.Bool(*flag);
  } else if (const std::string* digits = number_text()) {
    writer.RawValue(digits->data(), digits->size(), rapidjson::kNumberType);
  } else if (const std::string* text = string()) {
    writer.String(text->data(), length_of(*text));
  } else if (const Items* all = items()) {
    writer.StartArray();
    for (const Json& item : *all) item.write(writer);
    writer.EndArray();
  } else {
    writer.StartObject();
    for (const auto& [name, value] : *members()) {
      writer.Key(name.data(), length_of(name));
      value.write(writer);
    }
    writer.EndObject();
  }
}

std::string Json::compact() const {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  write(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string Json::pretty() const {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
  writer.SetIndent(' ', 2);
  write(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace refundkit::simulation
