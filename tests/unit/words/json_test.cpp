#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include "refundkit/operation_result.hpp"
#include "refundkit/testing/matchers.hpp"

namespace refundkit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

rapidjson::Document parse(const OperationResult& result) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(to_json(result).c_str());
  return document;
}

TEST(JsonTest, EveryFieldIsThereInTheContractsOrder) {
  const auto document = parse(OperationResult{});
  ASSERT_TRUE(document.IsObject());
  std::vector<std::string> names;
  for (const auto& member : document.GetObject()) names.emplace_back(member.name.GetString());
  EXPECT_THAT(
      names,
      ElementsAre("operation", "requested_operation", "provider", "account", "outcome", "final",
                  "sent", "money_moved", "queued_until", "payment_id", "refund_id", "payment_state",
                  "refund_state", "amount", "captured", "refunded", "refundable", "error",
                  "next_step", "plan", "steps", "bank_reference", "expected_arrival",
                  "idempotency_key", "reference", "request_id", "attempts", "occurred_at"));
}

TEST(JsonTest, WhatIsNotKnownIsNullAndNeverZero) {
  const auto document = parse(OperationResult{});
  EXPECT_TRUE(document["refundable"].IsNull());
  EXPECT_TRUE(document["refund_id"].IsNull());
  EXPECT_TRUE(document["payment_state"].IsNull());
  EXPECT_TRUE(document["next_step"].IsObject());
  EXPECT_STREQ(document["next_step"]["action"].GetString(), "none");
}

TEST(JsonTest, MoneyKeepsItsMinorUnitsAndItsText) {
  OperationResult result;
  result.amount = Money::parse("12.50", "USD").value();
  const auto document = parse(result);
  EXPECT_EQ(document["amount"]["minor"].GetInt64(), 1250);
  EXPECT_STREQ(document["amount"]["currency"].GetString(), "USD");
  EXPECT_STREQ(document["amount"]["text"].GetString(), "12.50");
}

TEST(JsonTest, ErrorKeepsTheProvidersOwnWords) {
  OperationResult result;
  result.outcome = Outcome::failed;
  result.error =
      Error{ErrorCode::declined, "The issuer said no.", {}, "54", "DECLINED", 402, false};
  const auto document = parse(result);
  EXPECT_TRUE(document["final"].GetBool());
  EXPECT_STREQ(document["error"]["provider_code"].GetString(), "54");
  EXPECT_STREQ(document["error"]["provider_message"].GetString(), "DECLINED");
  EXPECT_EQ(document["error"]["http_status"].GetInt(), 402);
  EXPECT_FALSE(document["error"]["retryable"].GetBool());
}

TEST(JsonTest, HostileBytesStayInsideTheirText) {
  OperationResult result;
  result.payment = PaymentId{std::string("pi\"\n\0\xFF\xC0\x80\xED\xA0\x80\xE2\x82", 14)};
  const auto document = parse(result);
  ASSERT_FALSE(document.HasParseError());
  const std::string shown(document["payment_id"].GetString(),
                          document["payment_id"].GetStringLength());
  EXPECT_EQ(shown.substr(0, 5), std::string("pi\"\n\0", 5));
  EXPECT_THAT(to_json(result), Not(HasSubstr("\n")));
}

TEST(JsonTest, ValidUtf8IsKept) {
  OperationResult result;
  result.reference = Reference{"Rücksendung 42 €𝄞"};
  EXPECT_STREQ(parse(result)["reference"].GetString(), "Rücksendung 42 €𝄞");
}

TEST(DescribeTest, UnknownTellsNotToSendItAnew) {
  OperationResult result;
  result.operation = Operation::refund;
  result.next_step.action = NextAction::resolve;
  EXPECT_THAT(describe(result), HasSubstr("not known whether the refund happened"));
  EXPECT_THAT(describe(result), HasSubstr("never make a new refund"));
}

TEST(DescribeTest, PendingIsNotToldAsDone) {
  OperationResult result;
  result.operation = Operation::partial_refund;
  result.outcome = Outcome::pending;
  result.amount = Money::parse("12.50", "EUR").value();
  EXPECT_THAT(describe(result), HasSubstr("accepted the refund of 12.50 EUR and has not finished"));
}

TEST(DescribeTest, PendingForLackOfFundsIsNotSentAgain) {
  OperationResult result;
  result.operation = Operation::refund;
  result.outcome = Outcome::pending;
  result.next_step.action = NextAction::add_funds;
  EXPECT_THAT(describe(result), HasSubstr("goes out by itself. Do not send it again."));

  result.outcome = Outcome::failed;
  EXPECT_THAT(describe(result), HasSubstr("then send it again under the same key"));
}

TEST(DescribeTest, ApprovalIsAskedForAndNoSecondRefund) {
  OperationResult result;
  result.operation = Operation::refund;
  result.outcome = Outcome::requires_action;
  result.next_step = {NextAction::manual_portal, std::nullopt, "https://console.example/1"};
  EXPECT_THAT(describe(result),
              HasSubstr("have it approved at https://console.example/1. Make no second one."));
}

TEST(DescribeTest, CustomerIsNamedWithTheDeadline) {
  OperationResult result;
  result.operation = Operation::refund;
  result.outcome = Outcome::requires_action;
  result.next_step = {NextAction::wait_until, TimePoint(std::chrono::hours(24))};
  EXPECT_THAT(describe(result), HasSubstr("the customer must act by 1970-01-02T00:00:00Z"));
}

TEST(DescribeTest, HalfOfAnOperationIsToldAsHalf) {
  const Money amount = Money::parse("12.50", "EUR").value();
  OperationResult result;
  result.operation = Operation::refund;
  result.outcome = Outcome::failed;
  result.money_moved = MoneyMoved::yes;
  result.steps = {{Operation::refund, Outcome::succeeded, amount, RefundId("re_1"), ""},
                  {Operation::void_payment, Outcome::failed, amount, std::nullopt, ""}};
  EXPECT_THAT(describe(result), HasSubstr("The refund of 12.50 EUR happened. "
                                          "The release of 12.50 EUR did not happen."));
  EXPECT_THAT(describe(result), Not(HasSubstr("no money moved")));
}

TEST(RecordTest, AFailedRefundMovedNoMoneyAndSaysWhy) {
  RefundRecord refund{RefundId{"re_1"}, RefundState::failed, Money::parse("5", "EUR").value()};
  const OperationResult result = result_of(refund);
  EXPECT_THAT(result, refundkit_testing::EndsAs(Outcome::failed, ErrorCode::declined));
  EXPECT_EQ(result.money_moved, MoneyMoved::no);
}

TEST(RecordTest, APendingRefundIsAcceptedAndNotDone) {
  RefundRecord refund{RefundId{"re_1"}, RefundState::pending, Money::parse("5", "EUR").value()};
  const OperationResult result = result_of(refund);
  EXPECT_EQ(result.outcome, Outcome::pending);
  EXPECT_EQ(result.money_moved, MoneyMoved::yes);
  EXPECT_FALSE(result.error.has_value());
}

}  // namespace
}  // namespace refundkit
