#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "refundkit/clock.hpp"
#include "refundkit/export.hpp"
#include "refundkit/http/message.hpp"
#include "refundkit/operation_result.hpp"
#include "refundkit/result.hpp"

namespace refundkit {
inline namespace v0 {

/// A notification whose signature is good.
struct WebhookEvent {
  /// The provider's own id of the event: the same id is the same event.
  std::string id;
  /// The provider's own word for it.
  std::string type;
  TimePoint created;
  /// What it tells of a payment or a refund; nothing for events about other things.
  std::optional<OperationResult> result;
};

/// Checks that a notification comes from the provider, and reads it.
///
/// Thread safety: any number of threads may call check() at the same time.
class REFUNDKIT_EXPORT WebhookCheck {
 public:
  WebhookCheck() = default;
  WebhookCheck(const WebhookCheck&) = delete;
  WebhookCheck& operator=(const WebhookCheck&) = delete;
  virtual ~WebhookCheck();

  /// `body` must be the raw bytes as they arrived. Fails with `authentication_failed` (absent,
  /// wrong or outdated signature) or `malformed_response`; nothing of such a body is believed.
  [[nodiscard]] virtual Result<WebhookEvent> check(const std::vector<HttpHeader>& headers,
                                                   std::string_view body, TimePoint now) const = 0;
};

}  // namespace v0
}  // namespace refundkit
