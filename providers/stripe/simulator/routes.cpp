#include "routes.hpp"

#include "endpoints.hpp"
#include "refundkit/simulation/form.hpp"

namespace refundkit::simulation::stripe {
namespace {

constexpr Route routes[] = {
    {"POST", "/v1/refunds", "refund", create_refund},
    {"GET", "/v1/refunds", "query", list_refunds},
    {"GET", "/v1/refunds/:id", "query", show_refund},
    {"POST", "/v1/refunds/:id", "other", update_refund},
    {"POST", "/v1/refunds/:id/cancel", "void", cancel_refund},
    {"POST", "/v1/test_helpers/refunds/:id/expire", "other", expire_refund},
    {"GET", "/v1/payment_intents", "query", list_intents},
    {"GET", "/v1/payment_intents/:id", "query", show_intent},
    {"POST", "/v1/payment_intents/:id/cancel", "void", cancel_intent},
    {"GET", "/v1/charges", "query", list_charges},
    {"GET", "/v1/charges/:id", "query", show_charge},
    {"GET", "/v1/disputes", "query", list_disputes},
    {"GET", "/v1/events", "query", list_events},
    {"GET", "/v1/events/:id", "query", show_event},
};

bool fits(const char* pattern, const std::vector<std::string>& path) {
  const auto wanted = path_parts(pattern);
  if (wanted.size() != path.size()) return false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool any = wanted[i] == ":id";
    if (any ? path[i].empty() : wanted[i] != path[i]) return false;
  }
  return true;
}

}  // namespace

const Route* find_route(const std::string& method, const std::vector<std::string>& path) {
  for (const Route& route : routes) {
    if (method == route.method && fits(route.path, path)) return &route;
  }
  return nullptr;
}

}  // namespace refundkit::simulation::stripe
