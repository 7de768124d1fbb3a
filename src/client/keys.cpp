#include "client/keys.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <new>
#include <string_view>

#include "refundkit/request.hpp"

namespace refundkit {
inline namespace v0 {
namespace {

std::string to_hex(const unsigned char* bytes, std::size_t size) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(size * 2);
  for (std::size_t at = 0; at < size; ++at) {
    text += digits[bytes[at] >> 4];
    text += digits[bytes[at] & 15];
  }
  return text;
}

std::string sha256_hex(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  // Fails only where memory does: EVP_sha256 is built in.
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw std::bad_alloc();
  }
  return to_hex(digest.data(), size);
}

/// Joins fields so that no two lists of fields give the same text: each is led by its length.
class FieldText {
 public:
  FieldText& add(std::string_view field) {
    text_.append(std::to_string(field.size())).append(":").append(field);
    return *this;
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace

IdempotencyKey operation_key(const KeyScope& scope, Operation operation,
                             const Reference& reference) {
  const bool is_void = operation == Operation::void_payment;
  FieldText fields;
  fields.add(scope.provider.str()).add(scope.account.str()).add(scope.payment.str());
  fields.add(is_void ? "void" : "refund").add(reference.str());
  return IdempotencyKey(sha256_hex(fields.text()).substr(0, 40));
}

IdempotencyKey random_key() {
  std::array<unsigned char, 20> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) throw std::bad_alloc();
  return IdempotencyKey(to_hex(bytes.data(), bytes.size()));
}

std::string request_fingerprint(const RefundRequest& request) {
  FieldText fields;
  if (request.amount) {
    fields.add(request.amount->text()).add(request.amount->currency().code());
  } else {
    fields.add("everything left");
  }
  fields.add(request.terms.reason ? to_text(*request.terms.reason) : std::string_view());
  for (const LineItem& item : request.terms.line_items) {
    fields.add(item.reference).add(item.name).add(std::to_string(item.quantity));
    fields.add(item.total.text()).add(item.total.currency().code());
  }
  return sha256_hex(fields.text()).substr(0, 16);
}

}  // namespace v0
}  // namespace refundkit
