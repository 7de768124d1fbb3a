#include <algorithm>
#include <limits>

#include "call.hpp"

namespace refundkit::simulation::stripe {
namespace {

constexpr std::int64_t usual_limit = 10;
constexpr std::int64_t highest_limit = 100;

struct CreatedRange {
  std::int64_t from = std::numeric_limits<std::int64_t>::min();
  std::int64_t to = std::numeric_limits<std::int64_t>::max();
};

std::optional<Answer> read_created(const Call& call, CreatedRange& range) {
  for (const auto& [name, text] : call.parameters) {
    if (name.substr(0, 7) != "created") continue;
    const auto seconds = read_integer(text, 0);
    if (!seconds) return bad_integer(name, text);
    if (name == "created[gt]") {
      range.from = std::max(range.from, *seconds + 1);
    } else if (name == "created[gte]") {
      range.from = std::max(range.from, *seconds);
    } else if (name == "created[lt]") {
      range.to = std::min(range.to, *seconds - 1);
    } else if (name == "created[lte]") {
      range.to = std::min(range.to, *seconds);
    } else if (name == "created") {
      range = {*seconds, *seconds};
    } else {
      return invalid_parameter({"invalid_request_error", "parameter_unknown",
                                "Received unknown parameter: " + name, name});
    }
  }
  return std::nullopt;
}

Json::Items within(const Json::Items& all, const CreatedRange& range) {
  Json::Items kept;
  for (const Json& item : all) {
    const std::int64_t created = item.find("created")->integer().value_or(0);
    if (created >= range.from && created <= range.to) kept.push_back(item);
  }
  return kept;
}

std::optional<std::size_t> place_of(const Json::Items& items, const std::string& id) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (*items[i].find_string("id") == id) return i;
  }
  return std::nullopt;
}

// An unknown id in the query is a 400, unlike one in the path (sheet: Query refund).
Answer no_such_cursor(std::string_view kind, const std::string& id, std::string_view param) {
  Answer answer = no_such(kind, id, param);
  answer.status = 400;
  return answer;
}

}  // namespace

Answer list_page(const Call& call, const Json::Items& newest_first, std::string_view kind) {
  std::int64_t limit = usual_limit;
  if (const std::string* text = call.find("limit")) {
    const auto asked = read_integer(*text, 1);
    if (!asked || *asked > highest_limit) return bad_integer("limit", *text);
    limit = *asked;
  }
  CreatedRange range;
  if (auto no = read_created(call, range)) return *no;
  const Json::Items items = within(newest_first, range);

  std::size_t begin = 0;
  std::size_t end = items.size();
  const std::string* before = call.find("ending_before");
  if (const std::string* after = call.find("starting_after")) {
    const auto place = place_of(items, *after);
    if (!place) return no_such_cursor(kind, *after, "starting_after");
    begin = *place + 1;
  } else if (before != nullptr) {
    const auto place = place_of(items, *before);
    if (!place) return no_such_cursor(kind, *before, "ending_before");
    end = *place;
  }
  const auto size = static_cast<std::size_t>(limit);
  const bool has_more = end - begin > size;
  if (has_more && before != nullptr) begin = end - size;
  if (has_more) end = begin + size;

  Json page = Json::array();
  for (std::size_t i = begin; i < end; ++i) page.push(items[i]);
  std::string url;
  for (const std::string& part : call.path) url += "/" + part;
  return {
      200,
      Json::object(
          {{"object", "list"}, {"data", std::move(page)}, {"has_more", has_more}, {"url", url}}),
      true};
}

}  // namespace refundkit::simulation::stripe
