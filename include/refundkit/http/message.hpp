#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "refundkit/export.hpp"

namespace refundkit {
inline namespace v0 {

struct HttpHeader {
  std::string name;
  std::string value;
};

/// The value of the first header with this name, letter case ignored; nullptr if there is none.
REFUNDKIT_EXPORT const std::string* find_header(const std::vector<HttpHeader>& headers,
                                                std::string_view name) noexcept;

enum class HttpMethod { get, post, put, patch, del };

REFUNDKIT_EXPORT std::string_view to_text(HttpMethod method) noexcept;

/// Where a credential goes when the request is sent. Until then the request holds no secret and
/// may be stored or shown. The adapter gives the bytes for `name`, already in the form its place
/// needs (form-encoded, JSON-escaped, base64).
struct CredentialSlot {
  enum class Place { header, body };

  std::string name;
  Place place = Place::header;
  /// Which header, by its index in HttpRequest::headers. Unused for the body.
  std::size_t header = 0;
  /// Where the credential's bytes are inserted in the header's value or the body.
  std::size_t offset = 0;
};

/// How often the request may reach the server.
enum class Delivery {
  /// Reading: a transport may send it again on a fresh connection when a kept one has died.
  repeatable,
  /// Money may move: a transport sends it once, or fails.
  at_most_once,
};

struct HttpRequest {
  HttpMethod method = HttpMethod::get;
  /// Absolute, with scheme; every part already escaped.
  std::string url;
  std::vector<HttpHeader> headers;
  std::string body;
  /// In ascending order of place, header and offset.
  std::vector<CredentialSlot> credentials;
  Delivery delivery = Delivery::repeatable;
};

/// An answer with any status: an HTTP error is an answer too.
struct HttpResponse {
  int status = 0;
  std::vector<HttpHeader> headers;
  std::string body;
};

}  // namespace v0
}  // namespace refundkit
