#include "client/retry.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace refundkit {
inline namespace v0 {
namespace {

using std::chrono::milliseconds;

Repeat judge_failure(const TransportFailure& failure, const PreparedRequest* move) {
  Repeat repeat;
  repeat.leaves_doubt = failure.sent == Sent::maybe;
  const bool may_help = failure.code == ErrorCode::network_error ||
                        failure.code == ErrorCode::timeout ||
                        (failure.code == ErrorCode::malformed_response && move != nullptr);
  const bool safe = move == nullptr || failure.sent == Sent::nothing || move->deduplicated;
  repeat.allowed = may_help && safe;
  return repeat;
}

Repeat judge_response(const HttpResponse& response, const PreparedRequest* move,
                      const Adapter& adapter, TimePoint now) {
  const RepeatHint hint = adapter.repeat_hint(response);
  Repeat repeat;
  repeat.leaves_doubt = !hint.not_executed;
  const bool safe = move == nullptr || move->deduplicated || hint.not_executed;
  repeat.allowed = safe && hint.advice == RepeatHint::Advice::repeat_same_key;
  repeat.pause = hint.pause;
  if (const std::string* value = find_header(response.headers, "Retry-After")) {
    repeat.pause = std::max(repeat.pause, retry_after(*value, now));
  }
  return repeat;
}

// "Sun, 06 Nov 1994 08:49:37 GMT" as "1994-11-06T08:49:37Z"; empty if it is not of that form.
std::string rfc3339_from_http_date(std::string_view date) {
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (date.size() != 29 || date.substr(3, 2) != ", " || date.substr(25) != " GMT") return {};
  const auto month = std::find(months.begin(), months.end(), date.substr(8, 3));
  if (month == months.end()) return {};
  const std::string number = std::to_string(month - months.begin() + 101).substr(1);
  return std::string(date.substr(12, 4)) + "-" + number + "-" + std::string(date.substr(5, 2)) +
         "T" + std::string(date.substr(17, 8)) + "Z";
}

}  // namespace

std::optional<milliseconds> retry_after(std::string_view value, TimePoint now) {
  const std::size_t first = value.find_first_not_of(" \t");
  if (first == std::string_view::npos) return std::nullopt;
  value = value.substr(first, value.find_last_not_of(" \t") - first + 1);

  // More than a day of seconds is a mistake or an attack: longer than any deadline either way.
  constexpr std::int64_t longest_seconds = 86'400;
  if (value.find_first_not_of("0123456789") == std::string_view::npos) {
    std::int64_t seconds = longest_seconds;
    std::from_chars(value.data(), value.data() + value.size(), seconds);
    return milliseconds(1'000 * std::min(seconds, longest_seconds));
  }
  const auto date = from_rfc3339(rfc3339_from_http_date(value));
  if (!date || *date <= now) return std::nullopt;
  return std::chrono::ceil<milliseconds>(*date - now);
}

milliseconds pause_after(int attempt, const ClientOptions& options, double jitter) {
  milliseconds pause = std::min(options.first_pause, options.longest_pause);
  for (int doubled = 1; doubled < attempt && pause < options.longest_pause; ++doubled) {
    pause = std::min(pause * 2, options.longest_pause);
  }
  const double share = 0.5 + 0.5 * std::clamp(jitter, 0.0, 1.0);
  return milliseconds(static_cast<milliseconds::rep>(static_cast<double>(pause.count()) * share));
}

Repeat judge(const TransportResult& result, const PreparedRequest* move, const Adapter& adapter,
             TimePoint now) {
  if (const auto* failure = std::get_if<TransportFailure>(&result)) {
    return judge_failure(*failure, move);
  }
  return judge_response(std::get<HttpResponse>(result), move, adapter, now);
}

}  // namespace v0
}  // namespace refundkit
