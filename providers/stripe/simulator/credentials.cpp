#include "credentials.hpp"

#include <algorithm>
#include <cctype>

#include "refundkit/simulation/digest.hpp"

namespace refundkit::simulation::stripe {
namespace {

bool has_scheme(const std::string& header, std::string_view scheme) {
  if (header.size() < scheme.size()) return false;
  return std::equal(scheme.begin(), scheme.end(), header.begin(), [](char wanted, char given) {
    return wanted == std::tolower(static_cast<unsigned char>(given));
  });
}

std::optional<std::string> given_key(const Request& request) {
  const std::string* header = request.header("Authorization");
  if (header == nullptr) return std::nullopt;
  if (has_scheme(*header, "bearer ")) return header->substr(7);
  if (!has_scheme(*header, "basic ")) return std::nullopt;
  const auto plain = decode_base64(header->substr(6));
  if (!plain || plain->empty()) return std::nullopt;
  return plain->substr(0, plain->find(':'));
}

// All but the beginning and the last four letters is hidden.
std::string masked(const std::string& key) {
  constexpr std::size_t shown_first = 8;
  constexpr std::size_t shown_last = 4;
  if (key.size() <= shown_first + shown_last) return std::string(key.size(), '*');
  return key.substr(0, shown_first) + std::string(key.size() - shown_first - shown_last, '*') +
         key.substr(key.size() - shown_last);
}

Answer not_kept(Answer answer) {
  answer.kept = false;
  return answer;
}

}  // namespace

std::optional<Answer> refuse_credentials(const Request& request) {
  const auto key = given_key(request);
  if (!key || key->empty()) {
    return not_kept(
        refuse(401, {"invalid_request_error", "",
                     "You did not provide an API key. You need to provide your API key in the "
                     "Authorization header, using Bearer auth (e.g. 'Authorization: Bearer "
                     "YOUR_SECRET_KEY').",
                     ""}));
  }
  if (*key == secret_key) return std::nullopt;
  if (*key != reading_key) {
    return not_kept(refuse(
        401, {"invalid_request_error", "", "Invalid API Key provided: " + masked(*key), ""}));
  }
  if (request.method == "GET") return std::nullopt;
  return not_kept(refuse(
      403, {"invalid_request_error", "more_permissions_required",
            "The provided key '" + masked(*key) +
                "' does not have the required permissions for this endpoint on account "
                "'acct_refundkit_sandbox'. Having the 'rak_refund_write' permission would allow "
                "this request to continue.",
            ""}));
}

}  // namespace refundkit::simulation::stripe
