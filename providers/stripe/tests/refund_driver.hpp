#pragma once

#include "bytes_driver.hpp"
#include "refundkit/request.hpp"

namespace refundkit_testing {

/// Refunds of one payment under the key K1.
class RefundDriver : public BytesDriver {
 protected:
  Refund ours(long long amount = 4999) const {
    Refund refund;
    refund.amount = amount;
    refund.key = "K1";
    refund.fingerprint = request_fingerprint(request_);
    return refund;
  }
  void expect_nothing_sent(const OperationResult& result, ErrorCode code, NextAction next) {
    EXPECT_EQ(result.outcome, Outcome::failed);
    EXPECT_EQ(result.money_moved, MoneyMoved::no);
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->code, code) << result.error->message;
    EXPECT_EQ(result.next_step.action, next);
    EXPECT_TRUE(moves().empty());
  }
};

}  // namespace refundkit_testing
