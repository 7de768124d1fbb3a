#pragma once

#include <curl/curl.h>

#include <string>
#include <vector>

#include "refundkit/http/message.hpp"
#include "refundkit/result.hpp"

namespace refundkit {
inline namespace v0 {

/// A request's headers in the form libcurl reads: a linked list over our own strings, so that their
/// memory is used again and credentials in them can be wiped.
class HeaderList {
 public:
  HeaderList() = default;
  HeaderList(const HeaderList&) = delete;
  HeaderList& operator=(const HeaderList&) = delete;
  ~HeaderList() { clear(); }

  /// Fails with `configuration_error` for a header that would change the request's framing: a name
  /// that is no token, a value with a control character, a length or an encoding of the caller's.
  Result<void> fill(const HttpRequest& request);

  /// Valid until the next fill() or clear(); nullptr where there is no header.
  [[nodiscard]] curl_slist* head() noexcept { return nodes_.empty() ? nullptr : nodes_.data(); }

  /// Wipes every line.
  void clear() noexcept;

 private:
  std::vector<std::string> lines_;
  std::vector<curl_slist> nodes_;
};

}  // namespace v0
}  // namespace refundkit
