#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "refundkit/adapter.hpp"
#include "refundkit/client.hpp"
#include "refundkit/http/transport.hpp"

namespace refundkit {
inline namespace v0 {

/// What one try tells about sending the same bytes again.
struct Repeat {
  /// It cannot pay twice, and it may help.
  bool allowed = false;
  /// The try may have been executed although it gave no usable answer.
  bool leaves_doubt = false;
  /// Not before this pause, where the provider names one.
  std::optional<std::chrono::milliseconds> pause = std::nullopt;
};

/// `move` is the money-moving request, or nullptr for one that only reads.
Repeat judge(const TransportResult& result, const PreparedRequest* move, const Adapter& adapter,
             TimePoint now);

/// Reads `Retry-After`, as seconds or as a date (RFC 9110, 10.2.3). Nothing if it is neither, or
/// lies in the past.
std::optional<std::chrono::milliseconds> retry_after(std::string_view value, TimePoint now);

/// The pause before the repeat after try number `attempt` (from 1): doubling, jittered down to its
/// half, never longer than the options say.
std::chrono::milliseconds pause_after(int attempt, const ClientOptions& options, double jitter);

}  // namespace v0
}  // namespace refundkit
