#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "refundkit/money.hpp"

/// The first three bytes are a currency, the rest an amount. What is read must print to a text that
/// reads as the same amount again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto currency = refundkit::Currency::parse(text.substr(0, 3));
  if (!currency) return 0;
  const auto amount = refundkit::Money::parse(text.substr(3), *currency);
  if (!amount) return 0;
  const auto again = refundkit::Money::parse(amount->text(), *currency);
  if (!again || *again != *amount || amount->minor() < 0) std::abort();
  return 0;
}
