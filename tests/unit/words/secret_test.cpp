#include "refundkit/secret.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <type_traits>
#include <utility>

namespace refundkit {
namespace {

template <class T, class = void>
struct IsPrintable : std::false_type {};
template <class T>
struct IsPrintable<T, std::void_t<decltype(std::declval<std::ostream&>() << std::declval<T>())>>
    : std::true_type {};

static_assert(IsPrintable<int>::value);
static_assert(!IsPrintable<Secret>::value, "a secret must not be printable");
static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);

TEST(SecretTest, GivesItsBytesOnlyWhenAskedByName) {
  EXPECT_EQ(Secret("sk_test_1").reveal(), "sk_test_1");
  EXPECT_TRUE(Secret().empty());
}

TEST(SecretTest, MovedFromSecretHoldsNothing) {
  Secret first("a secret long enough to live on the heap, not inside the string");
  const Secret second = std::move(first);
  EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): what a move leaves is the point
  EXPECT_FALSE(second.empty());
}

TEST(SecretTest, WipeOverwritesTheBytesWhereTheyLay) {
  std::string text = "a secret long enough to live on the heap, not inside the string";
  const char* place = text.data();
  const std::size_t size = text.size();
  wipe(text);
  EXPECT_TRUE(text.empty());
  ASSERT_EQ(text.data(), place);
  ASSERT_GE(text.capacity(), size);
  text.resize(0);
  for (std::size_t at = 1; at < size; ++at) EXPECT_EQ(place[at], '\0') << at;
}

}  // namespace
}  // namespace refundkit
