#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "refundkit/clock.hpp"

/// A time that is read must print to a text that reads as the same second again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto time =
      refundkit::from_rfc3339(std::string_view(reinterpret_cast<const char*>(bytes), size));
  if (!time) return 0;
  const auto again = refundkit::from_rfc3339(refundkit::to_rfc3339(*time));
  if (!again || *again != std::chrono::floor<std::chrono::seconds>(*time)) std::abort();
  return 0;
}
