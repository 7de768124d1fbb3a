#pragma once

#include "refundkit/adapter.hpp"
#include "refundkit/http/message.hpp"
#include "refundkit/result.hpp"

namespace refundkit {
inline namespace v0 {

/// A request with its credentials in place. Wipes every text that holds one when it goes.
class FilledRequest {
 public:
  /// Fails as Adapter::credential() does, or with `configuration_error` for a slot out of place.
  static Result<FilledRequest> fill(const HttpRequest& request, const Adapter& adapter);

  FilledRequest(FilledRequest&&) noexcept = default;
  FilledRequest& operator=(FilledRequest&&) = delete;
  ~FilledRequest();

  HttpRequest request;

 private:
  explicit FilledRequest(HttpRequest unfilled) : request(std::move(unfilled)) {}
};

}  // namespace v0
}  // namespace refundkit
