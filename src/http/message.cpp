#include "refundkit/http/message.hpp"

#include <algorithm>

namespace refundkit {
inline namespace v0 {
namespace {

/// ASCII only: header names know no locale.
char lower(char letter) noexcept {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_name(std::string_view left, std::string_view right) noexcept {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace

const std::string* find_header(const std::vector<HttpHeader>& headers,
                               std::string_view name) noexcept {
  const auto found = std::find_if(headers.begin(), headers.end(), [name](const HttpHeader& header) {
    return same_name(header.name, name);
  });
  return found == headers.end() ? nullptr : &found->value;
}

std::string_view to_text(HttpMethod method) noexcept {
  switch (method) {
    case HttpMethod::get:
      return "GET";
    case HttpMethod::post:
      return "POST";
    case HttpMethod::put:
      return "PUT";
    case HttpMethod::patch:
      return "PATCH";
    case HttpMethod::del:
      return "DELETE";
  }
  return "";
}

}  // namespace v0
}  // namespace refundkit
