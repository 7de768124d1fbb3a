#include "refundkit/money.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "refundkit/testing/matchers.hpp"

namespace refundkit {
namespace {

namespace rt = ::refundkit_testing;

Currency currency(std::string_view code) { return Currency::parse(code).value(); }

struct Amount {
  std::string_view text;
  std::string_view currency;
  std::int64_t minor;
  std::string_view printed;
};

class MoneyParseTest : public ::testing::TestWithParam<Amount> {};

TEST_P(MoneyParseTest, ReadsAndPrintsExactly) {
  const Amount& amount = GetParam();
  const auto money = Money::parse(amount.text, amount.currency);
  ASSERT_TRUE(money.has_value());
  EXPECT_EQ(money->minor(), amount.minor);
  EXPECT_EQ(money->text(), amount.printed);
}

INSTANTIATE_TEST_SUITE_P(
    Amounts, MoneyParseTest,
    ::testing::Values(Amount{"12.50", "EUR", 1250, "12.50"}, Amount{"12.5", "EUR", 1250, "12.50"},
                      Amount{"12", "eur", 1200, "12.00"}, Amount{"0.01", "USD", 1, "0.01"},
                      Amount{"0", "USD", 0, "0.00"}, Amount{"007.10", "USD", 710, "7.10"},
                      Amount{"500", "JPY", 500, "500"}, Amount{"5.123", "KWD", 5123, "5.123"},
                      Amount{"1.2345", "CLF", 12345, "1.2345"},
                      Amount{"92233720368547758.07", "EUR",
                             std::numeric_limits<std::int64_t>::max(), "92233720368547758.07"}));

struct BadAmount {
  std::string_view text;
  std::string_view currency;
};

class MoneyRefuseTest : public ::testing::TestWithParam<BadAmount> {};

TEST_P(MoneyRefuseTest, RefusesWhatIsNoAmount) {
  EXPECT_THAT(Money::parse(GetParam().text, GetParam().currency),
              rt::FailsWith(ErrorCode::amount_invalid));
}

INSTANTIATE_TEST_SUITE_P(
    Amounts, MoneyRefuseTest,
    ::testing::Values(BadAmount{"12.505", "EUR"}, BadAmount{"-1", "EUR"}, BadAmount{"+1", "EUR"},
                      BadAmount{"1e3", "EUR"}, BadAmount{"", "EUR"}, BadAmount{".", "EUR"},
                      BadAmount{".5", "EUR"}, BadAmount{"5.", "EUR"}, BadAmount{"1.2.3", "EUR"},
                      BadAmount{"1,50", "EUR"}, BadAmount{" 1", "EUR"}, BadAmount{"1 ", "EUR"},
                      BadAmount{"NaN", "EUR"}, BadAmount{"0x10", "EUR"},
                      BadAmount{std::string_view("1\0", 2), "EUR"}, BadAmount{"500.0", "JPY"},
                      BadAmount{"92233720368547758.08", "EUR"},
                      BadAmount{"9223372036854775808", "JPY"},
                      BadAmount{"99999999999999999999999999", "EUR"}));

TEST(MoneyTest, PrintsNegativeAmountsWithTheirDecimals) {
  EXPECT_EQ(Money(-5, currency("EUR")).text(), "-0.05");
  EXPECT_EQ(Money(std::numeric_limits<std::int64_t>::min(), currency("EUR")).text(),
            "-92233720368547758.08");
}

TEST(MoneyTest, SumThatDoesNotFitIsAnErrorAndNeverWraps) {
  const Money most(std::numeric_limits<std::int64_t>::max(), currency("EUR"));
  const Money least(std::numeric_limits<std::int64_t>::min(), currency("EUR"));
  const Money one(1, currency("EUR"));
  EXPECT_THAT(most.plus(one), rt::FailsWith(ErrorCode::amount_invalid));
  EXPECT_THAT(least.minus(one), rt::FailsWith(ErrorCode::amount_invalid));
  EXPECT_THAT(one.minus(least), rt::FailsWith(ErrorCode::amount_invalid));
  EXPECT_THAT(most.minus(one).value(), rt::IsMoney("92233720368547758.06 EUR"));
}

TEST(MoneyTest, AmountsOfTwoCurrenciesDoNotAddUp) {
  EXPECT_THAT(Money(1, currency("EUR")).plus(Money(1, currency("USD"))),
              rt::FailsWith(ErrorCode::currency_mismatch));
}

TEST(CurrencyTest, TakesTheExponentFromIso4217) {
  EXPECT_EQ(currency("EUR").exponent(), 2);
  EXPECT_EQ(currency("ISK").exponent(), 0);
  EXPECT_EQ(currency("MGA").exponent(), 2);
  EXPECT_EQ(currency("BHD").exponent(), 3);
}

TEST(CurrencyTest, RefusesWhatIso4217DoesNotList) {
  for (const std::string_view code : {"", "E", "EURO", "XXX", "ZZZ", "12A", "EU\0"}) {
    EXPECT_THAT(Currency::parse(code), rt::FailsWith(ErrorCode::invalid_request)) << code;
  }
}

}  // namespace
}  // namespace refundkit
