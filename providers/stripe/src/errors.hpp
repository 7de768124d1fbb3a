#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "refundkit/error.hpp"
#include "refundkit/http/message.hpp"
#include "refundkit/operation_result.hpp"
#include "refundkit/wire/json.hpp"

namespace refundkit::stripe {

/// What an answer that is no object of the expected kind means for a money-moving request.
struct Refusal {
  enum class Kind {
    /// Not done, and it will not be: a new try needs the next key.
    definite,
    /// This try was not executed, but nothing is stored under the key: the same key again.
    not_executed,
    /// It may have been done, or is being done.
    uncertain,
    /// Waits for a second person's yes at Stripe, who then does it by itself.
    awaits_approval,
    /// A no whose code no table knows: look for the refund before calling it failed.
    unexplained,
  };
  Kind kind = Kind::uncertain;
  Error error;
};

/// The console's page of a payment, by the key's environment and the connected account.
class Console {
 public:
  Console(bool live, std::string account) : live_(live), account_(std::move(account)) {}
  [[nodiscard]] std::string payment(std::string_view id) const;

 private:
  bool live_;
  std::string account_;
};

/// `Request-Id` of an answer; empty if it has none.
std::string request_id(const HttpResponse& response);
/// `Idempotent-Replayed: true`: the stored answer of the first request under the key.
bool is_replay(const HttpResponse& response);

/// Classifies an answer with an error in it, in the sheet's steps (sheet: Errors). `body` is what
/// was read of it, nothing if it is not JSON.
Refusal classify(const HttpResponse& response, const std::optional<wire::Json>& body);

/// The same for a request that only reads: nothing was moved, and reading again is safe.
Error reading_error(const HttpResponse& response, const std::optional<wire::Json>& body);

/// An answer that is not what Stripe promises.
Error malformed(const HttpResponse& response, std::string message);

/// Why a refund is not simply done: from `status`, `pending_reason`, `failure_reason` (sheet:
/// States). Nothing for one that succeeded.
std::optional<Error> refund_error(const wire::Json& refund, RefundState state);

/// Why a payment failed (`last_payment_error`, or a charge's `failure_code`): a decline of the
/// customer's, never about the merchant's balance.
std::optional<Error> payment_error(const wire::Json& error);

}  // namespace refundkit::stripe
