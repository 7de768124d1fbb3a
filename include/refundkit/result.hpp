#pragma once

#include <optional>
#include <stdexcept>
#include <utility>
#include <variant>

#include "refundkit/error.hpp"

namespace refundkit {
inline namespace v0 {

/// A value, or the Error that stands in its place. Member names as in std::expected.
///
/// value() on an error throws std::logic_error: that is a defect of the caller.
/// Thread safety: as of a plain value.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool has_value() const noexcept { return content_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  [[nodiscard]] const T& value() const& {
    require(has_value());
    return *std::get_if<0>(&content_);
  }
  [[nodiscard]] T&& value() && {
    require(has_value());
    return std::move(*std::get_if<0>(&content_));
  }
  [[nodiscard]] const Error& error() const& {
    require(!has_value());
    return *std::get_if<1>(&content_);
  }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }

 private:
  static void require(bool present) {
    if (!present) throw std::logic_error("refundkit::Result: the other alternative is present");
  }
  std::variant<T, Error> content_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  [[nodiscard]] bool has_value() const noexcept { return !error_; }
  explicit operator bool() const noexcept { return has_value(); }
  [[nodiscard]] const Error& error() const {
    if (!error_) throw std::logic_error("refundkit::Result: no error is present");
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

}  // namespace v0
}  // namespace refundkit
