#include "http/failure.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <string>

namespace refundkit {
inline namespace v0 {
namespace {

struct Meaning {
  CURLcode code;
  ErrorCode error;
  std::string_view sentence;
};

constexpr std::string_view not_http = "What came back is not an HTTP answer";
constexpr std::string_view over_limit = "The answer is longer than allowed";
constexpr std::string_view failed_somehow = "The connection failed";
constexpr std::string_view untrusted = "The server's certificate is not trusted";

constexpr std::array meanings = {
    Meaning{CURLE_COULDNT_RESOLVE_HOST, ErrorCode::network_error, "The host name is not known"},
    Meaning{CURLE_COULDNT_RESOLVE_PROXY, ErrorCode::network_error,
            "The proxy's host name is not known"},
    Meaning{CURLE_COULDNT_CONNECT, ErrorCode::network_error, "No connection could be made"},
    Meaning{CURLE_OPERATION_TIMEDOUT, ErrorCode::timeout, "The connection took too long"},
    Meaning{CURLE_SSL_CONNECT_ERROR, ErrorCode::network_error, "No secure connection came about"},
    Meaning{CURLE_PEER_FAILED_VERIFICATION, ErrorCode::configuration_error, untrusted},
    Meaning{CURLE_SSL_ISSUER_ERROR, ErrorCode::configuration_error, untrusted},
    Meaning{CURLE_SSL_INVALIDCERTSTATUS, ErrorCode::configuration_error, untrusted},
    Meaning{CURLE_SSL_CACERT_BADFILE, ErrorCode::configuration_error,
            "The trusted certificates cannot be read"},
    Meaning{CURLE_SSL_CIPHER, ErrorCode::configuration_error, "TLS is set up wrongly"},
    Meaning{CURLE_URL_MALFORMAT, ErrorCode::configuration_error, "The address is not a URL"},
    Meaning{CURLE_GOT_NOTHING, ErrorCode::network_error,
            "The server closed the connection without an answer"},
    Meaning{CURLE_SEND_FAIL_REWIND, ErrorCode::network_error,
            "The connection was closed without an answer, and the request is not sent twice"},
    Meaning{CURLE_PARTIAL_FILE, ErrorCode::network_error,
            "The connection was closed in the middle of the answer"},
    Meaning{CURLE_FILESIZE_EXCEEDED, ErrorCode::malformed_response, over_limit},
    // After the request, only a header line beyond libcurl's own limit asks for so much memory.
    Meaning{CURLE_OUT_OF_MEMORY, ErrorCode::malformed_response, over_limit},
    Meaning{CURLE_UNSUPPORTED_PROTOCOL, ErrorCode::malformed_response, not_http},
    Meaning{CURLE_WEIRD_SERVER_REPLY, ErrorCode::malformed_response, not_http},
    Meaning{CURLE_BAD_CONTENT_ENCODING, ErrorCode::malformed_response, not_http},
};

Meaning meaning_of(CURLcode code) {
  const auto* const found =
      std::find_if(meanings.begin(), meanings.end(),
                   [code](const Meaning& meaning) { return meaning.code == code; });
  if (found != meanings.end()) return *found;
  return {code, ErrorCode::network_error, failed_somehow};
}

Meaning meaning_of(const FailedExchange& exchange) {
  switch (exchange.stop) {
    case Stop::none:
      return meaning_of(exchange.code);
    case Stop::cancelled:
      return {exchange.code, ErrorCode::timeout, "The caller cancelled the request"};
    case Stop::deadline:
      return {exchange.code, ErrorCode::timeout, "The time allowed for the request is over"};
    case Stop::idle:
      return {exchange.code, ErrorCode::timeout, "The server was silent for too long"};
    case Stop::body_too_long:
      return {exchange.code, ErrorCode::malformed_response, over_limit};
    case Stop::headers_too_long:
      return {exchange.code, ErrorCode::malformed_response, "The answer's headers are too long"};
    case Stop::second_attempt:
      return meaning_of(CURLE_SEND_FAIL_REWIND);
    case Stop::out_of_memory:
      throw std::bad_alloc();
  }
  return meaning_of(exchange.code);
}

/// libcurl's own words stand behind ours, and only where a person needs them to find the fault.
std::string detail_of(const FailedExchange& exchange, const Meaning& meaning) {
  const bool explains =
      meaning.error == ErrorCode::configuration_error || meaning.sentence == failed_somehow;
  if (exchange.stop != Stop::none || exchange.detail.empty() || !explains) return {};
  return " (" + std::string(exchange.detail) + ")";
}

/// Of a reading nobody needs to know whether the server read it.
std::string_view sent_sentence(const FailedExchange& exchange) {
  if (exchange.sent == Sent::nothing) return " Nothing was sent.";
  if (exchange.delivery == Delivery::at_most_once) return " The server may have read the request.";
  return {};
}

}  // namespace

TransportFailure failure_of(const FailedExchange& exchange) {
  if (exchange.code == CURLE_OUT_OF_MEMORY && exchange.sent == Sent::nothing) {
    throw std::bad_alloc();
  }
  const Meaning meaning = meaning_of(exchange);
  std::string message{exchange.host};
  message += ": ";
  message += meaning.sentence;
  message += '.';
  message += sent_sentence(exchange);
  message += detail_of(exchange, meaning);
  return {meaning.error, exchange.sent, std::move(message)};
}

}  // namespace v0
}  // namespace refundkit
