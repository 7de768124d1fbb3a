#include "refundkit/words.hpp"

#include <gtest/gtest.h>

namespace refundkit {
namespace {

template <class Enum>
void every_word_has_one_text(Enum last) {
  ASSERT_EQ(Words<Enum>::table.size(), static_cast<std::size_t>(last) + 1);
  for (std::size_t at = 0; at < Words<Enum>::table.size(); ++at) {
    const auto word = static_cast<Enum>(at);
    const std::string_view text = to_text(word);
    EXPECT_FALSE(text.empty()) << at;
    EXPECT_EQ(from_text<Enum>(text), word) << text;
  }
}

TEST(WordsTest, EveryEnumeratorHasATextThatReadsBack) {
  every_word_has_one_text(Operation::query);
  every_word_has_one_text(Requested::webhook);
  every_word_has_one_text(Outcome::unknown);
  every_word_has_one_text(PaymentState::unknown);
  every_word_has_one_text(RefundState::canceled);
  every_word_has_one_text(ErrorCode::unclassified);
  every_word_has_one_text(NextAction::contact_provider);
  every_word_has_one_text(MoneyMoved::unknown);
  every_word_has_one_text(Reason::other);
  every_word_has_one_text(PlanAction::none);
}

TEST(WordsTest, AnUnknownTextIsNoWord) {
  EXPECT_FALSE(from_text<Outcome>("done").has_value());
  EXPECT_FALSE(from_text<Outcome>("").has_value());
  EXPECT_FALSE(from_text<Outcome>("Succeeded").has_value());
}

}  // namespace
}  // namespace refundkit
