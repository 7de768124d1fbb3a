// Refunds 12.50 EUR of one payment: quickstart PAYMENT REFERENCE
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>

#include "refundkit/client.hpp"
#include "refundkit/http/curl_transport.hpp"
#include "refundkit/providers/stripe.hpp"

namespace {

std::string variable(const char* name, const char* otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : text;
}

refundkit::Result<refundkit::OperationResult> give_back(const char* payment,
                                                        const char* reference) {
  namespace rk = refundkit;

  auto transport = rk::CurlTransport::create();
  if (!transport) return transport.error();

  rk::stripe::Options account;
  account.secret_key = rk::Secret(variable("REFUNDKIT_STRIPE_SECRET_KEY", ""));
  account.base_url = variable("REFUNDKIT_STRIPE_BASE_URL", "https://api.stripe.com");
  auto adapter = rk::stripe::adapter(account);
  if (!adapter) return adapter.error();

  auto client = rk::Client::create(*std::move(adapter), *transport);
  if (!client) return client.error();

  rk::RefundRequest request{rk::PaymentId(payment)};
  request.amount = rk::Money::parse("12.50", "EUR").value();
  request.terms.reference = rk::Reference(reference);  // the same reference never pays twice
  return client->refund(request);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: quickstart PAYMENT REFERENCE\n";
    return 64;
  }
  const auto result = give_back(arguments[1], arguments[2]);
  if (!result) {
    std::cerr << result.error().message << '\n';
    return 78;
  }
  std::cout << describe(*result) << '\n';
  return result->outcome == refundkit::Outcome::succeeded ? 0 : 1;
}
