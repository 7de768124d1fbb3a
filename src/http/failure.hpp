#pragma once

#include <curl/curl.h>

#include <string_view>

#include "http/exchange.hpp"
#include "refundkit/http/message.hpp"
#include "refundkit/http/transport.hpp"

namespace refundkit {
inline namespace v0 {

/// What is known of an exchange that brought no answer.
struct FailedExchange {
  CURLcode code = CURLE_OK;
  Stop stop = Stop::none;
  Sent sent = Sent::maybe;
  Delivery delivery = Delivery::repeatable;
  std::string_view host;
  /// libcurl's own words.
  std::string_view detail;
};

/// libcurl's codes in our words, with a sentence for a person. libcurl's own words stand behind it
/// where the set-up is at fault, or where no sentence of ours fits.
/// Throws std::bad_alloc where memory ran out.
TransportFailure failure_of(const FailedExchange& exchange);

}  // namespace v0
}  // namespace refundkit
