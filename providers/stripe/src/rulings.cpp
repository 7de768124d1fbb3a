#include "rulings.hpp"

namespace refundkit::stripe {
namespace {

// More stored refusals in a row than this are no leftovers of earlier runs.
constexpr int most_reopened = 5;

}  // namespace

bool may_reopen(int reopened) { return reopened < most_reopened; }

Way way_after(const Answer& answer, const Refusal& refusal, int reopened) {
  const bool stored = is_replay(*answer.response());
  const bool after_doubt = answer.repeats_unanswered && !stored;
  switch (refusal.kind) {
    case Refusal::Kind::uncertain:
      return Way::unknown;
    case Refusal::Kind::awaits_approval:
      return Way::requires_action;
    case Refusal::Kind::not_executed:
      return answer.repeats_unanswered ? Way::unknown : Way::failed;
    case Refusal::Kind::unexplained:
      return after_doubt ? Way::look_or_unknown : Way::look_or_failed;
    case Refusal::Kind::definite:
      if (after_doubt) return Way::look_or_unknown;
      if (stored && !answer.repeats_unanswered && may_reopen(reopened)) {
        return Way::next_attempt;
      }
      return Way::failed;
  }
  return Way::unknown;
}

}  // namespace refundkit::stripe
