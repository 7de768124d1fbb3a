#pragma once

#include <gmock/gmock.h>

#include <optional>

#include "refundkit/gate.hpp"
#include "refundkit/http/transport.hpp"
#include "refundkit/observer.hpp"

namespace refundkit_testing {

/// A transport that answers as the test says.
class MockTransport : public refundkit::Transport {
 public:
  MOCK_METHOD(refundkit::TransportResult, send,
              (const refundkit::HttpRequest& request, const refundkit::SendLimits& limits),
              (override));
};

/// Sees every money-moving request before its first byte.
class MockGate : public refundkit::Gate {
 public:
  MOCK_METHOD(std::optional<refundkit::Error>, admit, (const refundkit::PreparedRequest& request),
              (override));
};

class MockObserver : public refundkit::Observer {
 public:
  MOCK_METHOD(void, on_exchange, (const refundkit::ExchangeEvent& event), (noexcept, override));
  MOCK_METHOD(void, on_repeat, (const refundkit::RepeatEvent& event), (noexcept, override));
  MOCK_METHOD(void, on_result, (const refundkit::OperationResult& result), (noexcept, override));
};

}  // namespace refundkit_testing
