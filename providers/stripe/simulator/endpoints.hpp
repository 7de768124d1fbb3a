#pragma once

#include "books.hpp"
#include "call.hpp"

namespace refundkit::simulation::stripe {

// One function a call of the API; the path has been matched.

Answer create_refund(Books& books, const Call& call);
Answer show_refund(Books& books, const Call& call);
Answer update_refund(Books& books, const Call& call);
Answer cancel_refund(Books& books, const Call& call);
Answer expire_refund(Books& books, const Call& call);
Answer list_refunds(Books& books, const Call& call);

Answer show_intent(Books& books, const Call& call);
Answer cancel_intent(Books& books, const Call& call);
Answer list_intents(Books& books, const Call& call);
Answer show_charge(Books& books, const Call& call);
Answer list_charges(Books& books, const Call& call);
Answer list_disputes(Books& books, const Call& call);
Answer show_event(Books& books, const Call& call);
Answer list_events(Books& books, const Call& call);

}  // namespace refundkit::simulation::stripe
