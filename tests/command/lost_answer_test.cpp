// A server between the command and the sandbox: it hands readings on, and of the requests that move
// money it reads every byte, on the connection the readings came by, and closes without an answer.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <set>
#include <sstream>
#include <variant>

#include "command.hpp"
#include "raw_server.hpp"
#include "refundkit/http/curl_transport.hpp"
#include "sandbox_process.hpp"

namespace refundkit_tests {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Le;
using ::testing::SizeIs;

struct RawRequest {
  std::string method;
  std::string path;
  std::vector<refundkit::HttpHeader> headers;
  std::string body;
};

RawRequest parse(const std::string& text) {
  RawRequest request;
  const std::size_t end = text.find("\r\n\r\n");
  std::istringstream lines(text.substr(0, end));
  std::string version;
  lines >> request.method >> request.path >> version;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    const std::size_t colon = line.find(": ");
    const std::string name = line.substr(0, colon);
    if (name == "Host" || name == "Content-Length") continue;
    request.headers.push_back({name, line.substr(colon + 2, line.size() - colon - 3)});
  }
  request.body = text.substr(end + 4);
  return request;
}

class LostAnswerTest : public ::testing::Test {
 protected:
  /// As the sandbox answers it.
  std::string handed_on(const RawRequest& raw) {
    refundkit::HttpRequest request;
    request.method =
        raw.method == "POST" ? refundkit::HttpMethod::post : refundkit::HttpMethod::get;
    request.url = sandbox_.environment().at("REFUNDKIT_STRIPE_BASE_URL") + raw.path;
    request.headers = raw.headers;
    request.body = raw.body;
    const auto deadline = refundkit::system_clock()->steady_now() + std::chrono::seconds(30);
    const auto answer = transport_->send(request, {deadline});
    return ok_answer(std::get<refundkit::HttpResponse>(answer).body);
  }
  RawServer::Script losing(bool obeys) {
    return [this, obeys](RawConnection& connection) {
      for (int seen = 0;; ++seen) {
        const auto text = connection.read_request();
        if (!text) return;
        const RawRequest request = parse(*text);
        if (request.method == "POST") {
          if (seen > 0) ++reused_;
          posts_.add(*text);
          if (obeys) handed_on(request);
          return;
        }
        if (!connection.write(handed_on(request))) return;
      }
    };
  }
  Answer refund(const RawServer& server, const Words& more) {
    Environment environment = sandbox_.environment();
    environment["REFUNDKIT_STRIPE_BASE_URL"] = server.url("");
    const Words words{"refund", "--provider", "stripe", "--payment", payment_, "--json"};
    return run_command(joined(words, more), environment);
  }
  std::set<std::string> keys() const {
    std::set<std::string> keys;
    for (const std::string& post : posts_.all()) {
      for (const auto& header : parse(post).headers) {
        if (header.name == "Idempotency-Key") keys.insert(header.value);
      }
    }
    return keys;
  }

  SandboxProcess sandbox_;
  const std::string payment_ = sandbox_.payment("40.00", "EUR");
  std::shared_ptr<refundkit::Transport> transport_ = refundkit::CurlTransport::create().value();
  RequestLog posts_;
  std::atomic<int> reused_{0};
};

TEST_F(LostAnswerTest, WithoutRetriesExactlyOnePostArrives) {
  const RawServer server({losing(false)});

  const Answer answer = refund(server, {"--retries", "0"});

  EXPECT_EQ(answer.status, 5);
  expect_fields(answer, {{"outcome", "unknown"},
                         {"error.code", "network_error"},
                         {"sent", "true"},
                         {"money_moved", "unknown"},
                         {"next_step.action", "resolve"},
                         {"attempts", "1"}});
  EXPECT_THAT(posts_.all(), SizeIs(1));
  EXPECT_EQ(reused_, 1) << "the POST was meant to come by a connection that was used before";
  EXPECT_EQ(sandbox_.refunded(payment_), "0.00");
}

TEST_F(LostAnswerTest, WithRetriesNoOtherKeyArrivesAndNothingIsPaidTwice) {
  const RawServer server({losing(true)});

  const Answer answer = refund(server, {"--retries", "2"});

  EXPECT_EQ(answer.status, 5);
  expect_fields(answer, {{"outcome", "unknown"}, {"next_step.action", "resolve"}});
  EXPECT_THAT(posts_.all(), SizeIs(AllOf(Ge(1U), Le(3U))));
  EXPECT_EQ(answer.at("attempts"), std::to_string(posts_.size()));
  EXPECT_THAT(keys(), SizeIs(1));
  EXPECT_EQ(sandbox_.refunded(payment_), "40.00");

  const Answer resolved = run_command({"resolve", "--provider", "stripe", "--payment", payment_,
                                       "--operation", answer.at("idempotency_key"), "--json"},
                                      sandbox_.environment());
  expect_fields(resolved, {{"outcome", "succeeded"}, {"amount.text", "40.00"}});
}

}  // namespace
}  // namespace refundkit_tests
