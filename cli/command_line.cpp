#include "command_line.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <sstream>
#include <string_view>

#include "commands.hpp"
#include "spelling.hpp"
#include "visible.hpp"

namespace refundkit::cli {
namespace {

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

constexpr std::array<std::string_view, 6> journal_commands{"history", "reconcile", "cancel",
                                                           "approve", "batch",     "worker"};

bool starts_as_option(const std::string& word) { return !word.empty() && word.front() == '-'; }

std::string option_name(const std::string& word) { return word.substr(0, word.find('=')); }

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

bool is_among(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Every option that may stand after `app`'s name and its commands' names, as it is typed.
std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

/// An option of a command that stands before it: CLI11 takes its value for the command.
std::optional<Error> refuse_early_option(const CLI::App& app, const std::string& option,
                                         const std::vector<std::string>& words) {
  if (is_among(option_names(app), option)) return std::nullopt;
  const auto names = command_names(app);
  const auto command = std::find_if(words.begin(), words.end(), [&names](const std::string& word) {
    return is_among(names, word);
  });
  return wrong_usage(
      in_quotes(option) + " stands before the command. The command comes first: " + "refundkit " +
      (command == words.end() ? "COMMAND" : *command) + " " + visible(option) + " ...");
}

/// What stands where the command is expected, if it is none.
std::optional<Error> refuse_command(const CLI::App& app, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (starts_as_option(word)) {
      if (auto early = refuse_early_option(app, option_name(word), words)) return early;
      continue;
    }
    if (std::find(journal_commands.begin(), journal_commands.end(), word) !=
        journal_commands.end()) {
      return wrong_configuration(in_quotes(word) +
                                 " needs a journal; this version keeps none. Nothing was sent.");
    }
    const auto names = command_names(app);
    if (is_among(names, word)) return std::nullopt;
    return wrong_usage("There is no command " + in_quotes(word) + "." + did_you_mean(word, names));
  }
  return std::nullopt;
}

const CLI::App* find_command(const CLI::App& app, const std::string& name) {
  for (const CLI::App* command : app.get_subcommands({})) {
    if (command->get_name() == name) return command;
  }
  return nullptr;
}

std::optional<Error> refuse_nested(const CLI::App& command, const std::string& word) {
  const auto names = command_names(command);
  if (names.empty() || starts_as_option(word)) return std::nullopt;
  return wrong_usage("There is no command " + in_quotes(word) + " here." +
                     did_you_mean(word, names));
}

std::optional<Error> refuse_unknown(const CLI::App& command, const std::string& option) {
  const auto known = option_names(command);
  if (is_among(known, option)) return std::nullopt;
  return wrong_usage("There is no option " + in_quotes(option) + " here." +
                     did_you_mean(option, known));
}

/// CLI11 would complain of what is missing before it complains of what it does not know.
std::optional<Error> refuse_option(const CLI::App& app, const std::vector<std::string>& words,
                                   const std::set<std::string>& with_value) {
  const CLI::App* command = &app;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (is_option(word)) {
      if (auto unknown = refuse_unknown(*command, option_name(word))) return unknown;
      if (with_value.count(word) != 0) ++at;
    } else if (const CLI::App* next = find_command(*command, word)) {
      command = next;
    } else if (auto none = refuse_nested(*command, word)) {
      return none;
    }
  }
  return std::nullopt;
}

/// The words that found no place, in the order in which they were typed.
std::string unexpected(const CLI::App& app, const std::vector<std::string>& words) {
  const std::vector<std::string> left = app.remaining(true);
  std::string list;
  for (const std::string& word : words) {
    if (is_among(left, word)) list += (list.empty() ? "" : ", ") + in_quotes(word);
  }
  return "Not expected here: " + list + ".";
}

/// "refundkit webhook verify", as far as the words name a command.
std::string named_command(const CLI::App& app, const std::vector<std::string>& words) {
  std::string path = app.get_name();
  const CLI::App* command = &app;
  for (const std::string& word : words) {
    const CLI::App* next = find_command(*command, word);
    if (next == nullptr) continue;
    command = next;
    path += " " + word;
  }
  return path;
}

/// What is wrong with the words, and where to read how they go.
class Complaint {
 public:
  Complaint(const CLI::App& app, const std::vector<std::string>& words)
      : help_("\nFor help: " + named_command(app, words) + " --help") {}

  [[nodiscard]] ParseEnd of(const Error& error) const {
    const ExitStatus status = status_of_complaint(error);
    const bool help_helps = status == ExitStatus::wrong_usage;
    return {status, {}, error.message + (help_helps ? help_ : "")};
  }

 private:
  std::string help_;
};

/// CLI11 leaves blank lines where groups of options meet.
std::string without_stray_blanks(const std::string& text) {
  std::string clean;
  for (const char letter : text) {
    if (letter == '\n') clean.erase(clean.find_last_not_of(' ') + 1);
    const bool third =
        letter == '\n' && clean.size() > 1 && clean.compare(clean.size() - 2, 2, "\n\n") == 0;
    if (!third) clean += letter;
  }
  clean.erase(clean.find_last_not_of('\n') + 1);
  return clean + "\n";
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

  const Complaint complaint(app, words);
  if (const auto error = refuse_command(app, words)) return complaint.of(*error);
  std::set<std::string> with_value;
  collect_options_with_value(app, with_value);
  auto separated = separate_values(words, with_value);
  if (const auto* error = std::get_if<Error>(&separated)) return complaint.of(*error);
  if (const auto error = refuse_option(app, std::get<0>(separated), with_value)) {
    return complaint.of(*error);
  }

  auto& reversed = std::get<0>(separated);
  std::reverse(reversed.begin(), reversed.end());
  try {
    app.parse(reversed);
  } catch (const CLI::Success& success) {
    std::ostringstream answer;
    std::ostringstream nothing;
    app.exit(success, answer, nothing);
    return ParseEnd{ExitStatus::ok, without_stray_blanks(answer.str()), {}};
  } catch (const CLI::ExtrasError&) {
    return complaint.of(wrong_usage(unexpected(app, words)));
  } catch (const CLI::ParseError& error) {
    return complaint.of(wrong_usage(one_line(error.what())));
  }
  const std::string typed = typed_command(app);
  arguments.command_text = typed.substr(typed.find(' ') + 1);
  return arguments;
}

}  // namespace refundkit::cli
