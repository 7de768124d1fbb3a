// The out-of-line members of the interfaces: their destructors anchor each class here.

#include "refundkit/adapter.hpp"
#include "refundkit/gate.hpp"
#include "refundkit/http/transport.hpp"
#include "refundkit/observer.hpp"
#include "refundkit/provider.hpp"
#include "refundkit/webhook.hpp"

namespace refundkit {
inline namespace v0 {

Clock::~Clock() = default;
Transport::~Transport() = default;
Adapter::~Adapter() = default;
Gate::~Gate() = default;
WebhookCheck::~WebhookCheck() = default;
Provider::~Provider() = default;
Observer::~Observer() = default;

void Observer::on_exchange(const ExchangeEvent& /*event*/) noexcept {}
void Observer::on_repeat(const RepeatEvent& /*event*/) noexcept {}
void Observer::on_result(const OperationResult& /*result*/) noexcept {}

}  // namespace v0
}  // namespace refundkit
