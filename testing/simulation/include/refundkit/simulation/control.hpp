#pragma once

#include "refundkit/simulation/simulator.hpp"
#include "refundkit/simulation/world.hpp"

namespace refundkit::simulation {

/// Answers one control call. `request.path` is without the `/_control` before it: /payments,
/// /clock, /faults, /requests, /events, /reset. Every answer is JSON; bad input gets 400, a path
/// there is none of 404, a method it does not take 405, each as {"error":"…"}.
Response control(World& world, const Request& request);

}  // namespace refundkit::simulation
