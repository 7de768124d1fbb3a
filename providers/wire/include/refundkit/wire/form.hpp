#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "refundkit/http/message.hpp"

namespace refundkit::wire {

/// Every byte outside A-Z a-z 0-9 - . _ ~ as %XX: fit for a query, a form or one path segment.
std::string percent_encode(std::string_view text);

/// An `application/x-www-form-urlencoded` text, for a body or a query, in the order of the calls.
class Form {
 public:
  Form& add(std::string_view name, std::string_view value);
  /// A field whose value is a credential: its bytes go in when the request is sent. Bodies only.
  Form& add_credential(std::string_view name, std::string_view slot);

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] const std::vector<CredentialSlot>& credentials() const noexcept { return slots_; }

 private:
  void begin(std::string_view name);

  std::string text_;
  std::vector<CredentialSlot> slots_;
};

/// The fields of such a text, decoded ('+' is a blank). A broken escape stays as it stands.
std::vector<std::pair<std::string, std::string>> parse_form(std::string_view text);

}  // namespace refundkit::wire
