#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "child_process.hpp"
#include "refundkit/simulation/json.hpp"

namespace refundkit_tests {

using refundkit::simulation::Json;
using Words = std::vector<std::string>;

/// What the command left behind.
struct Answer {
  int status = -1;
  std::string output;
  std::string errors;

  /// The lines of standard output, each read as JSON; a null for what is none.
  [[nodiscard]] std::vector<Json> objects() const;
  /// The value at a path such as "error.code" of the first object, as text: "null", "true",
  /// "1250", or "(absent)".
  [[nodiscard]] std::string at(const std::string& path) const;
};

/// As Answer::at, in any JSON value.
std::string value_at(const Json& json, const std::string& path);

/// Runs the command to its end.
Answer run_command(const Words& words, const Environment& environment);

using Expectations = std::vector<std::pair<std::string, std::string>>;

/// Expects each path of the answer's object to have this value.
void expect_fields(const Answer& answer, const Expectations& expectations);

/// `first` and then `second`.
Words joined(Words first, const Words& second);

/// A file that is removed with this object.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content);
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile();
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
};

}  // namespace refundkit_tests
