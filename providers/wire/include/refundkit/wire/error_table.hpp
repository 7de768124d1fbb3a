#pragma once

#include <cstddef>
#include <string_view>

#include "refundkit/words.hpp"

namespace refundkit::wire {

/// May the same bytes be sent again after an answer with this code?
enum class Repeatable { no, same_key, after_wait };

/// One row of a provider's error table: what its code means in our words.
struct ErrorRow {
  /// As the provider sends it; for texts without a code a pattern, see matches().
  std::string_view provider_code;
  /// The field that carries the code.
  std::string_view where;
  ErrorCode code = ErrorCode::unclassified;
  NextAction next = NextAction::contact_provider;
  Repeatable repeatable = Repeatable::no;
  /// What it means, for a person.
  std::string_view text;
};

/// Do the pieces of `pattern` between its "..." stand in `text`, in their order? Letter case is
/// ignored, and text before, between and after the pieces too.
bool matches(std::string_view pattern, std::string_view text) noexcept;

/// A provider's rows, compiled in; looks them up and knows no provider.
class ErrorTable {
 public:
  template <std::size_t size>
  constexpr explicit ErrorTable(const ErrorRow (&rows)[size]) noexcept : rows_(rows), size_(size) {}

  /// The first row with exactly this code in this field; nullptr if there is none.
  [[nodiscard]] const ErrorRow* find(std::string_view where, std::string_view code) const noexcept;
  /// The first row of this field whose pattern matches the text; nullptr if there is none.
  [[nodiscard]] const ErrorRow* find_text(std::string_view where,
                                          std::string_view text) const noexcept;

  [[nodiscard]] const ErrorRow* begin() const noexcept { return rows_; }
  [[nodiscard]] const ErrorRow* end() const noexcept { return rows_ + size_; }

 private:
  const ErrorRow* rows_;
  std::size_t size_;
};

}  // namespace refundkit::wire
