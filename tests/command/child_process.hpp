#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace refundkit_tests {

/// Variables a child gets beside those of this process, of which none that begins with
/// "REFUNDKIT_" is passed on.
using Environment = std::map<std::string, std::string>;

/// A program that was started and is ended, by its id, at the latest with this object.
class ChildProcess {
 public:
  ChildProcess(const std::string& program, const std::vector<std::string>& words,
               const Environment& environment);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

  [[nodiscard]] pid_t id() const noexcept { return id_; }
  /// The next line of its standard output; what came, where the output ends before.
  std::string read_line();
  /// Reads both outputs to their ends.
  void read_all();
  [[nodiscard]] const std::string& output() const noexcept { return output_; }
  [[nodiscard]] const std::string& errors() const noexcept { return errors_; }
  /// Waits for its end: the exit status, or 128 and the signal that ended it.
  int wait();
  void signal(int number) const;

 private:
  pid_t id_ = -1;
  int status_ = -1;
  int output_end_ = -1;
  int errors_end_ = -1;
  std::string output_;
  std::string errors_;
};

}  // namespace refundkit_tests
