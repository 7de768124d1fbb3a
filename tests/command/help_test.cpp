#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command.hpp"

namespace refundkit_tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

TEST(HelpTest, IsAnAnswerAndShowsAnExampleForEveryCommand) {
  const std::vector<Words> commands{{"refund"},  {"void"},      {"query"},
                                    {"refunds"}, {"plan"},      {"reverse"},
                                    {"resolve"}, {"providers"}, {"webhook", "verify"},
                                    {"sandbox"}, {"completion"}};
  for (const Words& command : commands) {
    SCOPED_TRACE(command.back());
    const Answer answer = run_command(joined(command, {"--help"}), {});
    EXPECT_EQ(answer.status, 0);
    EXPECT_THAT(answer.output, HasSubstr("Example:\n  refundkit " + command.front()));
    EXPECT_THAT(answer.output, HasSubstr("5 unknown (resolve it)"));
    EXPECT_THAT(answer.output, Not(HasSubstr("\n\n\n")));
    EXPECT_THAT(answer.output, Not(HasSubstr(" \n")));
    EXPECT_THAT(answer.errors, IsEmpty());
  }
}

TEST(HelpTest, OfTheWholeNamesCommandsAndExitStatus) {
  const Answer answer = run_command({"--help"}, {});

  EXPECT_EQ(answer.status, 0);
  EXPECT_THAT(answer.output, HasSubstr("refund"));
  EXPECT_THAT(answer.output, HasSubstr("Exit status"));
  EXPECT_EQ(run_command({"-h"}, {}).output, answer.output);
  EXPECT_EQ(run_command({"webhook", "-h"}, {}).status, 0);
}

TEST(HelpTest, OffersNothingThatThisVersionRefuses) {
  std::string text = run_command({"--help"}, {}).output;
  for (const std::string command : {"refund", "void", "reverse", "resolve"}) {
    text += run_command({command, "--help"}, {}).output;
  }
  text += run_command({"completion", "bash"}, {}).output;

  for (const std::string word :
       {"--policy", "--when-ready", "--all", "--verdict", "history", "worker", "reconcile"}) {
    EXPECT_THAT(text, Not(HasSubstr(word)));
  }
}

TEST(HelpTest, VersionIsAnAnswer) {
  const Answer answer = run_command({"--version"}, {});

  EXPECT_EQ(answer.status, 0);
  EXPECT_THAT(answer.output, StartsWith("refundkit "));
}

TEST(ProvidersTest, TellsCapabilitiesRulesAndSettings) {
  const Answer answer = run_command({"providers", "--provider", "stripe", "--json"}, {});

  EXPECT_EQ(answer.status, 0);
  expect_fields(answer, {{"provider", "stripe"},
                         {"capabilities.refund", "true"},
                         {"capabilities.partial_refund", "true"},
                         {"capabilities.void_payment", "true"},
                         {"deduplicates", "true"}});
  EXPECT_THAT(answer.output, HasSubstr("\"variable\":\"REFUNDKIT_STRIPE_SECRET_KEY\""));
  EXPECT_THAT(answer.output, Not(HasSubstr("\"rules\":[]")));
}

TEST(ProvidersTest, IsReadableWithoutJson) {
  const Answer answer = run_command({"providers"}, {});

  EXPECT_EQ(answer.status, 0);
  EXPECT_THAT(answer.output, HasSubstr("REFUNDKIT_STRIPE_SECRET_KEY (required)"));
  EXPECT_LT(answer.output.find("Settings\n"), answer.output.find("Rules\n"));
}

TEST(CompletionTest, ScriptOffersCommandsOptionsAndProviders) {
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    SCOPED_TRACE(shell);
    const Answer answer = run_command({"completion", shell}, {});
    EXPECT_EQ(answer.status, 0);
    EXPECT_THAT(answer.output, HasSubstr("refunds"));
    EXPECT_THAT(answer.output, HasSubstr("idempotency-key"));
    EXPECT_THAT(answer.output, HasSubstr("stripe"));
  }
}

TEST(CompletionTest, BashCompletesACommandAnOptionAndAProvider) {
  const Answer script = run_command({"completion", "bash"}, {});
  const TemporaryFile file(script.output +
                           "try() { COMP_WORDS=(\"$@\"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));\n"
                           "  _refundkit; echo \"${COMPREPLY[*]}\"; }\n"
                           "try refundkit reso\n"
                           "try refundkit refund --idem\n"
                           "try refundkit refund --provider str\n");
  ChildProcess bash("/bin/bash", {file.path()}, {});

  EXPECT_EQ(bash.read_line(), "resolve");
  EXPECT_EQ(bash.read_line(), "--idempotency-key");
  EXPECT_EQ(bash.read_line(), "stripe");
}

}  // namespace
}  // namespace refundkit_tests
