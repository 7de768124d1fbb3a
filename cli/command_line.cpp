#include "command_line.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>

#include "commands.hpp"
#include "visible.hpp"

namespace refundkit::cli {
namespace {

const CLI::App& innermost(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : innermost(*chosen.front());
}

std::string typed_command(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  if (chosen.empty()) return app.get_name();
  return app.get_name() + " " + typed_command(*chosen.front());
}

void collect_options_with_value(const CLI::App& app, std::set<std::string>& names) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_items_expected_max() == 0) continue;
    for (const std::string& name : option->get_lnames())
      names.insert(std::string("--").append(name));
  }
  for (const CLI::App* command : app.get_subcommands({})) {
    collect_options_with_value(*command, names);
  }
}

bool is_option(const std::string& word) { return word.size() > 2 && word.compare(0, 2, "--") == 0; }

Error swallowed(const std::string& option, const std::string& next) {
  return wrong_usage(option + " needs a value, and the next word is " + in_quotes(next) +
                     " (a value that begins with -- is written " + option + "=VALUE).");
}

/// CLI11 gives an option the next word, whatever it is: with `--note $NOTE --dry-run` and an empty
/// variable, the money would move. It reads `--note=` in the same way.
std::variant<std::vector<std::string>, Error> separate_values(
    const std::vector<std::string>& words, const std::set<std::string>& with_value) {
  std::vector<std::string> separated;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (is_option(word) && word.back() == '=') {
      separated.push_back(word.substr(0, word.size() - 1));
      separated.emplace_back();
      continue;
    }
    separated.push_back(word);
    if (with_value.count(word) == 0 || at + 1 == words.size()) continue;
    if (is_option(words[at + 1])) {
      return swallowed(word, words[at + 1]);
    }
    separated.push_back(words[++at]);
  }
  return separated;
}

/// The first word that is no option, where it is no command either.
std::optional<std::string> unknown_command(const CLI::App& app,
                                           const std::vector<std::string>& words) {
  const auto first = std::find_if(words.begin(), words.end(), [](const std::string& word) {
    return word.empty() || word.front() != '-';
  });
  if (first == words.end()) return std::nullopt;
  for (const CLI::App* command : app.get_subcommands({})) {
    if (command->get_name() == *first) return std::nullopt;
  }
  return *first;
}

ParseEnd complain(const CLI::App& app, const std::string& message) {
  const CLI::App& command = innermost(app);
  const std::string help = (&command == &app ? app.get_name() : typed_command(app)) + " --help";
  return {ExitStatus::wrong_usage, {}, message + "\nFor help: " + help};
}

std::string one_line(std::string text) {
  text.erase(text.find_last_not_of('\n') + 1);
  return visible(text);
}

}  // namespace

std::variant<Arguments, ParseEnd> parse_command_line(const std::vector<std::string>& words,
                                                     const std::string& example_provider) {
  Arguments arguments;
  CLI::App app("Gives customers their money back, and tells the truth about what happened.",
               "refundkit");
  define_commands(app, arguments, example_provider);

  if (const auto unknown = unknown_command(app, words)) {
    return complain(app, "There is no command " + in_quotes(*unknown) + ".");
  }
  std::set<std::string> with_value;
  collect_options_with_value(app, with_value);
  auto separated = separate_values(words, with_value);
  if (const auto* error = std::get_if<Error>(&separated)) return complain(app, error->message);

  auto& reversed = std::get<0>(separated);
  std::reverse(reversed.begin(), reversed.end());
  try {
    app.parse(reversed);
  } catch (const CLI::Success& success) {
    std::ostringstream answer;
    std::ostringstream nothing;
    app.exit(success, answer, nothing);
    return ParseEnd{ExitStatus::ok, answer.str(), {}};
  } catch (const CLI::ParseError& error) {
    return complain(app, one_line(error.what()));
  }
  const std::string typed = typed_command(app);
  arguments.command_text = typed.substr(typed.find(' ') + 1);
  return arguments;
}

}  // namespace refundkit::cli
