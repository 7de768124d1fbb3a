#include "refundkit/simulation/fault.hpp"

#include <array>
#include <utility>

#include "refundkit/simulation/decimal.hpp"

namespace refundkit::simulation {
namespace {

constexpr std::array<std::pair<FaultKind, std::string_view>, 10> kinds{{
    {FaultKind::refuse, "refuse"},
    {FaultKind::drop_before, "drop_before"},
    {FaultKind::drop_after, "drop_after"},
    {FaultKind::stall, "stall"},
    {FaultKind::truncate, "truncate"},
    {FaultKind::html, "html"},
    {FaultKind::garbage, "garbage"},
    {FaultKind::status, "status"},
    {FaultKind::late_failure, "late_failure"},
    {FaultKind::hold, "hold"},
}};
constexpr std::array<std::string_view, 5> operations{"refund", "void", "query", "token", "any"};
constexpr std::int64_t longest_stall_ms = 3'600'000;

std::optional<FaultKind> kind_of(std::string_view text) {
  for (const auto& [kind, name] : kinds) {
    if (name == text) return kind;
  }
  return std::nullopt;
}

// A count of 1 or more; 1 if it is absent, nothing if it is something else.
std::optional<int> count_of(const Json* wish) {
  if (wish == nullptr) return 1;
  const auto count = wish->integer();
  if (!count || *count < 1 || *count > 1'000'000'000) return std::nullopt;
  return static_cast<int>(*count);
}

std::optional<Refusal> read_match(const Json& match, FaultScript& script) {
  if (!match.is_object()) return Refusal{"match must be an object"};
  if (const Json* operation = match.find("operation")) {
    bool known = false;
    for (const std::string_view word : operations) {
      known = known || (operation->string() != nullptr && *operation->string() == word);
    }
    if (!known) return Refusal{"match.operation must be refund, void, query, token or any"};
    script.operation = *operation->string();
  }
  const auto nth = count_of(match.find("nth"));
  if (!nth) return Refusal{"match.nth must be a whole number from 1"};
  script.nth = *nth;
  return std::nullopt;
}

std::optional<Refusal> read_stall(const Json* seconds, Fault& fault) {
  if (seconds == nullptr) return std::nullopt;
  const std::string* text = seconds->number_text();
  const auto milliseconds = text == nullptr ? std::nullopt : parse_decimal(*text, 3);
  if (!milliseconds || *milliseconds > longest_stall_ms) {
    return Refusal{"seconds must be a number from 0 to 3600 with at most three decimals"};
  }
  fault.stall = std::chrono::milliseconds(*milliseconds);
  return std::nullopt;
}

std::optional<Refusal> read_status(const Json* status, Fault& fault) {
  const bool needed = fault.kind == FaultKind::status;
  const bool used = needed || fault.kind == FaultKind::html || fault.kind == FaultKind::garbage;
  if (!used || (status == nullptr && !needed)) return std::nullopt;
  const auto number = status == nullptr ? std::nullopt : status->integer();
  if (!number || *number < 200 || *number > 599) {
    return Refusal{"status must be a whole number from 200 to 599"};
  }
  fault.status = static_cast<int>(*number);
  return std::nullopt;
}

std::optional<Refusal> read_retry_after(const Json* wish, Fault& fault) {
  if (wish == nullptr || fault.kind != FaultKind::status) return std::nullopt;
  const std::string* text = wish->string() != nullptr ? wish->string() : wish->number_text();
  if (text == nullptr || text->find_first_of("\r\n") != std::string::npos) {
    return Refusal{"retry_after must be seconds or a date"};
  }
  fault.retry_after = *text;
  return std::nullopt;
}

std::optional<Refusal> read_fault(const Json& wish, Fault& fault) {
  const std::string* word = wish.find_string("fault");
  const auto kind = word == nullptr ? std::nullopt : kind_of(*word);
  if (!kind) {
    return Refusal{
        "fault must be refuse, drop_before, drop_after, stall, truncate, html, garbage, status, "
        "late_failure or hold"};
  }
  fault.kind = *kind;
  if (const Json* changed = wish.find("changed")) {
    fault.changed = changed->boolean();
    if (!fault.changed) return Refusal{"changed must be true or false"};
  }
  if (auto no = read_status(wish.find("status"), fault)) return no;
  if (auto no = read_retry_after(wish.find("retry_after"), fault)) return no;
  if (fault.kind != FaultKind::stall) return std::nullopt;
  return read_stall(wish.find("seconds"), fault);
}

}  // namespace

std::string_view to_text(FaultKind kind) {
  for (const auto& [candidate, name] : kinds) {
    if (candidate == kind) return name;
  }
  return {};
}

std::variant<FaultScript, Refusal> parse_fault_script(const Json& wish) {
  FaultScript script;
  const std::string* provider = wish.find_string("provider");
  if (provider == nullptr) return Refusal{"provider is missing"};
  script.provider = *provider;
  if (const Json* match = wish.find("match")) {
    if (auto no = read_match(*match, script)) return *no;
  }
  const auto times = count_of(wish.find("times"));
  if (!times) return Refusal{"times must be a whole number from 1"};
  script.times = *times;
  if (auto no = read_fault(wish, script.fault)) return *no;
  return script;
}

void FaultScripts::add(FaultScript script) { active_.push_back({std::move(script), 0}); }

std::optional<Fault> FaultScripts::strike(std::string_view provider, std::string_view operation) {
  std::optional<Fault> struck;
  for (Active& active : active_) {
    const FaultScript& script = active.script;
    if (script.provider != provider) continue;
    if (script.operation != "any" && script.operation != operation) continue;
    ++active.seen;
    const bool due = active.seen >= script.nth && active.seen - script.nth < script.times;
    if (due && !struck) struck = script.fault;
  }
  return struck;
}

}  // namespace refundkit::simulation
