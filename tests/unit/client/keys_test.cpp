#include <gtest/gtest.h>

#include <set>

#include "refundkit/client.hpp"

namespace refundkit {
namespace {

IdempotencyKey key(const char* provider, const char* account, const char* payment,
                   Operation operation, const char* reference) {
  return operation_key({ProviderId{provider}, AccountName{account}, PaymentId{payment}}, operation,
                       Reference{reference});
}

TEST(OperationKeyTest, SameReferenceIsTheSameOperationInPartOrInFull) {
  EXPECT_EQ(key("p", "a", "pay", Operation::refund, "R-1"),
            key("p", "a", "pay", Operation::partial_refund, "R-1"));
}

TEST(OperationKeyTest, EveryPartOfItMatters) {
  const std::set<IdempotencyKey> keys{key("p", "a", "pay", Operation::refund, "R-1"),
                                      key("q", "a", "pay", Operation::refund, "R-1"),
                                      key("p", "b", "pay", Operation::refund, "R-1"),
                                      key("p", "a", "pai", Operation::refund, "R-1"),
                                      key("p", "a", "pay", Operation::void_payment, "R-1"),
                                      key("p", "a", "pay", Operation::refund, "R-2"),
                                      key("p", "apay", "", Operation::refund, "R-1"),
                                      key("pa", "", "pay", Operation::refund, "R-1")};
  EXPECT_EQ(keys.size(), 8U);
}

TEST(RequestFingerprintTest, HoldsWhatTheCallerAskedFor) {
  RefundRequest all{PaymentId{"pay"}};
  RefundRequest part{PaymentId{"pay"}, Money::parse("5", "EUR").value()};
  RefundRequest other = part;
  other.amount = Money::parse("5", "USD").value();
  RefundRequest reason = part;
  reason.terms.reason = Reason::duplicate;
  const std::set<std::string> prints{request_fingerprint(all), request_fingerprint(part),
                                     request_fingerprint(other), request_fingerprint(reason)};
  EXPECT_EQ(prints.size(), 4U);
}

TEST(RequestFingerprintTest, LeavesOutWhoAskedAndWhatTheyNoted) {
  RefundRequest plain{PaymentId{"pay"}};
  RefundRequest noted = plain;
  noted.terms.note = "called twice";
  noted.terms.actor = "Ann";
  EXPECT_EQ(request_fingerprint(plain), request_fingerprint(noted));
}

}  // namespace
}  // namespace refundkit
