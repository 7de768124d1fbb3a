#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>

#include "refundkit/simulation/world.hpp"

namespace refundkit::simulation {

using HttpRequestMessage = boost::beast::http::request<boost::beast::http::string_body>;
using HttpResponseMessage = boost::beast::http::response<boost::beast::http::string_body>;

/// What the wire does with one request to this server, control calls included.
Exchange obey(World& world, const HttpRequestMessage& message);
/// `given` as it goes over a connection that stays open if `keep_alive`.
HttpResponseMessage as_message(Response given, bool keep_alive);

/// One connection: requests in turn, until either side has enough.
template <class Stream>
class Session : public std::enable_shared_from_this<Session<Stream>> {
 public:
  Session(Stream stream, std::shared_ptr<World> world)
      : stream_(std::move(stream)), pause_(stream_.get_executor()), world_(std::move(world)) {}

  void run() {
    if constexpr (is_tls) {
      lowest().expires_after(patience);
      stream_.async_handshake(boost::asio::ssl::stream_base::server,
                              [self = this->shared_from_this()](boost::beast::error_code error) {
                                if (!error) self->read_header();
                              });
    } else {
      read_header();
    }
  }

 private:
  using Error = boost::beast::error_code;
  static constexpr bool is_tls = !std::is_same_v<Stream, boost::beast::tcp_stream>;
  static constexpr std::chrono::seconds patience{75};
  static constexpr std::size_t largest_body = std::size_t{1024} * 1024;

  boost::beast::tcp_stream& lowest() { return boost::beast::get_lowest_layer(stream_); }

  void read_header() {
    parser_.emplace();
    parser_->body_limit(largest_body);
    lowest().expires_after(patience);
    boost::beast::http::async_read_header(
        stream_, buffer_, *parser_,
        [self = this->shared_from_this()](Error error, std::size_t) { self->on_header(error); });
  }

  void on_header(Error error) {
    if (error) return give_up(error);
    const auto expect = parser_->get()[boost::beast::http::field::expect];
    if (!boost::beast::iequals(expect, "100-continue")) return read_body();
    auto go_on = std::make_shared<std::string>("HTTP/1.1 100 Continue\r\n\r\n");
    boost::asio::async_write(stream_, boost::asio::buffer(*go_on),
                             [self = this->shared_from_this(), go_on](Error failed, std::size_t) {
                               if (!failed) self->read_body();
                             });
  }

  void read_body() {
    boost::beast::http::async_read(
        stream_, buffer_, *parser_,
        [self = this->shared_from_this()](Error error, std::size_t) { self->on_request(error); });
  }

  void on_request(Error error) {
    if (error) return give_up(error);
    const HttpRequestMessage request = parser_->release();
    Exchange exchange = obey(*world_, request);
    const bool keep_alive = request.keep_alive();
    switch (exchange.wire) {
      case Wire::refused:
      case Wire::cut:
        return close();
      case Wire::answer:
        return write(as_message(std::move(exchange.response), keep_alive));
      case Wire::half_answer:
        return write_half(as_message(std::move(exchange.response), keep_alive));
      case Wire::late_answer:
        return write_after(exchange.wait, as_message(std::move(exchange.response), keep_alive));
    }
  }

  // What cannot be read is answered where HTTP has a word for it, and the connection ends.
  void give_up(Error error) {
    namespace http = boost::beast::http;
    if (error == http::error::body_limit) return write(as_message({413, {}, {}}, false));
    if (error == http::error::header_limit) return write(as_message({431, {}, {}}, false));
    if (error == http::error::end_of_stream || error.category() != body_category()) return close();
    write(as_message({400, {}, {}}, false));
  }

  static const boost::system::error_category& body_category() {
    static const Error known =
        boost::beast::http::make_error_code(boost::beast::http::error::bad_method);
    return known.category();
  }

  void write(HttpResponseMessage message) {
    auto sent = std::make_shared<HttpResponseMessage>(std::move(message));
    lowest().expires_after(patience);
    boost::beast::http::async_write(
        stream_, *sent, [self = this->shared_from_this(), sent](Error error, std::size_t) {
          if (error || !sent->keep_alive()) return self->close();
          self->read_header();
        });
  }

  void write_after(std::chrono::milliseconds wait, HttpResponseMessage message) {
    auto sent = std::make_shared<HttpResponseMessage>(std::move(message));
    lowest().expires_never();
    pause_.expires_after(wait);
    pause_.async_wait([self = this->shared_from_this(), sent](Error error) {
      if (!error) self->write(std::move(*sent));
    });
  }

  void write_half(const HttpResponseMessage& message) {
    std::ostringstream text;
    text << message;
    auto half = std::make_shared<std::string>(text.str());
    const std::size_t whole_body = message.body().size();
    const std::size_t dropped = whole_body == 0 ? half->size() / 2 : (whole_body + 1) / 2;
    half->resize(half->size() - dropped);
    boost::asio::async_write(
        stream_, boost::asio::buffer(*half),
        [self = this->shared_from_this(), half](Error, std::size_t) { self->close(); });
  }

  // Without a word, and without TLS's own goodbye: as when a proxy dies.
  void close() {
    Error ignored;
    lowest().socket().shutdown(boost::asio::ip::tcp::socket::shutdown_both, ignored);
    lowest().close();
  }

  Stream stream_;
  boost::asio::steady_timer pause_;
  std::shared_ptr<World> world_;
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
};

}  // namespace refundkit::simulation
