#include "client/credentials.hpp"

#include <gtest/gtest.h>

#include "refundkit/testing/fake_adapter.hpp"
#include "refundkit/testing/matchers.hpp"

namespace refundkit {
namespace {

namespace rt = ::refundkit_testing;

HttpRequest request_with(std::vector<CredentialSlot> slots) {
  HttpRequest request;
  request.headers = {{"Authorization", "Bearer "}};
  request.body = "ab";
  request.credentials = std::move(slots);
  return request;
}

TEST(CredentialsTest, AreInsertedAtTheirPlaces) {
  const rt::FakeAdapter adapter;
  const auto filled =
      FilledRequest::fill(request_with({{"token", CredentialSlot::Place::header, 0, 7},
                                        {"token", CredentialSlot::Place::body, 0, 0},
                                        {"token", CredentialSlot::Place::body, 0, 1},
                                        {"token", CredentialSlot::Place::body, 0, 2}}),
                          adapter);
  ASSERT_TRUE(filled.has_value());
  EXPECT_THAT(filled->request, rt::HasHeader("Authorization", "Bearer fake-token"));
  EXPECT_EQ(filled->request.body, "fake-tokenafake-tokenbfake-token");
  EXPECT_TRUE(filled->request.credentials.empty());
}

TEST(CredentialsTest, ASlotOutOfPlaceOrOfAnotherNameIsAConfigurationError) {
  const rt::FakeAdapter adapter;
  for (const CredentialSlot& slot : {CredentialSlot{"token", CredentialSlot::Place::header, 1, 0},
                                     CredentialSlot{"token", CredentialSlot::Place::header, 0, 8},
                                     CredentialSlot{"token", CredentialSlot::Place::body, 0, 3},
                                     CredentialSlot{"other", CredentialSlot::Place::body, 0, 0}}) {
    EXPECT_THAT(FilledRequest::fill(request_with({slot}), adapter),
                rt::FailsWith(ErrorCode::configuration_error));
  }
}

}  // namespace
}  // namespace refundkit
