#pragma once

#include <cstdint>
#include <string>

#include "refundkit/money.hpp"
#include "refundkit/wire/amounts.hpp"

namespace refundkit::stripe {

/// How Stripe counts this currency; not always as ISO 4217 does (sheet: Money).
wire::AmountRule amount_rule(const Currency& currency);

/// The currency's code as Stripe writes it: lower case.
std::string wire_code(const Currency& currency);

}  // namespace refundkit::stripe
