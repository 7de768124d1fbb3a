#pragma once

#include "errors.hpp"
#include "refundkit/operation_result.hpp"
#include "refundkit/step.hpp"

namespace refundkit::stripe {

/// What to do after an answer that refuses a money-moving request, by what it answers and whose
/// tries came before it (sheet: On a replay of an unknown request).
enum class Way {
  failed,
  unknown,
  requires_action,
  /// Read first; none of ours: still unknown, an earlier try may yet be running.
  look_or_unknown,
  /// Read first; none of ours: failed.
  look_or_failed,
  /// The stored refusal of an earlier run: open the next try.
  next_attempt,
};

/// `reopened`: how often this flow opened a next try already.
Way way_after(const Answer& answer, const Refusal& refusal, int reopened);

/// Ends an operation as that way says; where it is to look first, as that ends if the look finds
/// nothing. Not for `next_attempt`.
void end_by(Way way, OperationResult& result, Error error);

/// False once a flow has opened so many next tries that they are no leftovers of earlier runs.
bool may_reopen(int reopened);

}  // namespace refundkit::stripe
