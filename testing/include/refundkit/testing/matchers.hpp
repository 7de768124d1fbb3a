#pragma once

#include <gmock/gmock.h>

#include <optional>
#include <ostream>
#include <string>

#include "refundkit/http/message.hpp"
#include "refundkit/operation_result.hpp"
#include "refundkit/words.hpp"

namespace refundkit {
inline namespace v0 {

// Found by GoogleTest through the types' namespace: a failed expectation then says what happened.
inline void PrintTo(const OperationResult& result, std::ostream* out) {
  *out << to_text(result.outcome) << ": " << describe(result) << "\n" << to_json(result);
}
inline void PrintTo(const Money& money, std::ostream* out) {
  *out << money.text() << " " << money.currency().code();
}
inline void PrintTo(Outcome word, std::ostream* out) { *out << to_text(word); }
inline void PrintTo(ErrorCode word, std::ostream* out) { *out << to_text(word); }
inline void PrintTo(NextAction word, std::ostream* out) { *out << to_text(word); }
inline void PrintTo(PaymentState word, std::ostream* out) { *out << to_text(word); }
inline void PrintTo(RefundState word, std::ostream* out) { *out << to_text(word); }
inline void PrintTo(MoneyMoved word, std::ostream* out) { *out << to_text(word); }
inline void PrintTo(Operation word, std::ostream* out) { *out << to_text(word); }
inline void PrintTo(PlanAction word, std::ostream* out) { *out << to_text(word); }

}  // namespace v0
}  // namespace refundkit

namespace refundkit_testing {

/// An OperationResult with this outcome. Name the outcome you expect: there is no "is not ok".
MATCHER_P(EndsAs, outcome, "ends as " + std::string(refundkit::to_text(outcome))) {
  return arg.outcome == outcome;
}

/// An OperationResult, or a Result without its value, with this error code.
MATCHER_P(FailsWith, code, "has the error " + std::string(refundkit::to_text(code))) {
  if constexpr (std::is_same_v<std::decay_t<decltype(arg)>, refundkit::OperationResult>) {
    return arg.error.has_value() && arg.error->code == code;
  } else {
    return !arg.has_value() && arg.error().code == code;
  }
}

/// An OperationResult with this outcome and this error code.
MATCHER_P2(EndsAs, outcome, code,
           "ends as " + std::string(refundkit::to_text(outcome)) + " with " +
               std::string(refundkit::to_text(code))) {
  return arg.outcome == outcome && arg.error.has_value() && arg.error->code == code;
}

/// An OperationResult that advises this.
MATCHER_P(Advises, action, "advises " + std::string(refundkit::to_text(action))) {
  return arg.next_step.action == action;
}

/// An OperationResult for which no request that can move money left the process.
MATCHER(SentNothing, "sent nothing that moves money") { return !arg.sent; }

/// An HttpRequest or HttpResponse with this header, letter case of the name ignored.
MATCHER_P2(HasHeader, name, value,
           std::string("has the header ") + name + ": " + std::string(value)) {
  const std::string* found = refundkit::find_header(arg.headers, name);
  return found != nullptr && *found == value;
}

/// "12.50 EUR"
MATCHER_P(IsMoney, text, std::string("is ") + text) {
  if constexpr (std::is_same_v<std::decay_t<decltype(arg)>, refundkit::Money>) {
    return arg.text() + " " + std::string(arg.currency().code()) == text;
  } else {
    return arg.has_value() && arg->text() + " " + std::string(arg->currency().code()) == text;
  }
}

}  // namespace refundkit_testing
