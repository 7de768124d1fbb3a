#include "http/address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <new>
#include <optional>
#include <utility>

#include "http/configuration_error.hpp"
#include "refundkit/http/address.hpp"

namespace refundkit {
inline namespace v0 {
namespace {

/// One part of a parsed URL; nothing where the URL has no such part.
std::optional<std::string> part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  const CURLUcode code = curl_url_get(url, which, &text, 0);
  const std::unique_ptr<char, decltype(&curl_free)> owner{text, &curl_free};
  if (code == CURLUE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (code != CURLUE_OK) return std::nullopt;
  return std::string{text};
}

std::string lowered(std::string text) {
  for (char& letter : text) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return text;
}

/// Bytes that no escaped URL holds and that readers of URLs disagree about.
bool has_stray_byte(std::string_view url) {
  return std::any_of(url.begin(), url.end(),
                     [](char byte) { return byte <= ' ' || byte > '~' || byte == '\\'; });
}

/// libcurl has turned "127.1", "2130706433" and the like into dotted numbers before.
bool is_loopback(const std::string& host) {
  if (host == "localhost") return true;
  in_addr four{};
  if (inet_pton(AF_INET, host.c_str(), &four) == 1) return (ntohl(four.s_addr) >> 24) == 127;
  if (host.size() < 2 || host.front() != '[' || host.back() != ']') return false;
  in6_addr six{};
  if (inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), &six) != 1) return false;
  return IN6_IS_ADDR_LOOPBACK(&six);
}

/// "." or "..", escaped or not: such a segment may lead a request to another resource.
bool is_dots(std::string_view segment) {
  std::size_t dots = 0;
  while (!segment.empty()) {
    const bool escaped = segment.size() >= 3 && segment[0] == '%' && segment[1] == '2' &&
                         (segment[2] == 'e' || segment[2] == 'E');
    if (!escaped && segment.front() != '.') return false;
    segment.remove_prefix(escaped ? 3 : 1);
    ++dots;
  }
  return dots == 1 || dots == 2;
}

bool climbs(std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (is_dots(path.substr(0, end))) return true;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return false;
}

/// "https:///x" and "https:/x" too are read as host x by libcurl, otherwise by others.
bool names_authority_plainly(std::string_view url) {
  const std::size_t colon = url.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view rest = url.substr(colon + 1);
  return rest.size() > 2 && rest.substr(0, 2) == "//" && rest[2] != '/';
}

}  // namespace

Address::Address(Url url, std::string host, bool plain)
    : url_(std::move(url)), host_(std::move(host)), plain_(plain) {}

Result<Address> Address::parse(std::string_view url) {
  if (has_stray_byte(url)) {
    return configuration_error(
        "The address holds a space, a control character or another unescaped byte.");
  }
  if (!names_authority_plainly(url)) {
    return configuration_error("The address must be absolute, such as https://api.example.com/v1.");
  }
  Url parsed{curl_url()};
  if (!parsed) throw std::bad_alloc();
  const CURLUcode code = curl_url_set(parsed.get(), CURLUPART_URL, std::string{url}.c_str(),
                                      CURLU_DISALLOW_USER | CURLU_PATH_AS_IS);
  if (code == CURLUE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (code == CURLUE_USER_NOT_ALLOWED) {
    return configuration_error(
        "The address holds a user name or a password; credentials do not go there.");
  }
  if (code == CURLUE_UNSUPPORTED_SCHEME)
    return configuration_error("The address must begin with https://.");
  if (code != CURLUE_OK) return configuration_error("The address is not a URL.");

  const std::string scheme = lowered(part(parsed.get(), CURLUPART_SCHEME).value_or(""));
  if (scheme != "https" && scheme != "http") {
    return configuration_error("The address must begin with https://.");
  }
  std::string host = lowered(part(parsed.get(), CURLUPART_HOST).value_or(""));
  if (host.empty()) return configuration_error("The address names no host.");
  if (part(parsed.get(), CURLUPART_ZONEID)) {
    return configuration_error(
        "The address names a network zone, which no provider's address does.");
  }
  if (climbs(part(parsed.get(), CURLUPART_PATH).value_or(""))) {
    return configuration_error("The address has a path with \".\" or \"..\" in it.");
  }
  const bool plain = scheme == "http";
  if (plain && !is_loopback(host)) {
    return configuration_error(
        "Plain http goes to this machine only (localhost, 127.0.0.1, [::1]); " + host +
        " needs https.");
  }
  return Address{std::move(parsed), std::move(host), plain};
}

Result<void> check_address(std::string_view url) {
  const Result<Address> address = Address::parse(url);
  if (!address) return address.error();
  return {};
}

}  // namespace v0
}  // namespace refundkit
