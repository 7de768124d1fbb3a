#include "client/request_check.hpp"

#include <gtest/gtest.h>

#include <string>

#include "refundkit/testing/matchers.hpp"

namespace refundkit {
namespace {

ErrorCode code_of(const std::optional<Error>& error) {
  return error ? error->code : ErrorCode::unclassified;
}

TEST(RequestCheckTest, HostileIdsAreRefused) {
  const std::string nul("pay\0ment", 8);
  for (const std::string& id :
       {std::string(), std::string("../../v1/charges"), std::string("pay\r\nX-Evil: 1"),
        std::string(10'000, 'a'), nul, std::string("pay?x=1"), std::string("pay%2e"),
        std::string("pay 1"), std::string("pay#1")}) {
    EXPECT_EQ(code_of(check(PaymentId{id})), ErrorCode::invalid_request) << id.substr(0, 20);
    EXPECT_EQ(code_of(check(RefundId{id})), ErrorCode::invalid_request) << id.substr(0, 20);
  }
  EXPECT_FALSE(check(PaymentId{std::string(255, 'a')}).has_value());
}

TEST(RequestCheckTest, AnAmountMustBeAboveZero) {
  const Currency eur = Currency::parse("EUR").value();
  EXPECT_EQ(code_of(check(RefundRequest{PaymentId{"pay"}, Money(0, eur)})),
            ErrorCode::amount_invalid);
  EXPECT_EQ(code_of(check(RefundRequest{PaymentId{"pay"}, Money(-1, eur)})),
            ErrorCode::amount_invalid);
  EXPECT_FALSE(check(RefundRequest{PaymentId{"pay"}, Money(1, eur)}).has_value());
}

TEST(RequestCheckTest, AReferenceAndAKeyExcludeEachOther) {
  RefundRequest request{PaymentId{"pay"}};
  request.terms.reference = Reference{"R-1"};
  request.terms.key = IdempotencyKey{"key"};
  EXPECT_EQ(code_of(check(request)), ErrorCode::invalid_request);
}

TEST(RequestCheckTest, KeysAndReferencesAreOneLine) {
  VoidRequest request{PaymentId{"pay"}};
  request.terms.key = IdempotencyKey{"a\r\nb"};
  EXPECT_EQ(code_of(check(request)), ErrorCode::invalid_request);
  request.terms.key = {};
  request.terms.reference = Reference{std::string(256, 'r')};
  EXPECT_EQ(code_of(check(request)), ErrorCode::invalid_request);
  EXPECT_EQ(code_of(check(ResolveRequest{PaymentId{"pay"}, IdempotencyKey{}})),
            ErrorCode::invalid_request);
}

}  // namespace
}  // namespace refundkit
