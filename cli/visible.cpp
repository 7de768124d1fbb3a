#include "visible.hpp"

namespace refundkit::cli {
namespace {

constexpr std::size_t longest = 300;

bool is_control(unsigned char byte) { return byte < 0x20 || byte == 0x7f; }

void append_escaped(std::string& out, unsigned char byte) {
  constexpr char digits[] = "0123456789abcdef";
  out += "\\x";
  out += digits[byte >> 4];
  out += digits[byte & 15];
}

std::string escape_controls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    // C1 controls as UTF-8 (0xC2 0x80..0x9F) steer a terminal as well.
    const bool is_c1 = byte == 0xc2 && at + 1 < text.size() &&
                       static_cast<unsigned char>(text[at + 1]) >= 0x80 &&
                       static_cast<unsigned char>(text[at + 1]) <= 0x9f;
    if (is_control(byte) || is_c1) {
      append_escaped(out, byte);
      if (is_c1) append_escaped(out, static_cast<unsigned char>(text[++at]));
    } else {
      out += text[at];
    }
  }
  return out;
}

}  // namespace

std::string visible(std::string_view text) {
  if (text.size() <= longest) return escape_controls(text);
  return escape_controls(text.substr(0, longest / 2)) + "... (" + std::to_string(text.size()) +
         " characters)";
}

std::string in_quotes(std::string_view text) { return "\"" + visible(text) + "\""; }

std::string shell_word(std::string_view text) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,";
  if (!text.empty() && text.find_first_not_of(plain) == std::string_view::npos) {
    return std::string(text);
  }
  std::string word = "'";
  for (const char letter : text) {
    if (letter == '\'') {
      word += "'\\''";
    } else {
      word += letter;
    }
  }
  return word + "'";
}

}  // namespace refundkit::cli
