#include "words/utf8.hpp"

#include <cstddef>

namespace refundkit {
namespace {

struct Range {
  unsigned char low;
  unsigned char high;
};

constexpr bool is_in(unsigned char byte, Range range) {
  return byte >= range.low && byte <= range.high;
}

// The second byte is what rules out overlong forms, surrogates and what lies beyond U+10FFFF
// (Unicode, table 3-7).
Range second_byte(unsigned char first) {
  if (first == 0xE0) return {0xA0, 0xBF};
  if (first == 0xED) return {0x80, 0x9F};
  if (first == 0xF0) return {0x90, 0xBF};
  if (first == 0xF4) return {0x80, 0x8F};
  return {0x80, 0xBF};
}

// Bytes of the well-formed sequence at the front of `text`; 0 if there is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = is_in(first, {0xC2, 0xDF})   ? 2
                             : is_in(first, {0xE0, 0xEF}) ? 3
                             : is_in(first, {0xF0, 0xF4}) ? 4
                                                          : 0;
  if (length == 0 || text.size() < length || !is_in(byte(1), second_byte(first))) return 0;
  for (std::size_t at = 2; at < length; ++at) {
    if (!is_in(byte(at), {0x80, 0xBF})) return 0;
  }
  return length;
}

}  // namespace

std::string to_valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    valid.append(length == 0 ? "\xEF\xBF\xBD" : text.substr(0, length));
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return valid;
}

}  // namespace refundkit
