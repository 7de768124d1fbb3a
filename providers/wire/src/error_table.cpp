#include "refundkit/wire/error_table.hpp"

#include <algorithm>

namespace refundkit::wire {
namespace {

constexpr std::string_view gap = "...";

char lower(char letter) noexcept {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

}  // namespace

bool matches(std::string_view pattern, std::string_view text) noexcept {
  auto from = text.begin();
  while (true) {
    const std::size_t end = pattern.find(gap);
    const std::string_view piece = pattern.substr(0, end);
    const auto found = std::search(from, text.end(), piece.begin(), piece.end(),
                                   [](char a, char b) noexcept { return lower(a) == lower(b); });
    if (!piece.empty() && found == text.end()) return false;
    from = found + static_cast<std::ptrdiff_t>(piece.size());
    if (end == std::string_view::npos) return true;
    pattern = pattern.substr(end + gap.size());
  }
}

const ErrorRow* ErrorTable::find(std::string_view where, std::string_view code) const noexcept {
  const auto* row = std::find_if(begin(), end(), [&](const ErrorRow& candidate) {
    return candidate.where == where && candidate.provider_code == code;
  });
  return row == end() ? nullptr : row;
}

const ErrorRow* ErrorTable::find_text(std::string_view where,
                                      std::string_view text) const noexcept {
  const auto* row = std::find_if(begin(), end(), [&](const ErrorRow& candidate) {
    return candidate.where == where && matches(candidate.provider_code, text);
  });
  return row == end() ? nullptr : row;
}

}  // namespace refundkit::wire
