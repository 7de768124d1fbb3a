#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "refundkit/simulation/json.hpp"
#include "refundkit/simulation/simulator.hpp"

namespace refundkit::simulation {

/// `body` with the values of `fields` replaced by "***", be it JSON, XML or a form.
std::string mask_fields(std::string body, const std::vector<std::string>& fields);

/// What arrived, in order, with its secrets masked. Thread safety: none.
class RequestLog {
 public:
  struct Arrival {
    Time at;
    std::string operation;
    std::string fault;  ///< empty if none struck
  };
  void add(const Simulator& simulator, const Request& request, const Arrival& arrival);
  void clear() { entries_.clear(); }
  /// All of one provider, or of all if `provider` is empty.
  [[nodiscard]] Json entries(std::string_view provider) const;

 private:
  struct Entry {
    std::string provider;
    Json shown;
  };
  std::vector<Entry> entries_;
};

}  // namespace refundkit::simulation
