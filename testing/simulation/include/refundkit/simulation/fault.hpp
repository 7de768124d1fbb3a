#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "refundkit/simulation/json.hpp"
#include "refundkit/simulation/simulator.hpp"

namespace refundkit::simulation {

enum class FaultKind {
  refuse,       ///< closed before the request is processed
  drop_before,  ///< closed without a status line, nothing done
  drop_after,   ///< closed without a status line, everything done
  stall,        ///< silence, then the answer
  truncate,     ///< half the answer, then closed
  html,         ///< a proxy's page
  garbage,      ///< random bytes
  status,       ///< an error status with the provider's own body
  late_failure,
  hold,
};

struct Fault {
  FaultKind kind = FaultKind::refuse;
  std::optional<int> status;
  std::chrono::milliseconds stall{30000};
  /// Whether the work is done all the same; each kind has its own default.
  std::optional<bool> changed;
  /// The value of Retry-After as it shall be sent; empty for none.
  std::string retry_after;
};

/// One `POST /faults`: which requests it meets, and what happens to them.
struct FaultScript {
  std::string provider;
  std::string operation = "any";
  int nth = 1;    ///< the first matching request it strikes, counted from when it was posted
  int times = 1;  ///< how many it strikes from there
  Fault fault;
};

std::variant<FaultScript, Refusal> parse_fault_script(const Json& wish);
std::string_view to_text(FaultKind kind);

/// The scripts in force. Thread safety: none.
class FaultScripts {
 public:
  void add(FaultScript script);
  void clear() { active_.clear(); }
  /// Counts one request against every script that matches it; the oldest that is due strikes.
  std::optional<Fault> strike(std::string_view provider, std::string_view operation);

 private:
  struct Active {
    FaultScript script;
    int seen = 0;
  };
  std::vector<Active> active_;
};

}  // namespace refundkit::simulation
