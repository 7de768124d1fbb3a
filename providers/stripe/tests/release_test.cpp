// Which of the listed refunds gave money back, and which only let go what a capture left.

#include <gtest/gtest.h>

#include "bytes_driver.hpp"

namespace refundkit_testing {
namespace {

constexpr const char* reversal =
    R"(,"destination_details":{"type":"card","card":{"type":"reversal"}})";

class StripeReleaseTest : public BytesDriver {
 protected:
  /// 60.00 authorized an hour ago, 30.00 taken, the rest let go.
  static Intent half_taken(long long amount_refunded) {
    Intent intent;
    intent.amount = 6000;
    intent.received = 3000;
    intent.amount_refunded = amount_refunded;
    return intent;
  }
  static Refund by_hand(const char* id, long long amount) { return {id, amount}; }

  PaymentSnapshot read(const Intent& intent, const std::vector<Refund>& refunds) {
    given_payment(intent, refunds);
    const auto snapshot = run(adapter_->read_payment(PaymentId("pi_1")));
    sent_.clear();
    EXPECT_TRUE(snapshot);
    return snapshot ? *snapshot : PaymentSnapshot{};
  }
  static void expect(const PaymentSnapshot& snapshot, const char* refunded, const char* left) {
    EXPECT_EQ(snapshot.captured, money("30.00"));
    EXPECT_EQ(snapshot.refunded, money(refunded));
    EXPECT_EQ(snapshot.refundable, money(left));
  }
};

TEST_F(StripeReleaseTest, ARefundBeforeTheRestWasCancelledIsNoRelease) {
  const std::vector<Refund> refunds{by_hand("re_rest", 3000), by_hand("re_0", 1000)};
  const PaymentSnapshot snapshot = read(half_taken(4000), refunds);
  expect(snapshot, "10.00", "20.00");
  EXPECT_EQ(snapshot.state, PaymentState::partially_refunded);
  EXPECT_FALSE(snapshot.refunds.at(0).gives_money_back);
  EXPECT_TRUE(snapshot.refunds.at(1).gives_money_back);

  given_payment(half_taken(4000), refunds);
  given(Refund{"re_1", 2000}.json());
  EXPECT_EQ(refund().outcome, Outcome::succeeded);
  EXPECT_EQ(moves().at(0).field("amount"), "2000");
}

TEST_F(StripeReleaseTest, OfTwoEqualOnesTheOneMadeWithTheCancelIsTheRelease) {
  Intent intent = half_taken(6000);
  intent.status = "canceled";
  intent.more = ",\"canceled_at\":" + std::to_string(now_seconds - 600);
  Refund release = by_hand("re_rest", 3000);
  release.created = now_seconds - 600;
  Refund real = by_hand("re_0", 3000);
  real.created = now_seconds - 60;
  const PaymentSnapshot snapshot = read(intent, {real, release});
  expect(snapshot, "30.00", "0.00");
  EXPECT_EQ(snapshot.state, PaymentState::refunded);
  EXPECT_TRUE(snapshot.refunds.at(0).gives_money_back);
  EXPECT_FALSE(snapshot.refunds.at(1).gives_money_back);
}

TEST_F(StripeReleaseTest, WhatStripeCallsAReversalIsTheRelease) {
  Intent intent = half_taken(2000);
  intent.received = 4000;
  Refund release = by_hand("re_rest", 2000);
  release.more = reversal;
  PaymentSnapshot snapshot = read(intent, {release});
  EXPECT_EQ(snapshot.refunded, money("0.00"));
  EXPECT_EQ(snapshot.refundable, money("40.00"));
  EXPECT_EQ(snapshot.state, PaymentState::captured);

  intent.amount_refunded = 4000;
  snapshot = read(intent, {by_hand("re_0", 2000), release});
  EXPECT_EQ(snapshot.refunded, money("20.00"));
  EXPECT_TRUE(snapshot.refunds.at(0).gives_money_back);
}

TEST_F(StripeReleaseTest, WhatStripeNamesAsLapsedIsTheOnlyRelease) {
  Refund lapsed = by_hand("re_rest", 3000);
  lapsed.more = R"(,"reason":"expired_uncaptured_charge")";
  expect(read(half_taken(6000), {by_hand("re_0", 3000), lapsed}), "30.00", "0.00");
}

TEST_F(StripeReleaseTest, WhereNothingTellsStripeDecides) {
  const std::vector<Refund> refunds{by_hand("re_0", 3000)};
  const PaymentSnapshot snapshot = read(half_taken(3000), refunds);
  EXPECT_EQ(snapshot.captured, money("30.00"));
  EXPECT_FALSE(snapshot.refunded);
  EXPECT_FALSE(snapshot.refundable);
  EXPECT_EQ(snapshot.state, PaymentState::unknown);

  given_payment(half_taken(3000), refunds);
  given(Refund{"re_1", 3000}.json());
  EXPECT_EQ(refund().outcome, Outcome::succeeded);
  EXPECT_EQ(moves().at(0).field("amount"), "3000");

  request_.amount = money("12.00");
  given_payment(half_taken(3000), refunds);
  given(error(400, R"("code":"charge_already_refunded","message":"m")"));
  EXPECT_EQ(refund().error->code, ErrorCode::already_refunded);
}

TEST_F(StripeReleaseTest, NeverMoreIsGivenBackThanWasTaken) {
  Intent intent;
  intent.amount_refunded = 6000;
  const PaymentSnapshot snapshot = read(intent, {by_hand("re_0", 6000)});
  EXPECT_EQ(snapshot.refunded, money("49.99"));
  EXPECT_EQ(snapshot.refundable, money("0.00"));
}

TEST_F(StripeReleaseTest, ALapsedAuthorizationGaveNothingBack) {
  Intent intent = canceled();
  intent.amount_refunded = 4999;
  const PaymentSnapshot snapshot = read(intent, {by_hand("re_rest", 4999)});
  EXPECT_EQ(snapshot.refunded, money("0.00"));
  EXPECT_EQ(snapshot.state, PaymentState::voided);
}

TEST_F(StripeReleaseTest, APartTakenThroughItsChargeIsNoAuthorization) {
  Intent intent = authorized();
  intent.received = 1000;
  const PaymentId charge("ch_1");
  given(intent.charge_json());
  given(list({Refund{"re_0", 400}}));
  const auto snapshot = run(adapter_->read_payment(charge));
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(snapshot->state, PaymentState::partially_refunded);
  EXPECT_EQ(snapshot->refunded, money("4.00"));
  EXPECT_EQ(snapshot->refundable, money("6.00"));
}

/// Sums that are absent, or of another kind.
class StripeAbsentSumTest : public BytesDriver {
 protected:
  static std::string paid_without(const std::string& received, const std::string& status) {
    std::string body = Intent{}.json();
    const std::string field = "\"amount_received\":4999,";
    body.replace(body.find(field), field.size(), received);
    const std::string end = "\"status\":\"succeeded\"";
    return body.replace(body.rfind(end), end.size(), "\"status\":\"" + status + "\"");
  }
};

TEST_F(StripeAbsentSumTest, IsNeverReadAsZero) {
  for (const char* received : {"", R"("amount_received":"4999",)", R"("amount_received":-1,)",
                               R"("amount_received":null,)"}) {
    given(paid_without(received, "succeeded"));
    given(list({}));
    const auto snapshot = run(adapter_->read_payment(PaymentId("pi_1")));
    ASSERT_TRUE(snapshot);
    EXPECT_FALSE(snapshot->captured) << received;
    EXPECT_FALSE(snapshot->refunded);
    EXPECT_FALSE(snapshot->refundable);
    EXPECT_EQ(snapshot->state, PaymentState::captured);

    given(paid_without(received, "succeeded"));
    given(list({}));
    given(Refund{}.json());
    EXPECT_EQ(refund().outcome, Outcome::succeeded) << received;
  }
  EXPECT_EQ(moves().size(), 4U);
}

TEST_F(StripeAbsentSumTest, NobodyVoidsWhatMayBePartlyTaken) {
  given(paid_without("", "requires_capture"));
  const OperationResult result = void_it();
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_EQ(result.error->code, ErrorCode::malformed_response);
  EXPECT_TRUE(moves().empty());
}

TEST_F(StripeAbsentSumTest, ACancelledPaymentThatMayBePartlyTakenIsNotCalledVoided) {
  given(paid_without("", "canceled"));
  given(list({}));
  const auto snapshot = run(adapter_->read_payment(PaymentId("pi_1")));
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(snapshot->state, PaymentState::unknown);
  given(paid_without("", "canceled"));
  given(list({}));
  EXPECT_EQ(resolve().outcome, Outcome::unknown);
}

TEST_F(StripeAbsentSumTest, ATimeBeyondTheClockIsAbsent) {
  for (const long long seconds : {253'402'300'799LL, 9'300'000'000LL, -5LL}) {
    Intent intent;
    intent.created = seconds;
    Refund refund;
    refund.created = seconds;
    refund.status = "requires_action";
    refund.more = ",\"next_action\":{\"display_details\":{\"expires_at\":" +
                  std::to_string(seconds < 0 ? 253'402'300'799LL : seconds) + "}}";
    given_payment(intent, {refund});
    const auto snapshot = run(adapter_->read_payment(PaymentId("pi_1")));
    ASSERT_TRUE(snapshot);
    EXPECT_EQ(snapshot->fact("created"), "");
    EXPECT_FALSE(snapshot->refunds.at(0).created);
    EXPECT_FALSE(snapshot->refunds.at(0).error->next_step.at);
  }
}

}  // namespace
}  // namespace refundkit_testing
