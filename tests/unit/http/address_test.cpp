#include "refundkit/http/address.hpp"

#include <gmock/gmock.h>

#include <string>

namespace refundkit {
namespace {

using ::testing::HasSubstr, ::testing::Not, ::testing::TestWithParam, ::testing::Values;

class GoodAddressTest : public TestWithParam<const char*> {};

TEST_P(GoodAddressTest, IsAccepted) {
  const Result<void> checked = check_address(GetParam());
  EXPECT_TRUE(checked.has_value()) << checked.error().message;
}

INSTANTIATE_TEST_SUITE_P(Https, GoodAddressTest,
                         Values("https://api.stripe.com/v1/refunds", "HTTPS://API.example.com",
                                "https://10.0.0.1:8443/", "https://[2001:db8::1]/a?b=c%20d",
                                "https://api.example.com/a/..b/c...d?e=../f"));

INSTANTIATE_TEST_SUITE_P(HttpToLoopback, GoodAddressTest,
                         Values("http://localhost:12111/v1", "http://LocalHost", "http://127.0.0.1",
                                "http://127.255.255.254:1/", "http://[::1]:8080/a",
                                "http://[0:0:0:0:0:0:0:1]/",
                                // libcurl connects to 127.0.0.1 for these
                                "http://127.1/", "http://2130706433/"));

class BadAddressTest : public TestWithParam<std::string> {};

TEST_P(BadAddressTest, IsAConfigurationError) {
  const Result<void> checked = check_address(GetParam());
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().code, ErrorCode::configuration_error);
  EXPECT_EQ(checked.error().next_step.action, NextAction::fix_request);
}

INSTANTIATE_TEST_SUITE_P(HttpElsewhere, BadAddressTest,
                         Values("http://api.stripe.com/v1", "http://127.0.0.1.evil.example/",
                                "http://127.0.0.1%2eevil.example/", "http://localhost.evil.example",
                                "http://localhost./", "http://evil.example#@127.0.0.1/",
                                "http://128.0.0.1/", "http://0/", "http://16909060/",
                                "http://[::ffff:127.0.0.1]/", "http://[::2]/",
                                "http://[::1%25eth0]/", "http://127.0.0.1./"));

INSTANTIATE_TEST_SUITE_P(WithCredentials, BadAddressTest,
                         Values("https://sk_test@api.example.com/", "https://a:b@api.example.com/",
                                "https://@api.example.com/", "http://127.0.0.1@evil.example/",
                                "http://127.0.0.1\\@evil.example/"));

INSTANTIATE_TEST_SUITE_P(OtherSchemes, BadAddressTest,
                         Values("ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1/",
                                "javascript:alert(1)", "unheard://127.0.0.1/"));

INSTANTIATE_TEST_SUITE_P(NotAbsolute, BadAddressTest,
                         Values("", "api.example.com", "//api.example.com/", "/v1/refunds",
                                "https://", "https:///api.example.com", "https:/api.example.com",
                                "http:127.0.0.1", "https://?a=b"));

INSTANTIATE_TEST_SUITE_P(WithStrayBytes, BadAddressTest,
                         Values("https://api.example.com/a b", "https://api.example.com/\r\nX: y",
                                "https://api.example.com/\n", "https://api.example.com/\t",
                                std::string{"https://api.example.com/\0x", 26},
                                "https://api.example.com/\x7f", "https://ap\xc3\xac.example.com/",
                                "https://api.example.com\\a"));

INSTANTIATE_TEST_SUITE_P(WithAPathThatClimbs, BadAddressTest,
                         Values("https://api.example.com/v1/refunds/../charges",
                                "https://api.example.com/v1/refunds/..",
                                "https://api.example.com/v1/./charges",
                                "https://api.example.com/v1/%2e%2E/charges",
                                "https://api.example.com/v1/.%2e"));

INSTANTIATE_TEST_SUITE_P(WithABadPort, BadAddressTest,
                         Values("https://api.example.com:99999/", "https://api.example.com:1:2/",
                                "https://api.example.com:x/"));

TEST(AddressTest, TheRefusalDoesNotRepeatCredentialsOrTheQuery) {
  EXPECT_THAT(check_address("https://sk_live_1:pw@api.example.com/").error().message,
              Not(HasSubstr("sk_live_1")));
  EXPECT_THAT(check_address("http://api.example.com/?key=sk_live_1").error().message,
              Not(HasSubstr("sk_live_1")));
}

}  // namespace
}  // namespace refundkit
