#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "refundkit/client.hpp"
#include "refundkit/testing/fake_adapter.hpp"
#include "refundkit/testing/fake_clock.hpp"
#include "refundkit/testing/matchers.hpp"
#include "refundkit/testing/mocks.hpp"

namespace refundkit {

namespace rt = ::refundkit_testing;

/// A Client over a fake adapter, a mocked transport and a clock that a pause moves.
class ClientFixture : public ::testing::Test {
 protected:
  Client make_client() {
    options_.clock = clock_;
    options_.jitter = [] { return 1.0; };
    return Client::create(std::move(adapter_), transport_, options_).value();
  }
  static HttpResponse status(int code, std::vector<HttpHeader> headers = {}) {
    return {code, std::move(headers), "{}"};
  }
  static TransportFailure lost() {
    return {ErrorCode::timeout, Sent::maybe, "No answer came in time."};
  }
  static TransportFailure not_connected() {
    return {ErrorCode::network_error, Sent::nothing, "No connection."};
  }
  static RefundRequest refund_of(const char* payment, const char* reference = "R-1") {
    RefundRequest request{PaymentId{payment}};
    request.terms.reference = Reference{reference};
    return request;
  }

  std::unique_ptr<rt::FakeAdapter> adapter_ = std::make_unique<rt::FakeAdapter>();
  std::shared_ptr<::testing::StrictMock<rt::MockTransport>> transport_ =
      std::make_shared<::testing::StrictMock<rt::MockTransport>>();
  std::shared_ptr<rt::FakeClock> clock_ = std::make_shared<rt::FakeClock>();
  ClientOptions options_;
};

}  // namespace refundkit
