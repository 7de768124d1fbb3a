#include "refundkit/simulation/fault.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace refundkit::simulation {
namespace {

std::variant<FaultScript, Refusal> parsed(const std::string& text) {
  return parse_fault_script(*Json::parse(text));
}

FaultScript script(const std::string& text) { return std::get<FaultScript>(parsed(text)); }

TEST(FaultScriptTest, MeetsTheFirstRequestOfAnyKindOnceUnlessToldOtherwise) {
  const FaultScript read = script(R"({"provider":"nmi","fault":"drop_after"})");
  EXPECT_EQ(read.provider, "nmi");
  EXPECT_EQ(read.operation, "any");
  EXPECT_EQ(read.nth, 1);
  EXPECT_EQ(read.times, 1);
  EXPECT_EQ(read.fault.kind, FaultKind::drop_after);
  EXPECT_EQ(read.fault.changed, std::nullopt);
}

TEST(FaultScriptTest, ReadsEveryField) {
  const FaultScript read =
      script(R"({"provider":"nmi","match":{"operation":"void","nth":3},"times":2,"fault":"status",)"
             R"("status":503,"retry_after":7,"changed":true})");
  EXPECT_EQ(read.operation, "void");
  EXPECT_EQ(read.nth, 3);
  EXPECT_EQ(read.times, 2);
  EXPECT_EQ(read.fault.status, 503);
  EXPECT_EQ(read.fault.retry_after, "7");
  EXPECT_EQ(read.fault.changed, true);
}

TEST(FaultScriptTest, TakesADateAndFractionsOfSeconds) {
  const FaultScript dated = script(R"({"provider":"p","fault":"status","status":429,)"
                                   R"("retry_after":"Mon, 23 Nov 2026 09:00:00 GMT"})");
  EXPECT_EQ(dated.fault.retry_after, "Mon, 23 Nov 2026 09:00:00 GMT");
  EXPECT_EQ(script(R"({"provider":"p","fault":"stall","seconds":0.25})").fault.stall,
            std::chrono::milliseconds(250));
}

TEST(FaultScriptTest, IgnoresFieldsItDoesNotUse) {
  EXPECT_EQ(script(R"({"provider":"p","fault":"refuse","status":"x","seconds":-1})").fault.kind,
            FaultKind::refuse);
}

TEST(FaultScriptTest, RefusesBadInput) {
  for (const char* text :
       {R"({"fault":"refuse"})", R"({"provider":"p"})", R"({"provider":"p","fault":"explode"})",
        R"({"provider":"p","fault":"status"})", R"({"provider":"p","fault":"status","status":99})",
        R"({"provider":"p","fault":"refuse","times":0})",
        R"({"provider":"p","fault":"refuse","match":{"nth":0}})",
        R"({"provider":"p","fault":"refuse","match":{"operation":"pay"}})",
        R"({"provider":"p","fault":"refuse","match":[]})",
        R"({"provider":"p","fault":"stall","seconds":-1})",
        R"({"provider":"p","fault":"stall","changed":"no"})",
        R"({"provider":"p","fault":"status","status":429,"retry_after":"1\r\nX: y"})"}) {
    EXPECT_TRUE(std::holds_alternative<Refusal>(parsed(text))) << text;
  }
}

TEST(FaultScriptsTest, StrikesFromTheNthMatchAsOftenAsAsked) {
  FaultScripts scripts;
  scripts.add(script(
      R"({"provider":"p","match":{"operation":"refund","nth":2},"times":2,"fault":"refuse"})"));
  EXPECT_FALSE(scripts.strike("p", "refund").has_value());
  EXPECT_FALSE(scripts.strike("p", "query").has_value());
  EXPECT_FALSE(scripts.strike("q", "refund").has_value());
  EXPECT_TRUE(scripts.strike("p", "refund").has_value());
  EXPECT_TRUE(scripts.strike("p", "refund").has_value());
  EXPECT_FALSE(scripts.strike("p", "refund").has_value());
}

TEST(FaultScriptsTest, AnyMeetsEveryOperation) {
  FaultScripts scripts;
  scripts.add(script(R"({"provider":"p","match":{"operation":"any"},"times":2,"fault":"html"})"));
  EXPECT_TRUE(scripts.strike("p", "token").has_value());
  EXPECT_TRUE(scripts.strike("p", "other").has_value());
  EXPECT_FALSE(scripts.strike("p", "query").has_value());
}

TEST(FaultScriptsTest, TheOldestDueScriptStrikesAndTheOthersStillCount) {
  FaultScripts scripts;
  scripts.add(script(R"({"provider":"p","fault":"html"})"));
  scripts.add(script(R"({"provider":"p","match":{"nth":2},"fault":"garbage"})"));
  EXPECT_EQ(scripts.strike("p", "query")->kind, FaultKind::html);
  EXPECT_EQ(scripts.strike("p", "query")->kind, FaultKind::garbage);
}

TEST(FaultScriptsTest, ClearEndsThem) {
  FaultScripts scripts;
  scripts.add(script(R"({"provider":"p","fault":"html"})"));
  scripts.clear();
  EXPECT_FALSE(scripts.strike("p", "query").has_value());
}

}  // namespace
}  // namespace refundkit::simulation
