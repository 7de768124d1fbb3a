#include "refundkit/simulation/request_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "till_simulator.hpp"

namespace refundkit_tests {
namespace {

using simulation::mask_fields;
using simulation::Request;
using simulation::RequestLog;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(MaskFieldsTest, HidesFieldsOfForms) {
  EXPECT_EQ(mask_fields("a=1&security_key=s3cret&b=2", {"security_key"}),
            "a=1&security_key=***&b=2");
  EXPECT_EQ(mask_fields("security%5Fkey=s3cret", {"security_key"}), "security%5Fkey=***");
}

TEST(MaskFieldsTest, HidesFieldsOfJsonBrokenOnesToo) {
  EXPECT_EQ(mask_fields(R"({"a":{"key" : "s\"3cret","b":"c"}})", {"key"}),
            R"({"a":{"key" : "***","b":"c"}})");
  EXPECT_EQ(mask_fields(R"({"key":"s3cret)", {"key"}), R"({"key":"***)");
}

TEST(MaskFieldsTest, HidesFieldsOfXml) {
  EXPECT_EQ(mask_fields("<r><key>s3cret</key><b>c</b></r>", {"key"}),
            "<r><key>***</key><b>c</b></r>");
}

TEST(RequestLogTest, ShowsWhatArrivedWithSecretsMasked) {
  RequestLog log;
  const TillSimulator till;
  log.add(till,
          Request{"POST",
                  "/refund",
                  "pin=1234",
                  {{"authorization", "Bearer s3cret"}, {"x-till-key", "s3cret"}, {"X-Other", "o"}},
                  "pin=1234&amount=5"},
          {simulation::Time(), "refund", "html"});
  const simulation::Json entry = log.entries("till").items()->at(0);
  EXPECT_EQ(*entry.find_string("method"), "POST");
  EXPECT_EQ(*entry.find_string("path"), "/refund");
  EXPECT_EQ(*entry.find_string("operation"), "refund");
  EXPECT_EQ(*entry.find_string("fault"), "html");
  EXPECT_THAT(entry.compact(), Not(HasSubstr("s3cret")));
  EXPECT_THAT(entry.compact(), Not(HasSubstr("1234")));
  EXPECT_THAT(entry.compact(), HasSubstr("amount=5"));
}

TEST(RequestLogTest, ChoosesByProvider) {
  RequestLog log;
  log.add(TillSimulator(), Request{"GET", "/", "", {}, ""}, {simulation::Time(), "query", ""});
  EXPECT_EQ(log.entries("till").items()->size(), 1U);
  EXPECT_EQ(log.entries("").items()->size(), 1U);
  EXPECT_TRUE(log.entries("other").items()->empty());
}

}  // namespace
}  // namespace refundkit_tests
