// A provider whose answers are not what it promises, down to the hostile.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command.hpp"
#include "raw_server.hpp"
#include "sandbox_process.hpp"
#include "sandbox_proxy.hpp"

namespace refundkit_tests {
namespace {

using ::testing::SizeIs;

std::string long_text(std::size_t size) {
  std::string text;
  text.resize(size, 'a');
  return text;
}

std::string with_status(const std::string& status, const std::string& body) {
  return "HTTP/1.1 " + status +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

/// A name for each, and the answer's bytes.
std::vector<std::pair<std::string, std::string>> bad_answers() {
  return {{"empty", ok_answer("")},
          {"html", ok_answer("<!doctype html><title>Bad gateway</title>")},
          {"cut short", ok_answer(R"({"id":"re_1","object":"refund","amou)")},
          {"an array", ok_answer("[1,2,3]")},
          {"null", ok_answer("null")},
          {"wrong types", ok_answer(R"({"id":7,"object":["refund"],"status":{},"amount":"x"})")},
          {"another object", ok_answer(R"({"id":"cus_1","object":"customer"})")},
          {"no number", ok_answer(R"({"id":"re_1","object":"refund","amount":1e400})")},
          {"deep", ok_answer(std::string(100'000, '['))},
          {"deep objects", ok_answer([] {
             std::string text;
             for (int level = 0; level < 50'000; ++level) text += "{\"a\":";
             return text;
           }())},
          {"not UTF-8", ok_answer("{\"id\":\"\xff\xfe\",\"object\":\"\xc3\x28\"}")},
          {"50 MB", ok_answer("{\"id\":\"" + long_text(50'000'000) + "\"}")},
          {"an odd status", with_status("299 Odd", "{}")},
          {"a redirect",
           "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
           "Content-Length: 0\r\n\r\n"},
          {"no HTTP", "SSH-2.0-OpenSSH_9.2\r\n"}};
}

class BadAnswerTest : public ::testing::Test {
 protected:
  Answer run(const RawServer& server, const std::string& command) {
    Environment environment = sandbox_.environment();
    environment["REFUNDKIT_STRIPE_BASE_URL"] = server.url("");
    return run_command({command, "--provider", "stripe", "--payment", payment_, "--retries", "0",
                        "--timeout", "30", "--json"},
                       environment);
  }

  SandboxProcess sandbox_;
  const std::string payment_ = sandbox_.payment("40.00", "EUR");
  const SandboxProxy proxy_{sandbox_};
};

TEST_F(BadAnswerTest, OfAReadingFailsAndNothingThatMovesMoneyIsSent) {
  for (const auto& [name, answer] : bad_answers()) {
    SCOPED_TRACE(name);
    RequestLog log;
    const RawServer server({answering(log, answer)});
    for (const std::string command : {"query", "refunds", "refund"}) {
      const Answer told = run(server, command);
      EXPECT_EQ(told.status, 4);
      expect_fields(told, {{"outcome", "failed"},
                           {"error.code", "malformed_response"},
                           {"sent", "false"},
                           {"money_moved", "no"}});
    }
    for (const std::string& request : log.all()) EXPECT_EQ(request.substr(0, 4), "GET ");
  }
}

TEST_F(BadAnswerTest, ToARefundIsUnknownAndIsNotSentAgain) {
  for (const auto& [name, answer] : bad_answers()) {
    SCOPED_TRACE(name);
    RequestLog posts;
    const std::string bytes = answer;
    const RawServer server(
        {proxy_.script([&posts, &bytes](RawConnection& connection, const std::string& text, int) {
          posts.add(text);
          connection.write(bytes);
          return false;
        })});
    const Answer told = run(server, "refund");
    EXPECT_EQ(told.status, 5);
    expect_fields(told, {{"outcome", "unknown"},
                         {"error.code", "malformed_response"},
                         {"sent", "true"},
                         {"money_moved", "unknown"},
                         {"next_step.action", "resolve"}});
    EXPECT_THAT(posts.all(), SizeIs(1));
  }
}

}  // namespace
}  // namespace refundkit_tests
