#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>

#include "refundkit/wire/amounts.hpp"
#include "refundkit/wire/business_days.hpp"
#include "refundkit/wire/error_table.hpp"
#include "refundkit/wire/form.hpp"
#include "refundkit/wire/signature.hpp"
#include "refundkit/wire/text.hpp"
#include "refundkit/wire/times.hpp"

namespace refundkit::wire {
namespace {

Money money(const char* text, const char* currency) { return *Money::parse(text, currency); }

TEST(FormTest, EscapesNamesAndValues) {
  Form form;
  form.add("metadata[ref]", "R 1&2=3/\xC3\xA9").add("amount", "5");
  EXPECT_EQ(form.text(), "metadata%5Bref%5D=R%201%262%3D3%2F%C3%A9&amount=5");
}

TEST(FormTest, LeavesAPlaceForACredential) {
  Form form;
  form.add("type", "refund").add_credential("security_key", "key").add("amount", "5");
  EXPECT_EQ(form.text(), "type=refund&security_key=&amount=5");
  ASSERT_EQ(form.credentials().size(), 1U);
  const CredentialSlot& slot = form.credentials().front();
  EXPECT_EQ(slot.name, "key");
  EXPECT_EQ(slot.place, CredentialSlot::Place::body);
  EXPECT_EQ(form.text().substr(0, slot.offset), "type=refund&security_key=");
}

TEST(FormTest, ReadsBackWhatItWrote) {
  Form form;
  form.add("a b", "1&2").add("empty", "");
  const auto fields = parse_form(form.text() + "&bare&broken=%4&plus=a+b");
  ASSERT_EQ(fields.size(), 5U);
  EXPECT_EQ(fields[0], std::pair(std::string("a b"), std::string("1&2")));
  EXPECT_EQ(fields[2], std::pair(std::string("bare"), std::string()));
  EXPECT_EQ(fields[3].second, "%4");
  EXPECT_EQ(fields[4].second, "a b");
}

TEST(AmountsTest, MovesThePointBetweenIsoAndTheProvider) {
  EXPECT_EQ(*to_provider(money("5", "ISK"), {2, 100}), 500);
  EXPECT_EQ(*to_provider(money("12.50", "EUR"), {2, 1}), 1250);
  EXPECT_EQ(*to_provider(money("7.00", "MGA"), {0, 1}), 7);
  EXPECT_EQ(from_provider(500, *Currency::parse("ISK"), {2, 100})->minor(), 5);
  EXPECT_EQ(from_provider(7, *Currency::parse("MGA"), {0, 1})->minor(), 700);
}

TEST(AmountsTest, RefusesWhatCannotBeSaidExactly) {
  const auto fraction = to_provider(money("7.50", "MGA"), {0, 1});
  ASSERT_FALSE(fraction);
  EXPECT_EQ(fraction.error().code, ErrorCode::amount_invalid);
  EXPECT_FALSE(to_provider(money("5.125", "KWD"), {3, 10}));
  EXPECT_TRUE(to_provider(money("5.120", "KWD"), {3, 10}));
  EXPECT_FALSE(to_provider(Money(INT64_MAX, *Currency::parse("ISK")), {2, 100}));
  EXPECT_FALSE(from_provider(550, *Currency::parse("ISK"), {2, 100}));
}

TEST(AmountsTest, RoundsDownToWhatCanBeSent) {
  EXPECT_EQ(from_provider_rounded_down(550, *Currency::parse("ISK"), {2, 100})->minor(), 5);
  EXPECT_EQ(from_provider_rounded_down(5129, *Currency::parse("KWD"), {3, 10})->minor(), 5120);
  EXPECT_EQ(from_provider_rounded_down(99, *Currency::parse("ISK"), {2, 100})->minor(), 0);
}

TEST(SignatureTest, ComputesTheDigestsOfPublishedVectors) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231, test case 2.
  EXPECT_EQ(to_hex(hmac_sha256(Secret("Jefe"), "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(SignatureTest, ReadsHexOfBothLetterCasesAndNothingElse) {
  EXPECT_EQ(from_hex("00fFA0"), std::string("\x00\xFF\xA0", 3));
  EXPECT_FALSE(from_hex("abc"));
  EXPECT_FALSE(from_hex("0g"));
  EXPECT_EQ(from_hex(""), "");
}

TEST(SignatureTest, ComparesWholeTexts) {
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
}

TEST(ErrorTableTest, MatchesThePiecesOfAPatternInOrder) {
  EXPECT_TRUE(
      matches("Charge ... has already been refunded.", "Charge ch_1 has already been refunded."));
  EXPECT_TRUE(matches("no such refund: ...", "No such refund: 're_1'"));
  EXPECT_TRUE(matches("... similar object ...", "a similar object exists"));
  EXPECT_FALSE(matches("Charge ... refunded", "refunded Charge"));
  EXPECT_FALSE(matches("status of succeeded.", "status of canceled."));
}

TEST(ErrorTableTest, FindsTheFirstRowOfAField) {
  static constexpr ErrorRow rows[] = {
      {"54", "code", ErrorCode::not_settled, NextAction::wait_until, Repeatable::no, "first"},
      {"54", "other", ErrorCode::declined, NextAction::none, Repeatable::no, "other field"},
      {"300~... pending", "text", ErrorCode::in_progress, NextAction::none, Repeatable::no, ""}};
  const ErrorTable table(rows);
  EXPECT_EQ(table.find("code", "54")->text, "first");
  EXPECT_EQ(table.find("other", "54")->code, ErrorCode::declined);
  EXPECT_EQ(table.find("code", "5"), nullptr);
  EXPECT_EQ(table.find_text("text", "300~only pending")->code, ErrorCode::in_progress);
  EXPECT_EQ(table.find_text("text", "nothing"), nullptr);
}

TEST(BusinessDaysTest, SkipsWeekends) {
  const TimePoint friday = *from_rfc3339("2026-11-20T10:00:00Z");
  EXPECT_EQ(to_rfc3339(add_business_days(friday, 1)), "2026-11-23T10:00:00Z");
  EXPECT_EQ(to_rfc3339(add_business_days(friday, 10)), "2026-12-04T10:00:00Z");
  const TimePoint sunday = *from_rfc3339("2026-11-22T10:00:00Z");
  EXPECT_EQ(to_rfc3339(add_business_days(sunday, 1)), "2026-11-23T10:00:00Z");
  EXPECT_EQ(to_rfc3339(add_business_days(friday, 0)), "2026-11-20T10:00:00Z");
}

TEST(TimesTest, HoldsTheYearsThatAClockHolds) {
  EXPECT_EQ(to_rfc3339(*time_of(0)), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339(*time_of(-9'214'560'000)), "1678-01-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339(*time_of(9'214'646'399)), "2261-12-31T23:59:59Z");
  for (const std::int64_t seconds : {-9'214'560'001, 9'214'646'400, 253'402'300'799}) {
    EXPECT_FALSE(time_of(seconds)) << seconds;
  }
  EXPECT_FALSE(time_of(INT64_MAX));
  EXPECT_FALSE(time_of(INT64_MIN));
}

TEST(TextTest, TrimsBothEndsOnly) {
  EXPECT_EQ(trimmed(" \t a b\r\n"), "a b");
  EXPECT_EQ(trimmed(" \n"), "");
  EXPECT_TRUE(starts_with("acct_1", "acct_"));
  EXPECT_FALSE(starts_with("acc", "acct_"));
}

}  // namespace
}  // namespace refundkit::wire
