#include "commands.hpp"

namespace refundkit::cli {
namespace {

/// CLI11 leaves such a group out of the help: options that need what this version does not have,
/// and that are refused by name.
constexpr const char* not_offered = "";

constexpr const char* exit_statuses =
    "Exit status: 0 succeeded or pending, 3 somebody must act, 4 failed, 5 unknown (resolve it),\n"
    "64 wrong usage, 70 a defect, 78 wrong configuration. With 64 and 78 nothing was sent.";

/// Options whose value is kept as it was typed.
class Options {
 public:
  explicit Options(CLI::App* command) : command_(command) {}

  CLI::Option* text(const std::string& name, Arguments::Text& target, const std::string& help) {
    return command_->add_option_function<std::string>(
        name, [&target](const std::string& value) { target = value; }, help);
  }
  CLI::Option* flag(const std::string& name, bool& target, const std::string& help) {
    return command_->add_flag(name, target, help);
  }
  void group(const std::string& name) { command_->option_defaults()->group(name); }

 private:
  CLI::App* command_;
};

CLI::App* add_command(CLI::App& app, const std::string& name, const std::string& help,
                      const std::string& example) {
  CLI::App* command = app.add_subcommand(name, help);
  command->footer("Example:\n  refundkit " + example + "\n\n" + exit_statuses);
  return command;
}

/// The words that name a payment in an example.
std::string payment_at(const std::string& provider) {
  return " --provider " + provider + " --payment ID ";
}

void choose(CLI::App* command, Arguments& arguments, Command chosen) {
  command->callback([&arguments, chosen] { arguments.command = chosen; });
}

void add_target(Options options, Arguments& arguments) {
  options.group("Which payment");
  options.text("--provider", arguments.provider, "The payment provider (see: refundkit providers)")
      ->type_name("NAME")
      ->required();
  options.text("--payment", arguments.payment, "The payment's id, as the provider gave it")
      ->type_name("ID")
      ->required();
}

void add_amount(Options options, Arguments& arguments) {
  options.text("--amount", arguments.amount, "A part only: digits with a point, such as 12.50")
      ->type_name("NUMBER");
  options.text("--currency", arguments.currency, "The amount's currency, such as EUR")
      ->type_name("CODE");
}

void add_connection(Options options, Arguments& arguments) {
  options.group("How");
  options
      .text(
          "--account", arguments.account,
          "The merchant's own name for one of several accounts at the provider (default: default)")
      ->type_name("NAME");
  options
      .text("--timeout", arguments.timeout, "Give up after so many seconds in all (default: 60)")
      ->type_name("SECONDS");
  options
      .text("--retries", arguments.retries,
            "Repeat a request so often, where that cannot pay twice (default: 2)")
      ->type_name("NUMBER");
  options.text("--config", arguments.config, "Settings as a JSON file (docs/configuration.md)")
      ->type_name("FILE");
  options.text("--journal", arguments.journal, "Only \"none\" in this version: no memory is kept")
      ->type_name("URL");
  options.flag("--json", arguments.json, "Print one JSON object a line (docs/result.md)");
}

void add_terms(Options options, Arguments& arguments) {
  options.group("What for");
  options
      .text("--reference", arguments.reference,
            "Your own number for this return (an RMA, a ticket): repeats under it, also at the "
            "same time, are one operation; without it they are not")
      ->type_name("TEXT");
  options
      .text("--idempotency-key", arguments.idempotency_key,
            "The operation's key itself, in place of a reference")
      ->type_name("KEY");
  options
      .text("--reason", arguments.reason, "duplicate, fraudulent, requested_by_customer or other")
      ->type_name("WORD");
  options.text("--note", arguments.note, "Why, in your words; never sent to the provider")
      ->type_name("TEXT");
  options.text("--actor", arguments.actor, "Who asks for it; never sent to the provider")
      ->type_name("NAME");
  options.text("--line-items", arguments.line_items, "The order's lines: a JSON array in a file")
      ->type_name("FILE");
  options.flag("--again", arguments.again,
               "Do it although an equal operation was made a moment ago");
  options.flag("--dry-run", arguments.dry_run,
               "Only say what would be done and why; send nothing that moves money");
  options.text("--policy", arguments.policy, "The merchant's own rules")->group(not_offered);
}

void add_money_commands(CLI::App& app, Arguments& arguments, const std::string& provider) {
  CLI::App* refund = add_command(
      app, "refund", "Give the money back: all that is left, or a part of it",
      "refund" + payment_at(provider) + "--amount 12.50 --currency EUR --reference RMA-1009");
  choose(refund, arguments, Command::refund);
  add_target(Options(refund), arguments);
  add_amount(Options(refund), arguments);
  add_terms(Options(refund), arguments);
  add_connection(Options(refund), arguments);

  CLI::App* cancel =
      add_command(app, "void", "Cancel a payment before the money moves, or a pending refund",
                  "void" + payment_at(provider) + "--reference RMA-1010");
  choose(cancel, arguments, Command::void_payment);
  add_target(Options(cancel), arguments);
  Options(cancel)
      .text("--refund", arguments.refund, "Cancel this refund, which is still pending, instead")
      ->type_name("ID");
  add_terms(Options(cancel), arguments);
  add_connection(Options(cancel), arguments);

  CLI::App* reverse =
      add_command(app, "reverse", "Void or refund, whichever the provider's rules allow now",
                  "reverse" + payment_at(provider) + "--reference RMA-1011");
  choose(reverse, arguments, Command::reverse);
  add_target(Options(reverse), arguments);
  add_amount(Options(reverse), arguments);
  Options(reverse)
      .flag("--when-ready", arguments.when_ready, "Queue what must wait")
      ->group(not_offered);
  add_terms(Options(reverse), arguments);
  add_connection(Options(reverse), arguments);
}

void add_reading_commands(CLI::App& app, Arguments& arguments, const std::string& provider) {
  CLI::App* plan =
      add_command(app, "plan", "Say what reverse would do now, and why; nothing is sent",
                  "plan" + payment_at(provider));
  choose(plan, arguments, Command::plan);
  add_target(Options(plan), arguments);
  add_amount(Options(plan), arguments);
  add_connection(Options(plan), arguments);

  CLI::App* query =
      add_command(app, "query", "Ask the provider how a payment, or one of its refunds, stands",
                  "query" + payment_at(provider));
  choose(query, arguments, Command::query);
  add_target(Options(query), arguments);
  Options(query).text("--refund", arguments.refund, "This refund of the payment")->type_name("ID");
  add_connection(Options(query), arguments);

  CLI::App* refunds = add_command(app, "refunds", "List a payment's refunds, newest first",
                                  "refunds" + payment_at(provider));
  choose(refunds, arguments, Command::refunds);
  add_target(Options(refunds), arguments);
  add_connection(Options(refunds), arguments);
}

void add_resolve(CLI::App& app, Arguments& arguments, const std::string& provider) {
  CLI::App* resolve =
      add_command(app, "resolve", "Find out what became of an operation that ended unknown",
                  "resolve" + payment_at(provider) +
                      "--operation KEY\n"
                      "  (KEY is the idempotency_key that the operation printed)");
  choose(resolve, arguments, Command::resolve);
  Options options(resolve);
  options.group("Which operation");
  options.text("--operation", arguments.operation, "The operation's key, as it was printed")
      ->type_name("KEY");
  options.text("--provider", arguments.provider, "The payment provider")->type_name("NAME");
  options.text("--payment", arguments.payment, "The payment's id")->type_name("ID");
  options.text("--amount", arguments.amount, "The amount that was sent, if you know it")
      ->type_name("NUMBER");
  options.text("--currency", arguments.currency, "The amount's currency")->type_name("CODE");
  options.text("--refund", arguments.refund, "For a lost void of a refund: that refund")
      ->type_name("ID");
  options.flag("--read-only", arguments.read_only,
               "Only read (without a journal it never does more)");
  options.flag("--all", arguments.all, "Every unknown operation")->group(not_offered);
  options.text("--verdict", arguments.verdict, "happened or did-not")->group(not_offered);
  options.text("--actor", arguments.actor, "Who gives the verdict")->group(not_offered);
  options.text("--note", arguments.note, "On what evidence")->group(not_offered);
  add_connection(Options(resolve), arguments);
}

void add_webhook(CLI::App& app, Arguments& arguments, const std::string& provider) {
  CLI::App* webhook = app.add_subcommand("webhook", "Notifications from a provider");
  webhook->require_subcommand(1);
  webhook->add_flag("--json", arguments.json, "Print one JSON object a line");
  CLI::App* verify = add_command(
      *webhook, "verify", "Check a notification's signature and print what it tells",
      "webhook verify --provider " + provider +
          " --headers headers.txt --body body.json\n"
          "  (headers.txt: one \"Name: value\" a line; body.json: the bytes as they arrived)");
  choose(verify, arguments, Command::webhook_verify);
  Options options(verify);
  options.text("--provider", arguments.provider, "The payment provider")
      ->type_name("NAME")
      ->required();
  options.text("--headers", arguments.headers, "The request's headers, one a line")
      ->type_name("FILE")
      ->required();
  options.text("--body", arguments.body, "The request's body, byte for byte")
      ->type_name("FILE")
      ->required();
  options.text("--account", arguments.account, "The merchant's own name for the account")
      ->type_name("NAME");
  options.text("--config", arguments.config, "Settings as a JSON file")->type_name("FILE");
  options.flag("--json", arguments.json, "Print one JSON object a line");
}

void add_other_commands(CLI::App& app, Arguments& arguments, const std::string& provider) {
  CLI::App* providers = add_command(
      app, "providers", "What each provider can do, by which rules, and which settings it needs",
      "providers --provider " + provider);
  choose(providers, arguments, Command::providers);
  Options list(providers);
  list.text("--provider", arguments.provider, "This provider only")->type_name("NAME");
  list.flag("--json", arguments.json, "Print one JSON object a line");

  CLI::App* sandbox =
      add_command(app, "sandbox", "Serve the simulated providers until it is told to end",
                  "sandbox --port 8080\n"
                  "  (then, in another shell, set the variables that its first line names)");
  choose(sandbox, arguments, Command::sandbox);
  Options serve(sandbox);
  serve.text("--port", arguments.port, "Listen here (default: 8080; 0: any free port)")
      ->type_name("NUMBER");
  serve.flag("--tls", arguments.tls, "Speak https with a certificate made for this run");
  serve.flag("--json", arguments.json, "Its first line is JSON in any case");
  serve.flag("--export", arguments.export_shell, "Print the variables as shell lines");
  serve.text("--webhook-url", arguments.webhook_url, "Deliver the notifications to this address")
      ->type_name("URL");

  CLI::App* completion =
      add_command(app, "completion", "Print a script that completes these commands in your shell",
                  "completion bash > ~/.local/share/bash-completion/completions/refundkit");
  choose(completion, arguments, Command::completion);
  Options(completion)
      .text("shell", arguments.shell, "bash, zsh or fish")
      ->type_name("SHELL")
      ->required();
}

/// The last option of each, in its last group.
void put_help_last(CLI::App& app) {
  for (CLI::App* command : app.get_subcommands({})) {
    command->set_help_flag("-h,--help", "Print this help");
    put_help_last(*command);
  }
}

}  // namespace

void define_commands(CLI::App& app, Arguments& arguments, const std::string& example_provider) {
  app.require_subcommand(1);
  app.set_version_flag("--version", "refundkit " REFUNDKIT_VERSION);
  app.add_flag("--json", arguments.json, "Print one JSON object a line; may stand anywhere");
  app.footer(std::string("Settings and secrets come from the environment, or from a file given "
                         "with --config; see\n"
                         "docs/configuration.md, and for each provider: refundkit providers\n\n") +
             exit_statuses);
  add_money_commands(app, arguments, example_provider);
  add_reading_commands(app, arguments, example_provider);
  add_resolve(app, arguments, example_provider);
  add_webhook(app, arguments, example_provider);
  add_other_commands(app, arguments, example_provider);
  put_help_last(app);
}

}  // namespace refundkit::cli
