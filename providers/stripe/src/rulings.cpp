#include "rulings.hpp"

#include <utility>

#include "refundkit/wire/outcomes.hpp"

namespace refundkit::stripe {
namespace {

// More stored refusals in a row than one day's runs leave: keys are forgotten after a day, and the
// operation's deadline ends the walk before that.
constexpr int most_reopened = 100;

}  // namespace

void end_by(Way way, OperationResult& result, Error error) {
  switch (way) {
    case Way::failed:
    case Way::look_or_failed:
      wire::end_failed(result, std::move(error));
      return;
    case Way::requires_action:
      result.outcome = Outcome::requires_action;
      result.money_moved = MoneyMoved::no;
      result.next_step = error.next_step;
      result.error = std::move(error);
      return;
    case Way::unknown:
      if (error.next_step.action != NextAction::retry_later) {
        error.next_step = {NextAction::resolve};
      }
      wire::end_unknown(result, std::move(error));
      return;
    case Way::look_or_unknown:
    case Way::next_attempt:
      error.next_step = {NextAction::resolve};
      wire::end_unknown(result, std::move(error));
      return;
  }
}

bool may_reopen(int reopened) { return reopened < most_reopened; }

Way way_after(const Answer& answer, const Refusal& refusal, int reopened) {
  const bool stored = is_replay(*answer.response());
  const bool after_doubt = answer.repeats_unanswered && !stored;
  switch (refusal.kind) {
    case Refusal::Kind::uncertain:
      return Way::unknown;
    case Refusal::Kind::awaits_approval:
      return after_doubt ? Way::look_or_unknown : Way::requires_action;
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
