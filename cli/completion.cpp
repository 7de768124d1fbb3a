#include "completion.hpp"

#include <CLI/CLI.hpp>
#include <sstream>
#include <vector>

#include "commands.hpp"
#include "output.hpp"
#include "visible.hpp"

namespace refundkit::cli {
namespace {

/// One command as a shell must know it.
struct CompletedCommand {
  std::string name;
  std::string help;
  std::vector<std::string> nested;
  std::vector<const CLI::Option*> options;
};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> long_names(const CompletedCommand& command) {
  std::vector<std::string> names = command.nested;
  for (const CLI::Option* option : command.options) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

void add_options(CompletedCommand& command, const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    // An option of no group is not offered.
    if (!option->get_group().empty()) command.options.push_back(option);
  }
}

std::vector<CompletedCommand> completed_commands(const CLI::App& app) {
  std::vector<CompletedCommand> commands;
  for (const CLI::App* each : app.get_subcommands({})) {
    CompletedCommand command{each->get_name(), each->get_description(), {}, {}};
    add_options(command, *each);
    for (const CLI::App* nested : each->get_subcommands({})) {
      command.nested.push_back(nested->get_name());
      add_options(command, *nested);
    }
    commands.push_back(std::move(command));
  }
  return commands;
}

/// Options whose values are few, with those values.
std::vector<std::pair<std::string, std::string>> known_values(const std::string& providers) {
  std::vector<std::string> reasons;
  reasons.reserve(Words<Reason>::table.size());
  for (const auto& [reason, word] : Words<Reason>::table) reasons.emplace_back(word);
  return {{"provider", providers}, {"reason", joined(reasons)}, {"journal", "none"}};
}

std::vector<std::string> names_of(const std::vector<CompletedCommand>& commands) {
  std::vector<std::string> names;
  names.reserve(commands.size());
  for (const CompletedCommand& command : commands) names.push_back(command.name);
  return names;
}

std::string bash_script(const std::vector<CompletedCommand>& commands,
                        const std::string& providers) {
  std::ostringstream script;
  script << "_refundkit() {\n"
            "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=\n"
            "  case $before in\n";
  for (const auto& [option, values] : known_values(providers)) {
    script << "    --" << option << ") words='" << values << "' ;;\n";
  }
  script << "    --config|--headers|--body|--line-items)\n"
            "      COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n"
            "    *) case ${COMP_WORDS[1]} in\n";
  for (const CompletedCommand& command : commands) {
    const std::string values =
        command.name == "completion" ? "bash zsh fish" : joined(long_names(command));
    script << "      " << command.name << ") words='" << values << "' ;;\n";
  }
  script << "      *) words='" << joined(names_of(commands)) << " --help --version --json' ;;\n"
         << "    esac ;;\n"
            "  esac\n"
            "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
            "}\n"
            "complete -F _refundkit refundkit\n";
  return script.str();
}

/// zsh runs bash's completions as they are.
std::string zsh_script(const std::vector<CompletedCommand>& commands,
                       const std::string& providers) {
  return "#compdef refundkit\n"
         "autoload -U +X bashcompinit && bashcompinit\n" +
         bash_script(commands, providers);
}

void write_fish_option(std::ostream& script, const std::string& command,
                       const CLI::Option& option) {
  const char* takes_value = option.get_items_expected_max() > 0 ? " -r" : "";
  for (const std::string& name : option.get_lnames()) {
    script << "complete -c refundkit -n '__fish_seen_subcommand_from " << command << "' -l " << name
           << takes_value << " -d " << shell_word(option.get_description()) << "\n";
  }
}

std::string fish_script(const std::vector<CompletedCommand>& commands,
                        const std::string& providers) {
  std::ostringstream script;
  for (const CompletedCommand& command : commands) {
    script << "complete -c refundkit -f -n __fish_use_subcommand -a " << command.name << " -d "
           << shell_word(command.help) << "\n";
    for (const std::string& nested : command.nested) {
      script << "complete -c refundkit -f -n '__fish_seen_subcommand_from " << command.name
             << "' -a " << nested << "\n";
    }
    for (const CLI::Option* option : command.options) {
      write_fish_option(script, command.name, *option);
    }
  }
  for (const auto& [option, values] : known_values(providers)) {
    script << "complete -c refundkit -x -l " << option << " -a '" << values << "'\n";
  }
  script << "complete -c refundkit -f -n '__fish_seen_subcommand_from completion' "
            "-a 'bash zsh fish'\n";
  return script.str();
}

}  // namespace

ExitStatus run_completion(const Arguments& arguments, const ProviderRegistry& registry) {
  std::string providers;
  for (const Provider* provider : registry.all()) {
    providers += (providers.empty() ? "" : " ") + provider->capabilities().provider.str();
  }
  Arguments unused;
  CLI::App app("", "refundkit");
  define_commands(app, unused, providers);
  const auto commands = completed_commands(app);

  const std::string shell = arguments.shell.value_or("");
  if (shell == "bash") return put_answer(bash_script(commands, providers), ExitStatus::ok);
  if (shell == "zsh") return put_answer(zsh_script(commands, providers), ExitStatus::ok);
  if (shell == "fish") return put_answer(fish_script(commands, providers), ExitStatus::ok);
  return put_complaint(wrong_usage("completion is for bash, zsh or fish."));
}

}  // namespace refundkit::cli
