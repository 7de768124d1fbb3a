#include "output.hpp"

#include <cstdio>

namespace refundkit::cli {

ExitStatus put_answer(const std::string& text, ExitStatus status) {
  const bool is_written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (std::fflush(stdout) == 0 && is_written) return status;
  put_complaint("standard output cannot be written; the answer is:\n" + text);
  return ExitStatus::defect;
}

void put_complaint(const std::string& message) {
  std::fprintf(stderr, "refundkit: %s\n", message.c_str());
}

ExitStatus put_complaint(const Error& error) {
  put_complaint(error.message);
  return status_of_complaint(error);
}

}  // namespace refundkit::cli
