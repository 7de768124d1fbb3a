#pragma once

#include <string_view>
#include <vector>

#include "refundkit/http/message.hpp"
#include "refundkit/result.hpp"

namespace refundkit::cli {

/// The headers of a request from a file: one `Name: value` a line, a request line before them or
/// not; or a JSON object `{"Name":"value"}`; or a JSON array of `["Name","value"]` or
/// `{"name":"Name","value":"value"}`. Fails with wrong usage.
Result<std::vector<HttpHeader>> parse_headers(std::string_view text);

}  // namespace refundkit::cli
