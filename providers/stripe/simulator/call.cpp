#include "call.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace refundkit::simulation::stripe {
namespace {

constexpr std::size_t most_metadata = 50;
constexpr std::size_t longest_metadata_key = 40;
constexpr std::size_t longest_metadata_value = 500;

bool is_expand(std::string_view name) { return name.substr(0, 7) == "expand["; }

std::string_view up_to(char end, std::string_view text) { return text.substr(0, text.find(end)); }

Answer too_much_metadata(std::string message, std::string param) {
  return invalid_parameter({"invalid_request_error", "", std::move(message), std::move(param)});
}

}  // namespace

Answer refuse(int status, const ErrorFields& fields) {
  Json error = Json::object();
  if (!fields.code.empty()) {
    std::string page = fields.code;
    std::replace(page.begin(), page.end(), '_', '-');
    error.set("code", fields.code);
    error.set("doc_url", "https://stripe.com/docs/error-codes/" + page);
  }
  if (!fields.message.empty()) error.set("message", fields.message);
  if (!fields.param.empty()) error.set("param", fields.param);
  error.set("type", fields.type);
  return {status, Json::object({{"error", std::move(error)}}), true};
}

Answer invalid_parameter(const ErrorFields& fields) {
  Answer answer = refuse(400, fields);
  answer.kept = false;
  return answer;
}

Answer no_such(std::string_view kind, std::string_view id, std::string_view param) {
  std::string message = "No such " + std::string(kind) + ": '" + std::string(id) + "'";
  if (id.find("_live_") != std::string_view::npos) {
    message +=
        "; a similar object exists in live mode, but a test mode key was used to make this "
        "request.";
  }
  return refuse(404, {"invalid_request_error", "resource_missing", message, std::string(param)});
}

std::optional<Answer> refuse_unknown_parameters(const Call& call,
                                                std::initializer_list<std::string_view> allowed) {
  for (const auto& [name, value] : call.parameters) {
    const std::string_view root = up_to('[', name);
    if (std::find(allowed.begin(), allowed.end(), root) == allowed.end()) {
      return invalid_parameter({"invalid_request_error", "parameter_unknown",
                                "Received unknown parameter: " + name, name});
    }
  }
  return std::nullopt;
}

std::optional<std::int64_t> read_integer(const std::string& text, std::int64_t least) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || value < least) return std::nullopt;
  return value;
}

Answer bad_integer(std::string_view name, const std::string& text) {
  const bool whole = read_integer(text, std::numeric_limits<std::int64_t>::min()).has_value();
  const std::string message =
      whole ? "This value must be greater than or equal to 1." : "Invalid integer: " + text;
  return invalid_parameter(
      {"invalid_request_error", "parameter_invalid_integer", message, std::string(name)});
}

std::optional<bool> read_flag(const std::string& text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

std::optional<Answer> read_metadata(const Call& call, Json& metadata) {
  constexpr std::string_view prefix = "metadata[";
  std::size_t count = 0;
  for (const auto& [name, value] : call.parameters) {
    if (name == "metadata" && value.empty()) continue;
    if (name.substr(0, 8) != "metadata") continue;
    const std::string key = name.size() > prefix.size()
                                ? name.substr(prefix.size(), name.size() - prefix.size() - 1)
                                : std::string();
    const bool formed = name.compare(0, prefix.size(), prefix) == 0 && name.back() == ']';
    if (!formed || key.empty() || key.find_first_of("[]") != std::string::npos) {
      return too_much_metadata("Invalid object", "metadata");
    }
    if (key.size() > longest_metadata_key) {
      return too_much_metadata("Metadata keys can only contain up to 40 characters.", name);
    }
    if (value.size() > longest_metadata_value) {
      return too_much_metadata("Metadata values can have up to 500 characters.", name);
    }
    metadata.set(key, value);
    ++count;
  }
  if (count > most_metadata) {
    return too_much_metadata("Metadata can have up to 50 keys.", "metadata");
  }
  return std::nullopt;
}

bool Expand::wants(std::string_view property) const {
  return std::any_of(paths_.begin(), paths_.end(),
                     [&](std::string_view path) { return up_to('.', path) == property; });
}

Expand Expand::below(std::string_view property) const {
  std::vector<std::string> rest;
  for (const std::string& path : paths_) {
    const std::size_t point = path.find('.');
    if (point != std::string::npos && path.compare(0, point, property) == 0) {
      rest.push_back(path.substr(point + 1));
    }
  }
  return Expand(std::move(rest));
}

Expand read_expand(const Call& call) {
  std::vector<std::string> paths;
  for (const auto& [name, value] : call.parameters) {
    if (is_expand(name)) paths.push_back(value);
  }
  return Expand(std::move(paths));
}

std::optional<Answer> refuse_unexpandable(const Expand& expand,
                                          std::initializer_list<std::string_view> expandable) {
  for (const std::string& path : expand.paths()) {
    const std::string_view root = up_to('.', path);
    if (std::find(expandable.begin(), expandable.end(), root) == expandable.end()) {
      return invalid_parameter({"invalid_request_error", "",
                                "This property cannot be expanded (" + path + ").", "expand"});
    }
  }
  return std::nullopt;
}

}  // namespace refundkit::simulation::stripe
