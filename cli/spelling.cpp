#include "spelling.hpp"

#include <algorithm>

namespace refundkit::cli {
namespace {

constexpr std::size_t longest_word = 40;

/// Letters to change, add, leave out or swap with their neighbour to make one of the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> steps(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) steps[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) steps[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = steps[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      steps[i][j] = std::min({steps[i - 1][j] + 1, steps[i][j - 1] + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) steps[i][j] = std::min(steps[i][j], steps[i - 2][j - 2] + 1);
    }
  }
  return steps[a.size()][b.size()];
}

}  // namespace

std::string did_you_mean(std::string_view typed, const std::vector<std::string>& known) {
  if (typed.size() > longest_word) return {};
  std::size_t least = typed.size() / 3 + 1;
  std::string nearest;
  for (const std::string& word : known) {
    const std::size_t far = distance(typed, word);
    if (far >= least) continue;
    least = far;
    nearest = word;
  }
  return nearest.empty() ? "" : " Did you mean " + nearest + "?";
}

}  // namespace refundkit::cli
