#include "refundkit/result.hpp"

#include <gtest/gtest.h>

#include <string>

namespace refundkit {
namespace {

TEST(ResultTest, HoldsAValueOrAnError) {
  const Result<int> value = 7;
  const Result<int> error = Error{ErrorCode::timeout, "No answer."};
  EXPECT_TRUE(value.has_value());
  EXPECT_EQ(*value, 7);
  EXPECT_FALSE(error.has_value());
  EXPECT_EQ(error.error().code, ErrorCode::timeout);
}

TEST(ResultTest, AskingForWhatIsNotThereIsACallersDefect) {
  const Result<std::string> error = Error{ErrorCode::timeout, "No answer."};
  const Result<std::string> value = std::string("here");
  EXPECT_THROW(static_cast<void>(error.value()), std::logic_error);
  EXPECT_THROW(static_cast<void>(value.error()), std::logic_error);
  EXPECT_THROW(static_cast<void>(Result<void>().error()), std::logic_error);
}

}  // namespace
}  // namespace refundkit
