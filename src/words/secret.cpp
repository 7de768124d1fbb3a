#include "refundkit/secret.hpp"

#include <openssl/crypto.h>

#include <utility>

namespace refundkit {
inline namespace v0 {

Secret::Secret(std::string_view bytes) : bytes_(bytes) {}
Secret::Secret(const Secret& other) = default;

Secret::Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) { wipe(other.bytes_); }

Secret& Secret::operator=(Secret other) noexcept {
  bytes_.swap(other.bytes_);
  return *this;
}

Secret::~Secret() { wipe(bytes_); }

void wipe(std::string& text) noexcept {
  // A moved-from or shortened string may still hold bytes behind its end.
  OPENSSL_cleanse(text.data(), text.capacity());
  text.clear();
}

}  // namespace v0
}  // namespace refundkit
