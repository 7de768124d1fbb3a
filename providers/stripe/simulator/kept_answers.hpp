#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "refundkit/simulation/form.hpp"
#include "refundkit/simulation/simulator.hpp"

namespace refundkit::simulation::stripe {

/// An answer that was kept under an Idempotency-Key, and the call that it answered.
struct KeptAnswer {
  std::string path;
  FormFields parameters;  ///< in a fixed order
  int status = 200;
  std::string body;
  std::string request_id;
  Time since;
};

/// The answers Stripe gives again (sheet: Idempotency), by account and key, for a day.
class KeptAnswers {
 public:
  /// nullptr if there is none, or it has been forgotten.
  [[nodiscard]] const KeptAnswer* find(const std::string& account, const std::string& key,
                                       Time now) const;
  void keep(const std::string& account, const std::string& key, KeptAnswer answer);

 private:
  std::map<std::pair<std::string, std::string>, KeptAnswer> answers_;
};

}  // namespace refundkit::simulation::stripe
