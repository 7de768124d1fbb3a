#include "refundkit/http/message.hpp"

#include <gmock/gmock.h>

namespace refundkit {
namespace {

using ::testing::IsNull, ::testing::Pointee;

TEST(HttpHeaderTest, IsFoundWhateverTheLetterCase) {
  const std::vector<HttpHeader> headers = {{"Content-Type", "text/html"}, {"REQUEST-ID", "req_1"}};
  EXPECT_THAT(find_header(headers, "request-Id"), Pointee(std::string{"req_1"}));
}

TEST(HttpHeaderTest, IsNotFoundByTheBeginningOfItsName) {
  const std::vector<HttpHeader> headers = {{"Request-Id", "req_1"}};
  EXPECT_THAT(find_header(headers, "Request"), IsNull());
  EXPECT_THAT(find_header(headers, "Request-Id-2"), IsNull());
  EXPECT_THAT(find_header(headers, ""), IsNull());
}

TEST(HttpHeaderTest, TheFirstOfSeveralCounts) {
  const std::vector<HttpHeader> headers = {{"Retry-After", "3"}, {"retry-after", "9"}};
  EXPECT_THAT(find_header(headers, "Retry-After"), Pointee(std::string{"3"}));
}

TEST(HttpMethodTest, IsWrittenAsOnTheWire) {
  EXPECT_EQ(to_text(HttpMethod::get), "GET");
  EXPECT_EQ(to_text(HttpMethod::post), "POST");
  EXPECT_EQ(to_text(HttpMethod::put), "PUT");
  EXPECT_EQ(to_text(HttpMethod::patch), "PATCH");
  EXPECT_EQ(to_text(HttpMethod::del), "DELETE");
}

}  // namespace
}  // namespace refundkit
