#pragma once

#include <string>

#include "refundkit/result.hpp"
#include "refundkit/webhook.hpp"
#include "refundkit/wire/json.hpp"

namespace refundkit::stripe {

/// What a v1 event of Stripe's tells (sheet: Webhooks). Fails with `malformed_response`.
Result<WebhookEvent> read_event(const wire::Json& json);

/// Well signed, but nothing that can be read as an event.
Error no_event(std::string message);

}  // namespace refundkit::stripe
