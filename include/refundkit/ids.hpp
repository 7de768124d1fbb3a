#pragma once

#include <functional>
#include <string>
#include <utility>

namespace refundkit {
inline namespace v0 {

/// A text that names one kind of thing, so that a refund's id is never taken for a payment's.
/// It holds any bytes; what a provider cannot have is refused before anything is sent.
template <class Tag>
class StrongId {
 public:
  StrongId() = default;
  explicit StrongId(std::string text) : text_(std::move(text)) {}

  [[nodiscard]] const std::string& str() const noexcept { return text_; }
  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

  friend bool operator==(const StrongId& a, const StrongId& b) noexcept {
    return a.text_ == b.text_;
  }
  friend bool operator!=(const StrongId& a, const StrongId& b) noexcept { return !(a == b); }
  friend bool operator<(const StrongId& a, const StrongId& b) noexcept { return a.text_ < b.text_; }

 private:
  std::string text_;
};

/// Names a provider as its folder does, in lower case.
using ProviderId = StrongId<struct ProviderIdTag>;
/// The merchant's own name for one account at a provider.
using AccountName = StrongId<struct AccountNameTag>;
/// The provider's id of a payment, as the provider gave it.
using PaymentId = StrongId<struct PaymentIdTag>;
/// The provider's id of one refund.
using RefundId = StrongId<struct RefundIdTag>;
/// The key of one operation: what makes a repeat the same operation. See operation_key().
using IdempotencyKey = StrongId<struct IdempotencyKeyTag>;
/// The merchant's own number for one return: an RMA, a ticket. Scoped to provider, account,
/// payment.
using Reference = StrongId<struct ReferenceTag>;

}  // namespace v0
}  // namespace refundkit

template <class Tag>
struct std::hash<refundkit::StrongId<Tag>> {
  std::size_t operator()(const refundkit::StrongId<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.str());
  }
};
