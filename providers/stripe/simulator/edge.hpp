#pragma once

#include <string>

#include "call.hpp"

namespace refundkit::simulation::stripe {

// What stands before the endpoints: the forms of a request, and the answers of Stripe's edge.

/// The refusal of a request no endpoint would read: key too long, wrong content type or version.
std::optional<Answer> refuse_form(const Request& request);
/// The key without blanks at its ends; empty where it does not count.
std::string idempotency_key(const Request& request);
/// What stands in an error with this status when Stripe itself is the reason.
Answer refusal_for(int status, const std::string& key);
/// The body as it is sent, with where to find the request's log.
std::string shown_body(const Answer& answer, const std::string& request_id, Time now);

}  // namespace refundkit::simulation::stripe
