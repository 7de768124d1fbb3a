#include "amounts.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace refundkit::stripe {
namespace {

template <std::size_t size>
bool holds(const std::array<std::string_view, size>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

constexpr std::array<std::string_view, 15> without_decimals{"BIF", "CLP", "DJF", "GNF", "JPY",
                                                            "KMF", "KRW", "MGA", "PYG", "RWF",
                                                            "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 5> three_decimals{"BHD", "JOD", "KWD", "OMR", "TND"};
// Two decimals on the wire that are always 00, although nobody pays with them.
constexpr std::array<std::string_view, 2> whole_with_two{"ISK", "UGX"};

}  // namespace

wire::AmountRule amount_rule(const Currency& currency) {
  const std::string_view code = currency.code();
  if (holds(without_decimals, code)) return {0, 1};
  if (holds(three_decimals, code)) return {3, 10};
  if (holds(whole_with_two, code)) return {2, 100};
  return {2, 1};
}

std::string wire_code(const Currency& currency) {
  std::string code(currency.code());
  for (char& letter : code) letter = static_cast<char>(letter - 'A' + 'a');
  return code;
}

}  // namespace refundkit::stripe
