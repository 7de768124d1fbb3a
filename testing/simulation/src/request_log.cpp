#include "refundkit/simulation/request_log.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

#include "refundkit/simulation/clock.hpp"
#include "refundkit/simulation/form.hpp"

namespace refundkit::simulation {
namespace {

constexpr std::string_view mask = "***";

bool same_word(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  });
}

bool lists_word(const std::vector<std::string>& words, std::string_view word) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& one) { return same_word(one, word); });
}

std::size_t end_of_json_string(const std::string& text, std::size_t open) {
  for (std::size_t i = open + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i;
    }
  }
  return text.size();
}

// "name" : "value" anywhere in the text; works on broken JSON too.
void mask_json(std::string& text, const std::string& name) {
  const std::string quoted = "\"" + name + "\"";
  std::size_t at = text.find(quoted);
  while (at != std::string::npos) {
    at += quoted.size();
    const std::size_t open = text.find_first_not_of(" \t\r\n:", at);
    if (open != std::string::npos && text[open] == '"') {
      const std::size_t close = end_of_json_string(text, open);
      text.replace(open + 1, close - open - 1, mask);
    }
    at = text.find(quoted, at);
  }
}

// <name>value</name>, with or without a namespace before the name.
void mask_xml(std::string& text, const std::string& name) {
  const std::string closing = name + ">";
  std::size_t open = text.find(closing);
  while (open != std::string::npos) {
    const std::size_t begin = open + closing.size();
    const std::size_t end = text.find("</", begin);
    if (end == std::string::npos) {
      text.erase(begin);
      text += mask;
      return;
    }
    text.replace(begin, end - begin, mask);
    const std::size_t end_tag = text.find('>', begin);
    open = end_tag == std::string::npos ? end_tag : text.find(closing, end_tag);
  }
}

std::string mask_form(std::string_view text, const std::vector<std::string>& fields) {
  std::string shown;
  while (!text.empty()) {
    const std::size_t end = text.find('&');
    const std::string_view field = text.substr(0, end);
    const std::size_t equals = field.find('=');
    if (equals != std::string_view::npos &&
        lists_word(fields, decode_form_text(field.substr(0, equals)))) {
      shown.append(field.substr(0, equals + 1)).append(mask);
    } else {
      shown.append(field);
    }
    if (end == std::string_view::npos) break;
    shown += '&';
    text.remove_prefix(end + 1);
  }
  return shown;
}

Json shown_headers(const Simulator& simulator, const Request& request) {
  std::vector<std::string> secret = simulator.secret_headers();
  secret.insert(secret.end(), {"Authorization", "Proxy-Authorization", "Cookie"});
  Json shown = Json::object();
  for (const auto& [name, value] : request.headers) {
    shown.set(name, lists_word(secret, name) ? Json(mask) : Json(value));
  }
  return shown;
}

}  // namespace

std::string mask_fields(std::string body, const std::vector<std::string>& fields) {
  if (fields.empty()) return body;
  const std::size_t first = body.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first == std::string::npos) return body;
  if (body[first] != '{' && body[first] != '[' && body[first] != '<') {
    return mask_form(body, fields);
  }
  for (const std::string& name : fields) {
    if (body[first] == '<') {
      mask_xml(body, name);
    } else {
      mask_json(body, name);
    }
  }
  return body;
}

void RequestLog::add(const Simulator& simulator, const Request& request, const Arrival& arrival) {
  const std::vector<std::string> fields = simulator.secret_fields();
  Json shown = Json::object({{"provider", simulator.name()},
                             {"method", request.method},
                             {"path", request.path},
                             {"query", mask_form(request.query, fields)},
                             {"operation", arrival.operation},
                             {"at", time_text(arrival.at)},
                             {"headers", shown_headers(simulator, request)},
                             {"body", mask_fields(request.body, fields)},
                             {"fault", arrival.fault.empty() ? Json() : Json(arrival.fault)}});
  entries_.push_back({simulator.name(), std::move(shown)});
}

Json RequestLog::entries(std::string_view provider) const {
  Json all = Json::array();
  for (const Entry& entry : entries_) {
    if (provider.empty() || entry.provider == provider) all.push(entry.shown);
  }
  return all;
}

}  // namespace refundkit::simulation
