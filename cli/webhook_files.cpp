#include "webhook_files.hpp"

#include <rapidjson/document.h>

#include <optional>
#include <string>

#include "exit_status.hpp"

namespace refundkit::cli {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string string_of(const rapidjson::Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

std::optional<HttpHeader> read_entry(const rapidjson::Value& entry) {
  if (entry.IsArray() && entry.Size() == 2 && entry[0].IsString() && entry[1].IsString()) {
    return HttpHeader{string_of(entry[0]), string_of(entry[1])};
  }
  if (!entry.IsObject() || !entry.HasMember("name") || !entry.HasMember("value")) {
    return std::nullopt;
  }
  if (!entry["name"].IsString() || !entry["value"].IsString()) return std::nullopt;
  return HttpHeader{string_of(entry["name"]), string_of(entry["value"])};
}

std::optional<std::vector<HttpHeader>> read_object(const rapidjson::Value& object) {
  std::vector<HttpHeader> headers;
  for (const auto& member : object.GetObject()) {
    if (!member.value.IsString()) return std::nullopt;
    headers.push_back({string_of(member.name), string_of(member.value)});
  }
  return headers;
}

std::optional<std::vector<HttpHeader>> read_json(std::string_view text) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
  if (document.HasParseError()) return std::nullopt;
  if (document.IsObject()) return read_object(document);
  if (!document.IsArray()) return std::nullopt;

  std::vector<HttpHeader> headers;
  for (const auto& entry : document.GetArray()) {
    const auto header = read_entry(entry);
    if (!header) return std::nullopt;
    headers.push_back(*header);
  }
  return headers;
}

bool is_request_line(std::string_view line) {
  const std::size_t last_blank = line.rfind(' ');
  return last_blank != std::string_view::npos && line.substr(last_blank + 1, 5) == "HTTP/";
}

Result<std::vector<HttpHeader>> read_lines(std::string_view text) {
  std::vector<HttpHeader> headers;
  int number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    ++number;
    if (line.empty() || (number == 1 && is_request_line(line))) continue;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) {
      return wrong_usage("line " + std::to_string(number) + " is not \"Name: value\".");
    }
    headers.push_back({std::string(trimmed(line.substr(0, colon))),
                       std::string(trimmed(line.substr(colon + 1)))});
  }
  return headers;
}

}  // namespace

Result<std::vector<HttpHeader>> parse_headers(std::string_view text) {
  const std::string_view content = trimmed(text);
  if (content.empty() || (content.front() != '{' && content.front() != '[')) {
    return read_lines(text);
  }
  auto headers = read_json(content);
  if (!headers) return wrong_usage("it is neither header lines nor JSON of names and values.");
  return *headers;
}

}  // namespace refundkit::cli
