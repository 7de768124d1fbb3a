#include "http/exchange.hpp"

#include <algorithm>
#include <cstring>
#include <new>

namespace refundkit {
inline namespace v0 {
namespace {

/// Cancellation has no file descriptor to wake us: it is looked at this often.
constexpr std::chrono::milliseconds cancellation_check{100};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

}  // namespace

Exchange::Exchange(const HttpRequest& request, const CurlTransportOptions& options,
                   const SendLimits& limits)
    : request_(request),
      options_(options),
      cancellation_(limits.cancellation),
      deadline_(Steady::now() + limits.time_left) {}

bool Exchange::end(Stop reason) noexcept {
  stop_ = reason;
  return false;
}

bool Exchange::begin() noexcept {
  if (started_ && request_.delivery == Delivery::at_most_once) return end(Stop::second_attempt);
  started_ = true;
  body_given_ = 0;
  last_byte_ = Steady::now();
  return true;
}

std::size_t Exchange::give_body(char* buffer, std::size_t room) noexcept {
  const std::size_t size = std::min(room, request_.body.size() - body_given_);
  std::memcpy(buffer, request_.body.data() + body_given_, size);
  body_given_ += size;
  last_byte_ = Steady::now();
  return size;
}

bool Exchange::take_header(std::string_view line) noexcept {
  last_byte_ = Steady::now();
  header_bytes_ += line.size();
  if (header_bytes_ > options_.max_header_bytes) return end(Stop::headers_too_long);
  if (line.substr(0, 5) == "HTTP/") {
    response_.headers.clear();
    headers_complete_ = false;
    return true;
  }
  if (headers_complete_) return true;  // a trailer
  if (trimmed(line).empty()) {
    headers_complete_ = true;
    return true;
  }
  return keep_header(line);
}

bool Exchange::keep_header(std::string_view line) noexcept {
  try {
    const bool folded = line.front() == ' ' || line.front() == '\t';
    if (folded && !response_.headers.empty()) {
      response_.headers.back().value += ' ';
      response_.headers.back().value += trimmed(line);
      return true;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return true;
    response_.headers.push_back({std::string{trimmed(line.substr(0, colon))},
                                 std::string{trimmed(line.substr(colon + 1))}});
    return true;
  } catch (const std::bad_alloc&) {
    return end(Stop::out_of_memory);
  }
}

bool Exchange::take_body(std::string_view bytes) noexcept {
  last_byte_ = Steady::now();
  if (bytes.size() > options_.max_body_bytes - response_.body.size()) {
    return end(Stop::body_too_long);
  }
  try {
    response_.body.append(bytes);
    return true;
  } catch (const std::bad_alloc&) {
    return end(Stop::out_of_memory);
  }
}

bool Exchange::must_stop() noexcept {
  if (cancellation_.requested()) return !end(Stop::cancelled);
  const Steady::time_point now = Steady::now();
  if (now >= deadline_) return !end(Stop::deadline);
  if (started_ && now - last_byte_ >= options_.idle_timeout) return !end(Stop::idle);
  return false;
}

std::chrono::milliseconds Exchange::patience() const noexcept {
  Steady::duration left = std::min<Steady::duration>(cancellation_check, deadline_ - Steady::now());
  if (started_) {
    left = std::min<Steady::duration>(left, options_.idle_timeout - (Steady::now() - last_byte_));
  }
  return std::max(std::chrono::ceil<std::chrono::milliseconds>(left), std::chrono::milliseconds{1});
}

}  // namespace v0
}  // namespace refundkit
