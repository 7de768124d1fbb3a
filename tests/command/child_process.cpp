#include "child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <string_view>

namespace refundkit_tests {
namespace {

struct Pipe {
  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  }
  std::array<int, 2> ends{};
};

std::vector<std::string> child_environment(const Environment& environment) {
  std::vector<std::string> variables;
  for (char** each = environ; *each != nullptr; ++each) {
    constexpr std::string_view ours = "REFUNDKIT_";
    if (std::string_view(*each).substr(0, ours.size()) != ours) variables.emplace_back(*each);
  }
  for (const auto& [name, value] : environment)
    variables.push_back(std::string(name).append("=").append(value));
  return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// False at the end of the output.
bool read_some(int end, std::string& text) {
  std::array<char, 4096> part{};
  ssize_t size = 0;
  do {
    size = read(end, part.data(), part.size());
  } while (size < 0 && errno == EINTR);
  if (size > 0) text.append(part.data(), static_cast<std::size_t>(size));
  return size > 0;
}

void close_end(int& end) {
  if (end >= 0) close(end);
  end = -1;
}

}  // namespace

ChildProcess::ChildProcess(const std::string& program, const std::vector<std::string>& words,
                           const Environment& environment) {
  Pipe output;
  Pipe errors;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output.ends[1], 1);
  posix_spawn_file_actions_adddup2(&actions, errors.ends[1], 2);

  std::vector<std::string> arguments{program};
  arguments.insert(arguments.end(), words.begin(), words.end());
  std::vector<std::string> variables = child_environment(environment);
  const int failure = posix_spawn(&id_, program.c_str(), &actions, nullptr,
                                  pointers_to(arguments).data(), pointers_to(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  close(output.ends[1]);
  close(errors.ends[1]);
  output_end_ = output.ends[0];
  errors_end_ = errors.ends[0];
  if (failure != 0) throw std::runtime_error("cannot start " + program);
}

ChildProcess::~ChildProcess() {
  if (status_ < 0) {
    signal(SIGTERM);
    wait();
  }
  close_end(output_end_);
  close_end(errors_end_);
}

std::string ChildProcess::read_line() {
  std::size_t end = output_.find('\n');
  while (end == std::string::npos && read_some(output_end_, output_)) end = output_.find('\n');
  std::string line = output_.substr(0, end);
  output_.erase(0, end == std::string::npos ? end : end + 1);
  return line;
}

void ChildProcess::read_all() {
  bool output_open = true;
  bool errors_open = true;
  while (output_open || errors_open) {
    std::array<pollfd, 2> ends{
        {{output_open ? output_end_ : -1, POLLIN, 0}, {errors_open ? errors_end_ : -1, POLLIN, 0}}};
    if (poll(ends.data(), ends.size(), -1) < 0) continue;
    if (ends[0].revents != 0) output_open = read_some(output_end_, output_);
    if (ends[1].revents != 0) errors_open = read_some(errors_end_, errors_);
  }
}

int ChildProcess::wait() {
  int state = 0;
  while (status_ < 0 && waitpid(id_, &state, 0) < 0 && errno == EINTR) {
  }
  if (status_ < 0) status_ = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
  return status_;
}

void ChildProcess::signal(int number) const { kill(id_, number); }

}  // namespace refundkit_tests
