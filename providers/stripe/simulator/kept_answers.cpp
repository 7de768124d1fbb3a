#include "kept_answers.hpp"

#include <algorithm>
#include <chrono>

namespace refundkit::simulation::stripe {
namespace {

constexpr std::chrono::hours retention{24};

}  // namespace

const KeptAnswer* KeptAnswers::find(const std::string& account, const std::string& key,
                                    Time now) const {
  const auto found = answers_.find({account, key});
  if (found == answers_.end() || now - found->second.since >= retention) return nullptr;
  return &found->second;
}

void KeptAnswers::keep(const std::string& account, const std::string& key, KeptAnswer answer) {
  std::sort(answer.parameters.begin(), answer.parameters.end());
  answers_[{account, key}] = std::move(answer);
}

}  // namespace refundkit::simulation::stripe
