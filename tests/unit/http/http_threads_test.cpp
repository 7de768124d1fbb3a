#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "exchanges.hpp"
#include "raw_server.hpp"

namespace refundkit {
namespace {

using refundkit_tests::ok_answer, refundkit_tests::RawConnection, refundkit_tests::RawServer,
    refundkit_tests::RequestLog, refundkit_tests::TlsIdentity;

constexpr int thread_count = 16;
constexpr int requests_each = 20;

/// Gives each request's body back, so that a thread can tell its own answer.
void echo(RawConnection& connection) {
  while (const std::optional<std::string> request = connection.read_request()) {
    if (!connection.write(ok_answer(request->substr(request->find("\r\n\r\n") + 4)))) return;
  }
}

/// How many of the threads' requests got their own body back.
int own_answers(CurlTransport& transport, const std::string& url) {
  std::atomic<int> own{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < thread_count; ++thread) {
    threads.emplace_back([&, thread] {
      for (int request = 0; request < requests_each; ++request) {
        const std::string body = std::to_string(thread) + "-" + std::to_string(request);
        const TransportResult result = transport.send(post_once(url, body), plenty());
        const auto* const response = std::get_if<HttpResponse>(&result);
        if (response != nullptr && response->body == body) ++own;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return own;
}

TEST(CurlTransportThreadsTest, SixteenThreadsShareOneTransport) {
  RawServer server{{echo}};
  const auto transport = make_transport();
  EXPECT_EQ(own_answers(*transport, server.url()), thread_count * requests_each);
  EXPECT_LE(server.accepted(), static_cast<std::size_t>(thread_count));
}

TEST(CurlTransportThreadsTest, SixteenThreadsShareOneTransportOverTls) {
  const TlsIdentity identity{"localhost"};
  RawServer server{{echo}, &identity};
  CurlTransportOptions options;
  options.extra_ca_file = identity.certificate_file();
  const auto transport = make_transport(options);
  EXPECT_EQ(own_answers(*transport, server.url()), thread_count * requests_each);
  EXPECT_LE(server.accepted(), static_cast<std::size_t>(thread_count));
}

TEST(CurlTransportThreadsTest, OneCancellationEndsEveryWait) {
  RequestLog log;
  RawServer server{{[&log](RawConnection& connection) {
    log.add(connection.read_request().value_or(""));
    connection.wait_until_closed();
  }}};
  const auto transport = make_transport();
  const SendLimits limits = plenty();
  std::atomic<int> cancelled{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < thread_count; ++thread) {
    threads.emplace_back([&] {
      const TransportResult result = transport->send(post_once(server.url(), "a=b"), limits);
      const auto* const failure = std::get_if<TransportFailure>(&result);
      if (failure != nullptr && failure->sent == Sent::maybe) ++cancelled;
    });
  }
  log.wait_for(thread_count);
  limits.cancellation.cancel();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(cancelled, thread_count);
}

TEST(CurlTransportThreadsTest, TransportsAreMadeAtTheSameTime) {
  std::atomic<int> made{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < thread_count; ++thread) {
    threads.emplace_back([&made] { made += CurlTransport::create().has_value() ? 1 : 0; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made, thread_count);
}

}  // namespace
}  // namespace refundkit
