#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace refundkit::simulation::stripe {

/// Whether Stripe charges in this currency; capital letters.
bool takes_currency(std::string_view currency);
/// What an amount in this currency must be a multiple of: 100 for ISK and UGX, 10 for currencies
/// of three decimals (sheet: Money).
std::int64_t smallest_step(std::string_view currency);
/// Decimal text in Stripe's smallest units: "5" ISK is 500. Nothing if it is no such amount.
std::optional<std::int64_t> units_of(std::string_view text, std::string_view currency);
/// The decimal text of Stripe's smallest units: 500 ISK units are "5".
std::string amount_text(std::int64_t units, std::string_view currency);
/// As it stands in Stripe's messages: "$40.00".
std::string amount_in_message(std::int64_t units, std::string_view currency);

}  // namespace refundkit::simulation::stripe
