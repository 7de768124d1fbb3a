#include <algorithm>

#include "bookkeeping.hpp"
#include "endpoints.hpp"
#include "objects.hpp"

namespace refundkit::simulation::stripe {
namespace {

Books::Found find_named(Books& books, const Call& call) {
  return books.find_refund(call.path.at(2), call.account);
}

Answer no_such_refund(const Call& call) { return no_such("refund", call.path.at(2), "refund"); }

Answer shown(const Books::Found& found, const Call& call) {
  return {200, refund_object(*found.payment, *found.refund, call.now, read_expand(call)), true};
}

// Those that the filters of a list leave.
std::vector<Payment*> named_payments(Books& books, const Call& call) {
  const std::string* intent = call.find("payment_intent");
  const std::string* charge = call.find("charge");
  if (intent == nullptr && charge == nullptr) return books.payments(call.account);
  Payment* found = intent != nullptr ? books.find_intent(*intent, call.account)
                                     : books.find_charge(*charge, call.account);
  const bool other_charge = found != nullptr && charge != nullptr && found->charge != *charge;
  return found == nullptr || other_charge ? std::vector<Payment*>() : std::vector<Payment*>{found};
}

}  // namespace

Answer show_refund(Books& books, const Call& call) {
  if (auto no = refuse_unknown_parameters(call, {"expand"})) return *no;
  if (auto no = refuse_unexpandable(read_expand(call),
                                    {"charge", "balance_transaction", "payment_intent"})) {
    return *no;
  }
  const Books::Found found = find_named(books, call);
  return found.refund == nullptr ? no_such_refund(call) : shown(found, call);
}

Answer update_refund(Books& books, const Call& call) {
  if (auto no = refuse_unknown_parameters(call, {"metadata", "expand"})) return *no;
  Json changes = Json::object();
  if (auto no = read_metadata(call, changes)) return *no;
  const Books::Found found = find_named(books, call);
  if (found.refund == nullptr) return no_such_refund(call);
  for (const auto& [key, value] : *changes.members()) found.refund->metadata.set(key, value);
  return shown(found, call);
}

Answer cancel_refund(Books& books, const Call& call) {
  if (auto no = refuse_unknown_parameters(call, {"expand"})) return *no;
  const Books::Found found = find_named(books, call);
  if (found.refund == nullptr) return no_such_refund(call);
  if (found.refund->status != "requires_action") {
    return refuse(400, {"invalid_request_error", "", "Canceling this refund is unsupported.", ""});
  }
  end_refund(books, found, {"canceled", "merchant_request"}, call.now);
  return shown(found, call);
}

Answer expire_refund(Books& books, const Call& call) {
  const Books::Found found = books.find_refund(call.path.at(3), call.account);
  if (found.refund == nullptr) return no_such("refund", call.path.at(3), "refund");
  if (found.refund->status != "requires_action") {
    return refuse(400, {"invalid_request_error", "",
                        "Only a refund that requires action can be expired.", ""});
  }
  end_refund(books, found, {"failed", "unknown"}, call.now);
  return shown(found, call);
}

// A filter nobody knows matches nothing: the reading that makes a client look twice.
Answer list_refunds(Books& books, const Call& call) {
  if (auto no = refuse_unknown_parameters(call, {"payment_intent", "charge", "created", "limit",
                                                 "starting_after", "ending_before", "expand"})) {
    return *no;
  }
  const Expand expand = read_expand(call).below("data");
  Json::Items items;
  for (const Payment* payment : named_payments(books, call)) {
    for (Json& refund : refund_objects(*payment, call.now, expand)) {
      items.push_back(std::move(refund));
    }
  }
  std::stable_sort(items.begin(), items.end(), [](const Json& left, const Json& right) {
    return left.find("created")->integer() > right.find("created")->integer();
  });
  return list_page(call, items, "refund");
}

}  // namespace refundkit::simulation::stripe
