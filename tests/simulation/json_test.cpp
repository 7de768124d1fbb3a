#include "refundkit/simulation/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace refundkit::simulation {
namespace {

using ::testing::Optional;

TEST(JsonTest, KeepsTheOrderOfMembersAndTheTextOfNumbers) {
  const std::string text = R"({"b":1.50,"a":[true,null,"x"],"c":{"d":12345678901234567890}})";
  EXPECT_EQ(Json::parse(text)->compact(), text);
}

TEST(JsonTest, ReadsMembers) {
  const auto json = Json::parse(R"({"n":42,"t":"x","f":1.5,"b":false})");
  ASSERT_TRUE(json.has_value());
  EXPECT_THAT(json->find("n")->integer(), Optional(42));
  EXPECT_EQ(*json->find_string("t"), "x");
  EXPECT_EQ(json->find("f")->integer(), std::nullopt);
  EXPECT_THAT(json->find("b")->boolean(), Optional(false));
  EXPECT_EQ(json->find("missing"), nullptr);
  EXPECT_EQ(json->find_string("n"), nullptr);
}

TEST(JsonTest, SetReplacesInPlaceAndAppends) {
  Json json = Json::object({{"a", 1}, {"b", 2}});
  json.set("a", "one").set("c", Json::array({1, "two"}));
  EXPECT_EQ(json.compact(), R"({"a":"one","b":2,"c":[1,"two"]})");
}

TEST(JsonTest, EscapesText) { EXPECT_EQ(Json("\"\n\x01").compact(), R"("\"\n\u0001")"); }

TEST(JsonTest, RefusesWhatIsNotOneWholeValue) {
  for (const char* text : {"", "{", "{}x", "{'a':1}", "[1,]", "nul", "\"\xff\""}) {
    EXPECT_FALSE(Json::parse(text).has_value()) << text;
  }
}

TEST(JsonTest, RefusesDeepNesting) {
  EXPECT_TRUE(Json::parse(std::string(64, '[') + std::string(64, ']')).has_value());
  EXPECT_FALSE(Json::parse(std::string(65, '[') + std::string(65, ']')).has_value());
  EXPECT_FALSE(Json::parse(std::string(1000000, '[')).has_value());
}

}  // namespace
}  // namespace refundkit::simulation
