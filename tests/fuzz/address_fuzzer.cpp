#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "refundkit/http/address.hpp"

/// An address that is accepted begins with https://, or with http:// and a loopback host.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view url(reinterpret_cast<const char*>(bytes), size);
  if (!refundkit::check_address(url)) return 0;
  const auto colon = url.find(':');
  if (colon != 4 && colon != 5) std::abort();
  for (const char letter : url) {
    if (static_cast<unsigned char>(letter) <= ' ') std::abort();
  }
  return 0;
}
