#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "refundkit/simulation/clock.hpp"
#include "refundkit/simulation/decimal.hpp"
#include "refundkit/simulation/digest.hpp"
#include "refundkit/simulation/form.hpp"

namespace refundkit::simulation {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;
using ::testing::Pair;

TEST(DecimalTest, ReadsExactAmounts) {
  EXPECT_THAT(parse_decimal("12.50", 2), Optional(1250));
  EXPECT_THAT(parse_decimal("12.5", 2), Optional(1250));
  EXPECT_THAT(parse_decimal("12", 2), Optional(1200));
  EXPECT_THAT(parse_decimal("500.00", 0), Optional(500));
  EXPECT_THAT(parse_decimal("9223372036854775807", 0),
              Optional(std::numeric_limits<std::int64_t>::max()));
}

TEST(DecimalTest, RefusesWhatIsNoExactAmount) {
  for (const char* text : {"", ".", ".5", "5.", "-1", "+1", "1e3", "12.505", "1,5", " 1",
                           "9223372036854775808", "92233720368547758.08"}) {
    EXPECT_FALSE(parse_decimal(text, 2).has_value()) << text;
  }
}

TEST(DecimalTest, WritesWhatItReads) {
  EXPECT_EQ(decimal_text(1250, 2), "12.50");
  EXPECT_EQ(decimal_text(5, 3), "0.005");
  EXPECT_EQ(decimal_text(-5, 2), "-0.05");
  EXPECT_EQ(decimal_text(500, 0), "500");
  EXPECT_EQ(decimal_text(std::numeric_limits<std::int64_t>::min(), 0), "-9223372036854775808");
}

TEST(TimeTextTest, ReadsOffsetsAndFractions) {
  const auto time = parse_time("2026-11-23T09:00:00Z");
  ASSERT_TRUE(time.has_value());
  EXPECT_EQ(time_text(*time), "2026-11-23T09:00:00Z");
  EXPECT_EQ(parse_time("2026-11-23T10:30:00.123+01:30"), time);
  EXPECT_EQ(unix_seconds(*time), 1795424400);
}

TEST(TimeTextTest, RefusesWhatIsNoTime) {
  for (const char* text :
       {"", "tomorrow", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-23T24:00:00Z",
        "2026-11-23T09:00:00", "2026-11-23", "2026-11-23T09:00:00.Z", "2026-11-23T09:00:00+1:00",
        "9999-01-01T00:00:00Z"}) {
    EXPECT_FALSE(parse_time(text).has_value()) << text;
  }
}

TEST(FormTest, ReadsFieldsInOrder) {
  EXPECT_THAT(parse_form("a=1&metadata%5Bref%5D=R+1&empty=&alone&&a=2%25"),
              ElementsAre(Pair("a", "1"), Pair("metadata[ref]", "R 1"), Pair("empty", ""),
                          Pair("alone", ""), Pair("a", "2%")));
}

TEST(FormTest, LeavesBrokenEscapesAsTheyAre) {
  EXPECT_EQ(decode_form_text("100%"), "100%");
  EXPECT_EQ(decode_form_text("%zz%4"), "%zz%4");
}

TEST(FormTest, EscapesWhatItReadsBack) {
  const std::string hostile("a b&c=d+e\0\xff", 11);
  EXPECT_EQ(decode_form_text(encode_form_text(hostile)), hostile);
}

TEST(FormTest, PathPartsAreUnescapedOneByOne) {
  EXPECT_THAT(path_parts("/v1/refunds/a%2Fb"), ElementsAre("v1", "refunds", "a/b"));
  EXPECT_THAT(path_parts("/"), ElementsAre(""));
}

TEST(DigestTest, KnowsBase64) {
  EXPECT_THAT(decode_base64("c2tfdGVzdDo="), Optional(std::string("sk_test:")));
  EXPECT_FALSE(decode_base64("!!!!").has_value());
  EXPECT_FALSE(decode_base64("abc").has_value());
}

TEST(DigestTest, SignsAsRfc4231Says) {
  EXPECT_EQ(hmac_sha256_hex("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

}  // namespace
}  // namespace refundkit::simulation
