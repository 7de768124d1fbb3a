#include "command.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <sstream>
#include <stdexcept>

namespace refundkit_tests {

std::string value_at(const Json& json, const std::string& path) {
  const std::size_t dot = path.find('.');
  const Json* member = json.find(path.substr(0, dot));
  if (member == nullptr) return "(absent)";
  if (dot != std::string::npos) return value_at(*member, path.substr(dot + 1));
  if (const std::string* text = member->string()) return *text;
  return member->compact();
}

std::vector<Json> Answer::objects() const {
  std::vector<Json> objects;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    objects.push_back(Json::parse(line).value_or(Json()));
  }
  return objects;
}

std::string Answer::at(const std::string& path) const {
  const auto all = objects();
  return all.empty() ? "(no object)" : value_at(all.front(), path);
}

Answer run_command(const Words& words, const Environment& environment) {
  ChildProcess process(REFUNDKIT_COMMAND, words, environment);
  process.read_all();
  const int status = process.wait();
  return {status, process.output(), process.errors()};
}

void expect_fields(const Answer& answer, const Expectations& expectations) {
  SCOPED_TRACE("standard output: " + answer.output + "standard error: " + answer.errors);
  for (const auto& [path, value] : expectations) EXPECT_EQ(answer.at(path), value) << path;
}

Words joined(Words first, const Words& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

TemporaryFile::TemporaryFile(const std::string& content)
    : path_(::testing::TempDir() + "refundkit-XXXXXX") {
  const int file = mkstemp(path_.data());
  if (file < 0) throw std::runtime_error("no temporary file");
  const auto written = write(file, content.data(), content.size());
  close(file);
  if (written != static_cast<ssize_t>(content.size())) throw std::runtime_error("file too short");
}

TemporaryFile::~TemporaryFile() { unlink(path_.c_str()); }

}  // namespace refundkit_tests
