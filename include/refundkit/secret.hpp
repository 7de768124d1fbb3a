#pragma once

#include <string>
#include <string_view>

#include "refundkit/export.hpp"

namespace refundkit {
inline namespace v0 {

/// A credential. It cannot be printed, compared with == or turned into a string by accident, and
/// its bytes are wiped when it goes (OPENSSL_cleanse: a plain fill may be optimised away).
class REFUNDKIT_EXPORT Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view bytes);
  Secret(const Secret& other);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret other) noexcept;
  ~Secret();

  [[nodiscard]] bool empty() const noexcept { return bytes_.empty(); }
  /// The bytes themselves, for the one place that puts them on the wire.
  [[nodiscard]] std::string_view reveal() const noexcept { return bytes_; }

 private:
  std::string bytes_;
};

/// Overwrites `text` so that no compiler drops it, then empties it.
REFUNDKIT_EXPORT void wipe(std::string& text) noexcept;

}  // namespace v0
}  // namespace refundkit
