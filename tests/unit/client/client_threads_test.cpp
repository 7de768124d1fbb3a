#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "client_fixture.hpp"

namespace refundkit {
namespace {

using ::testing::_;

/// Answers every request, from any thread.
class WillingTransport final : public Transport {
 public:
  TransportResult send(const HttpRequest& /*request*/, const SendLimits& /*limits*/) override {
    // Every third answer is lost, so that threads repeat while others send.
    if (++count_ % 3 == 0) return TransportFailure{ErrorCode::timeout, Sent::maybe, "Lost."};
    return HttpResponse{200, {}, "{}"};
  }

 private:
  std::atomic<int> count_{0};
};

TEST(ClientThreadsTest, SixteenThreadsShareOneClient) {
  ClientOptions options;
  options.clock = std::make_shared<rt::FakeClock>();
  options.retries = 1'000;
  options.timeout = std::chrono::hours(24 * 300);
  const Client client = Client::create(std::make_unique<rt::FakeAdapter>(),
                                       std::make_shared<WillingTransport>(), options)
                            .value();
  constexpr int threads = 16;
  constexpr int calls = 50;
  std::atomic<int> succeeded{0};
  std::vector<std::thread> workers;
  workers.reserve(threads);
  for (int thread = 0; thread < threads; ++thread) {
    workers.emplace_back([&client, &succeeded, thread] {
      for (int call = 0; call < calls; ++call) {
        RefundRequest request{PaymentId{"pay_" + std::to_string(thread)}};
        request.terms.reference = Reference{"R-" + std::to_string(call)};
        if (client.refund(request).outcome == Outcome::succeeded) ++succeeded;
      }
    });
  }
  for (auto& worker : workers) worker.join();
  EXPECT_EQ(succeeded.load(), threads * calls);
}

}  // namespace
}  // namespace refundkit
