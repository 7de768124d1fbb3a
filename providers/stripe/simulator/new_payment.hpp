#pragma once

#include <string>
#include <variant>

#include "books.hpp"

namespace refundkit::simulation::stripe {

/// A payment as if a customer had paid, with the marks of its reference (see
/// stripe_simulator.hpp).
std::variant<Payment*, Refusal> make_payment(Books& books, const PaymentWish& wish, Time now);

/// The sandbox's truth about a payment, as JSON.
std::string truth_about(const Payment& payment);

}  // namespace refundkit::simulation::stripe
