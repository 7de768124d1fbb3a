#include "refundkit/wire/json.hpp"

#include <gtest/gtest.h>

#include <string>

namespace refundkit::wire {
namespace {

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']');
}

void expect_refused(std::string_view text) {
  const auto json = Json::parse(text);
  ASSERT_FALSE(json) << text;
  EXPECT_EQ(json.error().code, ErrorCode::malformed_response);
}

TEST(JsonTest, KeepsANumberAsItWasSent) {
  const auto json = Json::parse(R"({"amount":12.50,"large":1e300})");
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["amount"].number(), "12.50");
  EXPECT_EQ((*json)["large"].number(), "1e300");
  EXPECT_FALSE((*json)["large"].integer());
  expect_refused(R"({"amount":1e400})");
}

TEST(JsonTest, ReadsWholeNumbersToTheEdgeOf64Bits) {
  const auto json =
      Json::parse(R"([9223372036854775807,-9223372036854775808,9223372036854775808,1.0])");
  ASSERT_TRUE(json);
  EXPECT_EQ(json->items()[0].integer(), INT64_MAX);
  EXPECT_EQ(json->items()[1].integer(), INT64_MIN);
  EXPECT_FALSE(json->items()[2].integer());
  EXPECT_FALSE(json->items()[3].integer());
}

TEST(JsonTest, AWrongTypeReadsLikeAnAbsentMember) {
  const auto json = Json::parse(R"({"amount":"100","status":7,"live":"true","list":{}})");
  ASSERT_TRUE(json);
  EXPECT_FALSE((*json)["amount"].integer());
  EXPECT_FALSE((*json)["status"].text());
  EXPECT_FALSE((*json)["live"].boolean());
  EXPECT_TRUE((*json)["list"].items().empty());
  EXPECT_TRUE((*json)["absent"]["deeper"].is_null());
  EXPECT_FALSE((*json)["absent"].text());
}

TEST(JsonTest, SkipsAByteOrderMark) {
  const auto json = Json::parse("\xEF\xBB\xBF{\"a\":1}");
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["a"].integer(), 1);
}

TEST(JsonTest, RefusesWhatIsNotOneDocument) {
  for (const char* text : {"", " ", "{", "{\"a\":1", "{\"a\":1}}", "[1,]", "<html></html>", "nul",
                           "{\"a\":1} {\"a\":2}", "\"\t\"", "{a:1}"}) {
    expect_refused(text);
  }
  expect_refused(std::string_view("{\"a\":1}\0{}", 10));
}

TEST(JsonTest, RefusesBytesThatAreNotUtf8) {
  expect_refused("{\"a\":\"\xFF\"}");
  expect_refused("{\"a\":\"\xC3\"}");
}

TEST(JsonTest, RefusesAMemberNamedTwiceAtAnyDepth) {
  expect_refused(R"({"status":"failed","status":"succeeded"})");
  expect_refused(R"([{"a":{"b":1,"b":1}}])");
  EXPECT_TRUE(Json::parse(R"([{"b":1},{"b":1}])"));
}

TEST(JsonTest, ReadsToADepthOf64AndNoDeeper) {
  EXPECT_TRUE(Json::parse(nested(64)));
  expect_refused(nested(65));
  expect_refused(std::string(3'000'000, '['));
}

TEST(JsonTest, StopsAtTheLimitsOfSizeAndCount) {
  EXPECT_FALSE(Json::parse("[1,2,3]", {6, 64, 100}));
  EXPECT_TRUE(Json::parse("[1,2,3]", {7, 64, 4}));
  EXPECT_FALSE(Json::parse("[1,2,3]", {7, 64, 3}));
}

TEST(JsonTest, DecodesEscapes) {
  const auto json = Json::parse(R"({"a":"\u00e9\n\"\\"})");
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["a"].text(), "\xC3\xA9\n\"\\");
}

}  // namespace
}  // namespace refundkit::wire
