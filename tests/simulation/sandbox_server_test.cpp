#include "sandbox_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <thread>

#include "till_simulator.hpp"

namespace refundkit_tests {
namespace {

using simulation::Json;
using simulation::SandboxServer;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

namespace asio = boost::asio;

/// A connection that reads bytes, so that a test sees what a careless client would.
class Wire {
 public:
  explicit Wire(const SandboxServer& server) : socket_(context_) { connect(server, socket_); }

  static void connect(const SandboxServer& server, asio::ip::tcp::socket& socket) {
    const std::string& url = server.base_url();
    const auto port = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
    socket.connect({asio::ip::address_v4::loopback(), port});
  }
  void write(const std::string& text) { asio::write(socket_, asio::buffer(text)); }
  /// Everything until the server closes.
  std::string read_to_end() {
    std::string text;
    boost::system::error_code ended;
    asio::read(socket_, asio::dynamic_buffer(text), ended);
    return text;
  }
  /// One answer of which the last bytes are known.
  std::string read_until(const std::string& last) {
    std::string text;
    boost::system::error_code ended;
    while (text.find(last) == std::string::npos && !ended) {
      char byte = 0;
      asio::read(socket_, asio::buffer(&byte, 1), ended);
      if (!ended) text += byte;
    }
    return text;
  }
  std::string ask(const std::string& text) {
    write(text);
    return read_to_end();
  }

 private:
  asio::io_context context_;
  asio::ip::tcp::socket socket_;
};

std::string post(const std::string& path, const std::string& body, bool keep_alive = false) {
  return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
         (keep_alive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n") + body;
}

class SandboxServerTest : public ::testing::Test {
 protected:
  static std::unique_ptr<SandboxServer> started(const TillWorld& world, bool tls = false) {
    auto made = SandboxServer::start(world.world, {0, tls});
    return std::move(std::get<std::unique_ptr<SandboxServer>>(made));
  }
  void fault(const std::string& members) {
    const auto wish = Json::parse(R"({"provider":"till",)" + members + "}");
    world_.world->add_fault(
        std::get<simulation::FaultScript>(simulation::parse_fault_script(*wish)));
  }
  std::string refund() { return Wire(*server_).ask(post("/till/refund", "amount=1")); }

  TillWorld world_;
  std::unique_ptr<SandboxServer> server_ = started(world_);
};

TEST_F(SandboxServerTest, AnswersAProvidersRequest) {
  const std::string answer = refund();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("X-Till: 1\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n/refund answered"));
}

TEST_F(SandboxServerTest, AnswersItsControl) {
  EXPECT_THAT(Wire(*server_).ask("GET /_control/clock HTTP/1.0\r\n\r\n"), HasSubstr("\"now\""));
  EXPECT_THAT(Wire(*server_).ask("GET /_controls HTTP/1.0\r\n\r\n"), HasSubstr("404"));
}

TEST_F(SandboxServerTest, KeepsAConnectionForManyRequests) {
  Wire wire(*server_);
  for (int i = 0; i < 20; ++i) {
    wire.write(post("/till/refund", "", true));
    EXPECT_THAT(wire.read_until("answered"), StartsWith("HTTP/1.1 200 OK"));
  }
  EXPECT_EQ(world_.till->refunds, 20);
}

TEST_F(SandboxServerTest, DropsCloseWithoutAStatusLine) {
  fault(R"("fault":"drop_before")");
  EXPECT_THAT(refund(), IsEmpty());
  fault(R"("fault":"refuse")");
  EXPECT_THAT(refund(), IsEmpty());
  EXPECT_EQ(world_.till->refunds, 0);
  fault(R"("fault":"drop_after")");
  EXPECT_THAT(refund(), IsEmpty());
  EXPECT_EQ(world_.till->refunds, 1);
}

TEST_F(SandboxServerTest, ADropOnAReusedConnectionHasNoStatusLineEither) {
  Wire wire(*server_);
  wire.write(post("/till/refund", "", true));
  static_cast<void>(wire.read_until("answered"));
  fault(R"("fault":"drop_after")");
  EXPECT_THAT(wire.ask(post("/till/refund", "", true)), IsEmpty());
  EXPECT_EQ(world_.till->refunds, 2);
}

TEST_F(SandboxServerTest, TruncateSendsHalfTheBodyUnderTheWholeLength) {
  fault(R"("fault":"truncate")");
  const std::string answer = refund();
  EXPECT_THAT(answer, HasSubstr("Content-Length: 16\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n/refund "));
}

TEST_F(SandboxServerTest, AStatusWithoutABodyIsAnsweredWithoutOne) {
  fault(R"("fault":"status","status":204,"changed":true)");
  const std::string answer = refund();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 204"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n"));
}

TEST_F(SandboxServerTest, StallAnswersInTheEnd) {
  fault(R"("fault":"stall","seconds":0.05)");
  EXPECT_THAT(refund(), EndsWith("answered"));
}

TEST_F(SandboxServerTest, AStallHoldsUpNobodyElse) {
  fault(R"("fault":"stall","seconds":3600,"times":8)");
  std::vector<std::unique_ptr<Wire>> stalled;
  for (int i = 0; i < 8; ++i) {
    stalled.push_back(std::make_unique<Wire>(*server_));
    stalled.back()->write(post("/till/refund", ""));
  }
  // All eight have arrived once the control shows them.
  while (world_.world->requests("till").items()->size() < 8) std::this_thread::yield();
  EXPECT_THAT(refund(), EndsWith("answered"));
}

TEST_F(SandboxServerTest, ContinuesWhereAClientAsksFirst) {
  Wire wire(*server_);
  wire.write(
      "POST /till/refund HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"
      "Connection: close\r\n\r\n");
  EXPECT_THAT(wire.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 100 Continue"));
  EXPECT_THAT(wire.ask("ok"), EndsWith("answered"));
}

TEST_F(SandboxServerTest, TakesAMebibyteAndNoMore) {
  EXPECT_THAT(Wire(*server_).ask(post("/till/refund", std::string(1024 * 1024, 'x'))),
              StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(Wire(*server_).ask("POST /till/refund HTTP/1.1\r\nHost: x\r\n"
                                 "Content-Length: 1048577\r\n\r\n"),
              StartsWith("HTTP/1.1 413"));
  EXPECT_EQ(world_.till->refunds, 1);
}

TEST_F(SandboxServerTest, RefusesWhatIsNotHttp) {
  EXPECT_THAT(Wire(*server_).ask("hello\r\n\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(refund(), EndsWith("answered"));
}

TEST_F(SandboxServerTest, ATakenPortIsRefused) {
  const std::string& url = server_->base_url();
  const auto port = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
  const auto second = SandboxServer::start(world_.world, {port, false});
  ASSERT_TRUE(std::holds_alternative<simulation::Refusal>(second));
}

TEST_F(SandboxServerTest, EndsWhileAnswersAreStalledAndConnectionsOpen) {
  fault(R"("fault":"stall","seconds":3600)");
  Wire stalled(*server_);
  stalled.write(post("/till/refund", ""));
  while (world_.till->refunds == 0 && world_.world->requests("").items()->empty()) {
    std::this_thread::yield();
  }
  server_.reset();
  EXPECT_THAT(stalled.read_to_end(), IsEmpty());
}

TEST_F(SandboxServerTest, TlsIsVouchedForByItsFileForBothNames) {
  const auto server = started(world_, true);
  EXPECT_THAT(server->base_url(), StartsWith("https://127.0.0.1:"));
  for (const char* name : {"localhost", "127.0.0.1"}) {
    asio::ssl::context trust(asio::ssl::context::tls_client);
    trust.load_verify_file(server->ca_file());
    asio::io_context context;
    asio::ssl::stream<asio::ip::tcp::socket> stream(context, trust);
    stream.set_verify_mode(asio::ssl::verify_peer);
    stream.set_verify_callback(asio::ssl::host_name_verification(name));
    Wire::connect(*server, stream.next_layer());
    stream.handshake(asio::ssl::stream_base::client);
    asio::write(stream, asio::buffer(post("/till/refund", "")));
    std::string answer;
    boost::system::error_code ended;
    asio::read(stream, asio::dynamic_buffer(answer), ended);
    EXPECT_THAT(answer, EndsWith("answered"));
  }
}

TEST_F(SandboxServerTest, ItsCertificateFileIsPrivateAndGoesWithIt) {
  auto server = started(world_, true);
  const std::string file = server->ca_file();
  EXPECT_EQ(access(file.c_str(), R_OK), 0);
  server.reset();
  EXPECT_NE(access(file.c_str(), F_OK), 0);
  EXPECT_THAT(server_->ca_file(), IsEmpty());
}

}  // namespace
}  // namespace refundkit_tests
