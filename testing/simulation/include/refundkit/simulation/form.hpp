#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace refundkit::simulation {

using FormFields = std::vector<std::pair<std::string, std::string>>;

/// "%5B" is "[", and "+" a blank. What is not an escape stays as it is.
std::string decode_form_text(std::string_view text);
/// Escapes all but letters, digits and "-._~".
std::string encode_form_text(std::string_view text);
/// Fields of an application/x-www-form-urlencoded body or a query, in order.
FormFields parse_form(std::string_view text);
/// The first field of that name; nullptr if there is none.
const std::string* find_field(const FormFields& fields, std::string_view name);
/// The parts of "/v1/refunds/re_1", each unescaped.
std::vector<std::string> path_parts(std::string_view path);

}  // namespace refundkit::simulation
