#include "files.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include "exit_status.hpp"
#include "visible.hpp"

namespace refundkit::cli {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

Error unreadable(const std::string& path, const std::string& option, const std::string& why) {
  return wrong_usage(option + ": cannot read " + in_quotes(path) + ": " + why + ".");
}

std::string last_failure() { return std::generic_category().message(errno); }

}  // namespace

Result<std::string> read_file(const std::string& path, const std::string& option,
                              std::size_t most_bytes) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) return unreadable(path, option, last_failure());

  std::string content;
  std::array<char, 16384> part{};
  while (const std::size_t size = std::fread(part.data(), 1, part.size(), file.get())) {
    content.append(part.data(), size);
    if (content.size() > most_bytes) {
      return unreadable(path, option, "it is longer than " + std::to_string(most_bytes) + " bytes");
    }
  }
  if (std::ferror(file.get()) != 0) return unreadable(path, option, last_failure());
  return content;
}

}  // namespace refundkit::cli
