#pragma once

#include <string>

#include "exit_status.hpp"

namespace refundkit::cli {

/// Writes to standard output and flushes it. Where that fails, the text goes to standard error, so
/// that the answer to a refund is not lost, and the status becomes a defect.
ExitStatus put_answer(const std::string& text, ExitStatus status);

/// Writes one complaint to standard error.
void put_complaint(const std::string& message);

/// Writes the complaint of `error`, and gives its exit status.
ExitStatus put_complaint(const Error& error);

}  // namespace refundkit::cli
