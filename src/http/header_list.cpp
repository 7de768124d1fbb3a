#include "http/header_list.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "http/configuration_error.hpp"
#include "refundkit/secret.hpp"

namespace refundkit {
inline namespace v0 {
namespace {

/// From this size on libcurl would ask the server first ("Expect: 100-continue").
constexpr std::size_t expect_threshold = std::size_t{1024} * 1024;

/// RFC 9110, section 5.6.2.
bool is_token(std::string_view name) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [marks](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || marks.find(letter) != std::string_view::npos;
  });
}

bool has_control_character(std::string_view value) {
  return std::any_of(value.begin(), value.end(), [](char letter) {
    return (letter >= '\0' && letter < ' ' && letter != '\t') || letter == '\x7f';
  });
}

Result<void> check(const std::vector<HttpHeader>& headers) {
  for (const HttpHeader& header : headers) {
    if (!is_token(header.name)) {
      return configuration_error("A header of the request has a name that HTTP does not allow.");
    }
    if (has_control_character(header.value)) {
      return configuration_error("The header " + header.name +
                                 " has a line break or another control character in its value.");
    }
  }
  constexpr std::array<std::string_view, 3> framing = {"Content-Length", "Transfer-Encoding",
                                                       "Expect"};
  for (const std::string_view name : framing) {
    if (find_header(headers, name) != nullptr) {
      return configuration_error("The header " + std::string{name} + " is the transport's to set.");
    }
  }
  return {};
}

/// libcurl drops a header written "Name:" and sends one written "Name;" with an empty value.
std::string line_of(const HttpHeader& header) {
  std::string line;
  line.reserve(header.name.size() + header.value.size() + 2);
  line += header.name;
  if (header.value.find_first_not_of(" \t") == std::string::npos) return line += ';';
  line += ": ";
  return line += header.value;
}

}  // namespace

Result<void> HeaderList::fill(const HttpRequest& request) {
  clear();
  if (Result<void> checked = check(request.headers); !checked) return checked;
  lines_.reserve(request.headers.size() + 2);
  for (const HttpHeader& header : request.headers) lines_.push_back(line_of(header));
  if (find_header(request.headers, "Content-Type") == nullptr) lines_.emplace_back("Content-Type:");
  if (request.body.size() >= expect_threshold) lines_.emplace_back("Expect:");

  nodes_.resize(lines_.size());
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    nodes_[i].data = lines_[i].data();
    nodes_[i].next = i + 1 < lines_.size() ? &nodes_[i + 1] : nullptr;
  }
  return {};
}

void HeaderList::clear() noexcept {
  for (std::string& line : lines_) wipe(line);
  lines_.clear();
  nodes_.clear();
}

}  // namespace v0
}  // namespace refundkit
