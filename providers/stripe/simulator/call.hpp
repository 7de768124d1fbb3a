#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "refundkit/simulation/form.hpp"
#include "refundkit/simulation/json.hpp"
#include "refundkit/simulation/simulator.hpp"

namespace refundkit::simulation::stripe {

/// One call after its key was accepted.
struct Call {
  std::string method;
  std::vector<std::string> path;  ///< {"v1", "refunds"}
  FormFields parameters;
  std::string account;  ///< whose objects it sees
  std::string request_id;
  std::string key;  ///< empty: none
  Time now;
  Treatment treatment;

  [[nodiscard]] const std::string* find(std::string_view name) const {
    return find_field(parameters, name);
  }
};

struct Answer {
  int status = 200;
  Json body;
  /// Whether a repeat under the same key gets this again: not where the parameters did not pass
  /// (sheet: Idempotency, "not stored").
  bool kept = true;
};

/// The fields of an error body; empty ones are left out.
struct ErrorFields {
  std::string type = "invalid_request_error";
  std::string code;
  std::string message;
  std::string param;
};

Answer refuse(int status, const ErrorFields& fields);
/// A 400 for parameters that do not pass: not kept under a key.
Answer invalid_parameter(const ErrorFields& fields);
/// "No such refund: 're_1'".
Answer no_such(std::string_view kind, std::string_view id, std::string_view param);

/// The names before a bracket are checked against `allowed`.
std::optional<Answer> refuse_unknown_parameters(const Call& call,
                                                std::initializer_list<std::string_view> allowed);
/// Whole numbers of at least `least`, as Stripe reads them.
std::optional<std::int64_t> read_integer(const std::string& text, std::int64_t least);
Answer bad_integer(std::string_view name, const std::string& text);
/// "true" and "false" only.
std::optional<bool> read_flag(const std::string& text);

/// What `metadata[…]` parameters say; the refusal if they are over Stripe's limits.
std::optional<Answer> read_metadata(const Call& call, Json& metadata);

/// Paths of `expand[]`, relative to one object.
class Expand {
 public:
  Expand() = default;
  explicit Expand(std::vector<std::string> paths) : paths_(std::move(paths)) {}
  [[nodiscard]] bool wants(std::string_view property) const;
  [[nodiscard]] Expand below(std::string_view property) const;
  [[nodiscard]] const std::vector<std::string>& paths() const { return paths_; }

 private:
  std::vector<std::string> paths_;
};

Expand read_expand(const Call& call);
/// The refusal if a path does not begin with one of `expandable`.
std::optional<Answer> refuse_unexpandable(const Expand& expand,
                                          std::initializer_list<std::string_view> expandable);

/// One page of `newest_first` objects of a kind, by `limit`, `starting_after`, `ending_before` and
/// `created[…]`.
Answer list_page(const Call& call, const Json::Items& newest_first, std::string_view kind);

}  // namespace refundkit::simulation::stripe
