#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace refundkit::simulation {

using Time = std::chrono::system_clock::time_point;

/// A request as it arrived. `path` has no query and no scheme; `query` is what followed the `?`.
struct Request {
  std::string method;
  std::string path;
  std::string query;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  /// The first header of that name, letter case ignored; nullptr if there is none.
  [[nodiscard]] const std::string* header(std::string_view name) const noexcept;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

/// What a payment is made of, as the sandbox's `POST /payments` asks.
struct PaymentWish {
  std::string amount;    ///< decimal text
  std::string currency;  ///< three letters
  std::string method;    ///< "card", "bank", "wallet" or empty
  std::string state;     ///< "authorized", "captured" or "settled"
  std::string reference;
};

/// A no to a wish: answered with status 400.
struct Refusal {
  std::string message;
};

/// How the provider is told to treat one request, beside what its rules say.
struct Treatment {
  bool late_failure = false;  ///< accept now, fail when the clock passes
  bool hold = false;          ///< hold for review, where the provider does so
};

/// An endpoint that breaks while it works, as a fault script asks.
struct Breakdown {
  int status = 500;
  bool changed = false;  ///< the work was done before it broke
};

/// A notification that the provider would send, signed as it signs.
struct Event {
  std::string id;
  std::string type;
  Time due;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

/// One provider, stateful and rule-true, on a clock it is told. It knows nothing of the SDK and
/// shares no code with it: it must be able to prove the SDK wrong.
///
/// Thread safety: none; the world that holds it calls it under one lock.
class Simulator {
 public:
  Simulator() = default;
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;
  virtual ~Simulator() = default;

  /// As the provider's folder: the first part of its addresses and the `provider` of control calls.
  [[nodiscard]] virtual std::string name() const = 0;
  /// The settings a client needs, by the variable's name without its common part:
  /// {"SECRET_KEY": "sk_test_…"}.
  [[nodiscard]] virtual std::map<std::string, std::string> environment() const = 0;

  /// What a request asks for, in the fault scripts' words: "refund", "void", "query", "token" or
  /// "other". Changes nothing.
  [[nodiscard]] virtual std::string operation(const Request& request) const = 0;
  /// Obeys one request, at `now`.
  [[nodiscard]] virtual Response answer(const Request& request, Time now,
                                        const Treatment& treatment) = 0;
  /// The provider's own error body for a status that a fault asks for. Changes nothing.
  [[nodiscard]] virtual Response refusal(const Request& request, int status) const = 0;

  /// Breaks with a status of the fault script's choice. A provider that keeps its answers under a
  /// key, errors included, overrides this to keep this one too.
  [[nodiscard]] virtual Response break_off(const Request& request, const Breakdown& breakdown,
                                           Time now) {
    if (breakdown.changed) static_cast<void>(answer(request, now, {}));
    return refusal(request, breakdown.status);
  }

  /// JSON of the new payment: {"payment_id":"…", …}.
  [[nodiscard]] virtual std::variant<std::string, Refusal> create_payment(const PaymentWish& wish,
                                                                          Time now) = 0;
  /// JSON of the truth about a payment; nothing if there is none of that id.
  [[nodiscard]] virtual std::optional<std::string> truth(std::string_view payment_id) const = 0;
  /// Runs what is due up to `now`.
  virtual void advance(Time now) = 0;
  /// Every notification so far, oldest first, signed at `now`.
  [[nodiscard]] virtual std::vector<Event> events(Time now) const = 0;
  virtual void reset() = 0;
  /// Request headers whose values the request log masks, beside Authorization.
  [[nodiscard]] virtual std::vector<std::string> secret_headers() const { return {}; }
  /// Body fields whose values the request log masks.
  [[nodiscard]] virtual std::vector<std::string> secret_fields() const { return {}; }
};

}  // namespace refundkit::simulation
