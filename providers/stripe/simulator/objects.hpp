#pragma once

#include "books.hpp"
#include "call.hpp"

namespace refundkit::simulation::stripe {

// The objects as they stand in answers and events, at `now`, keys in Stripe's order.

Json refund_object(const Payment& payment, const Refund& refund, Time now,
                   const Expand& expand = {});
Json charge_object(const Payment& payment, Time now, const Expand& expand = {});
Json intent_object(const Payment& payment, Time now, const Expand& expand = {});
Json dispute_object(const Payment& payment);
Json event_object(const StoredEvent& event);

/// Every refund object under a payment, newest first.
Json::Items refund_objects(const Payment& payment, Time now, const Expand& expand = {});

}  // namespace refundkit::simulation::stripe
