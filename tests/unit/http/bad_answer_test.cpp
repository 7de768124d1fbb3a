#include <gtest/gtest.h>

#include "exchanges.hpp"
#include "raw_server.hpp"

namespace refundkit {
namespace {

using refundkit_tests::RawConnection, refundkit_tests::RawServer;
using ::testing::Not;

/// Sends one POST to a server that answers with these bytes and closes.
TransportResult answer_of(const std::string& bytes, const CurlTransportOptions& options = {}) {
  RawServer server{{[&bytes](RawConnection& connection) {
    if (connection.read_request()) connection.write(bytes);
  }}};
  return make_transport(options)->send(post_once(server.url(), "a=b"), plenty());
}

/// Sends one POST to a server that answers with `start`, then `piece` for as long as one reads.
TransportResult endless_answer_of(const std::string& start, const std::string& piece) {
  RawServer server{{[&](RawConnection& connection) {
    bool open = connection.read_request() && connection.write(start);
    while (open) open = connection.write(piece);
  }}};
  return make_transport()->send(post_once(server.url(), "a=b"), plenty());
}

const auto is_malformed = FailsWith(ErrorCode::malformed_response, Sent::maybe);
const auto is_cut_off = FailsWith(ErrorCode::network_error, Sent::maybe);

TEST(CurlTransportBadAnswerTest, SentencesForPeopleHoldNoneOfLibcurlsWords) {
  const TransportResult nothing = answer_of("");
  EXPECT_THAT(nothing, SaysWhy("127.0.0.1: The server closed the connection without an answer. "
                               "The server may have read the request."));
  const TransportResult half = answer_of("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf");
  EXPECT_THAT(half, SaysWhy("in the middle of the answer. The server"));
  EXPECT_THAT(half, Not(SaysWhy("bytes")));
}

TEST(CurlTransportBadAnswerTest, OnlyARequestThatMovesMoneyMayHaveBeenRead) {
  RawServer server{{[](RawConnection& connection) { connection.read_request(); }}};
  const TransportResult reading = make_transport()->send(get(server.url()), plenty());
  EXPECT_THAT(reading, SaysWhy("without an answer."));
  EXPECT_THAT(reading, Not(SaysWhy("may have read")));
}

TEST(CurlTransportBadAnswerTest, FiftyMegabytesAnnouncedAreRefused) {
  EXPECT_THAT(endless_answer_of("HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n",
                                std::string(65536, 'x')),
              is_malformed);
}

TEST(CurlTransportBadAnswerTest, AnEndlessBodyIsRefused) {
  EXPECT_THAT(endless_answer_of("HTTP/1.1 200 OK\r\n\r\n", std::string(65536, 'x')), is_malformed);
}

TEST(CurlTransportBadAnswerTest, AnEndlessChunkedBodyIsRefused) {
  EXPECT_THAT(endless_answer_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                                "1000\r\n" + std::string(4096, 'x') + "\r\n"),
              is_malformed);
}

TEST(CurlTransportBadAnswerTest, EndlessHeadersAreRefused) {
  EXPECT_THAT(endless_answer_of("HTTP/1.1 200 OK\r\n", "X-More: yes\r\n"), is_malformed);
}

TEST(CurlTransportBadAnswerTest, AnEndlessHeaderLineIsRefused) {
  EXPECT_THAT(endless_answer_of("HTTP/1.1 200 OK\r\nX-Long: ", std::string(4096, 'x')),
              is_malformed);
}

TEST(CurlTransportBadAnswerTest, EndlessInterimAnswersAreRefused) {
  EXPECT_THAT(endless_answer_of("", "HTTP/1.1 100 Continue\r\n\r\n"), is_malformed);
}

TEST(CurlTransportBadAnswerTest, EndlessTrailersAreRefused) {
  EXPECT_THAT(
      endless_answer_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n",
                        "X-More: yes\r\n"),
      is_malformed);
}

TEST(CurlTransportBadAnswerTest, ABodyAtTheLimitIsKeptAndOneByteMoreIsRefused) {
  CurlTransportOptions options;
  options.max_body_bytes = 10;
  EXPECT_THAT(answer_of("HTTP/1.1 200 OK\r\n\r\n0123456789", options),
              AnswersWith(200, "0123456789"));
  EXPECT_THAT(answer_of("HTTP/1.1 200 OK\r\n\r\n0123456789!", options), is_malformed);
  EXPECT_THAT(answer_of(refundkit_tests::ok_answer("0123456789"), options),
              AnswersWith(200, "0123456789"));
}

TEST(CurlTransportBadAnswerTest, ATruncatedBodyIsCutOff) {
  EXPECT_THAT(answer_of("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":"), is_cut_off);
}

TEST(CurlTransportBadAnswerTest, ATruncatedChunkedBodyIsCutOff) {
  EXPECT_THAT(answer_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"id\":"),
              is_cut_off);
}

TEST(CurlTransportBadAnswerTest, HeadersWithoutAnEndAreCutOff) {
  EXPECT_THAT(answer_of("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"), is_cut_off);
  EXPECT_THAT(answer_of("HTTP/1.1 200 OK\r\nContent-Ty"), is_cut_off);
  EXPECT_THAT(answer_of("HTTP/1.1 200 O"), is_cut_off);
}

TEST(CurlTransportBadAnswerTest, GarbageIsNotHttp) {
  EXPECT_THAT(answer_of("<html><body>hello</body></html>"), is_malformed);
  EXPECT_THAT(answer_of("SSH-2.0-OpenSSH_9.2\r\n"), is_malformed);
  EXPECT_THAT(answer_of("HTTP/1.1 twohundred\r\n\r\n"), is_malformed);
}

TEST(CurlTransportBadAnswerTest, AnInterimAnswerAloneIsNoAnswer) {
  EXPECT_THAT(answer_of("HTTP/1.1 100 Continue\r\n\r\n"), is_cut_off);
}

TEST(CurlTransportBadAnswerTest, AnInterimAnswerBeforeTheRealOneIsPassedOver) {
  const TransportResult result = answer_of(
      "HTTP/1.1 103 Early Hints\r\nX-Hint: 1\r\n\r\n"
      "HTTP/1.1 201 Created\r\nX-Real: 2\r\nContent-Length: 2\r\n\r\nok");
  ASSERT_THAT(result, AnswersWith(201, "ok"));
  const auto& response = std::get<HttpResponse>(result);
  EXPECT_EQ(find_header(response.headers, "X-Hint"), nullptr);
  ASSERT_NE(find_header(response.headers, "x-real"), nullptr);
  EXPECT_EQ(*find_header(response.headers, "x-real"), "2");
}

TEST(CurlTransportBadAnswerTest, ATrailerIsNoHeader) {
  const TransportResult result = answer_of(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Late: 1\r\n\r\n");
  ASSERT_THAT(result, AnswersWith(200, "ok"));
  EXPECT_EQ(find_header(std::get<HttpResponse>(result).headers, "X-Late"), nullptr);
}

TEST(CurlTransportBadAnswerTest, AnErrorStatusIsAnAnswer) {
  EXPECT_THAT(answer_of("HTTP/1.1 503 Down\r\nContent-Length: 4\r\n\r\ndown"),
              AnswersWith(503, "down"));
  EXPECT_THAT(answer_of("HTTP/1.1 204 No Content\r\n\r\n"), AnswersWith(204, ""));
}

}  // namespace
}  // namespace refundkit
