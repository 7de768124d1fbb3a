#include "simulated_stripe.hpp"

namespace refundkit::simulation {
namespace {

using ::testing::HasSubstr;

class StripeSimulatorValidationTest : public SimulatedStripe {};

TEST_F(StripeSimulatorValidationTest, NeedsExactlyOneTarget) {
  EXPECT_EQ(post("/v1/refunds", {{"amount", "1"}}).at("error.message"),
            "One of the following params should be provided for this request: payment_intent or "
            "charge.");
  const std::string payment = captured();
  EXPECT_EQ(
      post("/v1/refunds", {{"payment_intent", payment}, {"charge", charge_of(payment)}}).status,
      400);
}

TEST_F(StripeSimulatorValidationTest, AmountsAreWholeNumbersFromOne) {
  for (const char* amount : {"0", "-1", "12.50", "1e3", "", "abc", "99999999999999999999"}) {
    const Said said = refund(captured(), amount);
    EXPECT_EQ(said.status, 400) << amount;
    EXPECT_EQ(said.at("error.code"), "parameter_invalid_integer") << amount;
    EXPECT_EQ(said.at("error.param"), "amount") << amount;
  }
}

TEST_F(StripeSimulatorValidationTest, OnlyThreeReasonsAreTaken) {
  const Said said = post("/v1/refunds",
                         {{"payment_intent", captured()}, {"reason", "expired_uncaptured_charge"}});
  EXPECT_EQ(said.at("error.message"),
            "Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer");
}

TEST_F(StripeSimulatorValidationTest, UnknownParametersAreRefused) {
  const Said said = post("/v1/refunds", {{"payment_intent", captured()}, {"currency", "usd"}});
  EXPECT_EQ(said.at("error.code"), "parameter_unknown");
  EXPECT_EQ(said.at("error.param"), "currency");
}

TEST_F(StripeSimulatorValidationTest, MetadataHasLimits) {
  const std::string payment = captured();
  const auto with = [&](const std::string& name, const std::string& value) {
    return post("/v1/refunds", {{"payment_intent", payment}, {"amount", "1"}, {name, value}})
        .status;
  };
  EXPECT_EQ(with("metadata[" + std::string(40, 'k') + "]", std::string(500, 'v')), 200);
  EXPECT_EQ(with("metadata[" + std::string(41, 'k') + "]", "v"), 400);
  EXPECT_EQ(with("metadata[k]", std::string(501, 'v')), 400);
  EXPECT_EQ(with("metadata[a[b]]", "v"), 400);
  Form fields{{"payment_intent", payment}, {"amount", "1"}};
  for (int i = 0; i <= 50; ++i) fields.emplace_back("metadata[k" + std::to_string(i) + "]", "v");
  EXPECT_EQ(post("/v1/refunds", fields).status, 400);
}

TEST_F(StripeSimulatorValidationTest, UnknownIdsAreMissingResources) {
  const Said intent = refund("pi_nobody", "1");
  EXPECT_EQ(intent.status, 404);
  EXPECT_EQ(intent.at("error.code"), "resource_missing");
  EXPECT_EQ(intent.at("error.message"), "No such payment_intent: 'pi_nobody'");
  EXPECT_EQ(post("/v1/refunds", {{"charge", "ch_nobody"}}).at("error.param"), "id");
  EXPECT_EQ(get("/v1/refunds/re_nobody").at("error.param"), "refund");
  EXPECT_THAT(get("/v1/payment_intents/pi_live_1").at("error.message"),
              HasSubstr("a similar object exists in live mode, but a test mode key was used"));
}

TEST_F(StripeSimulatorValidationTest, KeysAreChecked) {
  Request request = post_request("/v1/refunds", {{"payment_intent", captured()}});
  request.headers[0].second = "Bearer sk_test_somebody_else";
  EXPECT_EQ(send(request).status, 401);
  EXPECT_EQ(send(request).at("error.message").find("somebody"), std::string::npos);
  request.headers[0].second = "Basic c2tfdGVzdF9yZWZ1bmRraXRfc2FuZGJveDo=";  // with no password
  EXPECT_EQ(send(request).status, 200);
  request.headers.erase(request.headers.begin());
  EXPECT_EQ(send(request).status, 401);
}

TEST_F(StripeSimulatorValidationTest, AReadingKeyMovesNothing) {
  const std::string payment = captured();
  Request request = post_request("/v1/refunds", {{"payment_intent", payment}});
  request.headers[0].second = "Bearer rk_test_refundkit_sandbox_reading";
  EXPECT_EQ(send(request).status, 403);
  EXPECT_EQ(send(request).at("error.code"), "more_permissions_required");
  EXPECT_EQ(truth(payment).at("refunded"), "0.00");
}

TEST_F(StripeSimulatorValidationTest, BodiesMustBeForms) {
  Request request = post_request("/v1/refunds", {});
  request.headers[1].second = "application/json";
  request.body = R"({"payment_intent":"pi_1"})";
  EXPECT_EQ(send(request).status, 400);
}

TEST_F(StripeSimulatorValidationTest, UnknownPathsAre404) {
  EXPECT_EQ(get("/v1/nothing").status, 404);
  EXPECT_EQ(get("/").status, 404);
  EXPECT_EQ(post("/v1/payment_intents/../refunds", {}).status, 404);
  EXPECT_THAT(get("/v1/nothing").at("error.message"), HasSubstr("Unrecognized request URL"));
}

TEST_F(StripeSimulatorValidationTest, AnotherAccountSeesNothing) {
  const std::string elsewhere = captured("sim:account=acct_1");
  EXPECT_EQ(get("/v1/payment_intents/" + elsewhere).status, 404);
  Request request{"GET", "/v1/payment_intents/" + elsewhere, "", {}, ""};
  request.headers = {{"Authorization", "Bearer sk_test_refundkit_sandbox"},
                     {"Stripe-Account", "acct_1"}};
  EXPECT_EQ(send(request).status, 200);
}

TEST_F(StripeSimulatorValidationTest, WishesThatStripeCannotGrantAreRefused) {
  const auto refused = [&](const PaymentWish& wish) {
    return std::holds_alternative<Refusal>(stripe_->create_payment(wish, now_));
  };
  EXPECT_TRUE(refused({"40.00", "ZZZ", "card", "captured", ""}));
  EXPECT_TRUE(refused({"40.001", "USD", "card", "captured", ""}));
  EXPECT_TRUE(refused({"40.5", "JPY", "card", "captured", ""}));
  EXPECT_TRUE(refused({"1.5", "ISK", "card", "captured", ""}));
  EXPECT_TRUE(refused({"40.00", "EUR", "bank", "authorized", ""}));
  EXPECT_FALSE(refused({"40.00", "USD", "wallet", "settled", ""}));
}

}  // namespace
}  // namespace refundkit::simulation
