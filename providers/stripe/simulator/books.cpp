#include "books.hpp"

#include <utility>

#include "refundkit/simulation/digest.hpp"

namespace refundkit::simulation::stripe {

std::int64_t Payment::left() const {
  std::int64_t taken_back = 0;
  for (const Refund& refund : refunds) {
    const bool ended = refund.status == "failed" || refund.status == "canceled";
    if (!refund.is_release && !ended) taken_back += refund.amount;
  }
  return captured - taken_back;
}

Payment& Books::add(Payment payment) {
  Payment& kept = payments_.emplace_back(std::move(payment));
  if (!kept.intent.empty()) by_id_[kept.intent] = &kept;
  by_id_[kept.charge] = &kept;
  return kept;
}

Payment* Books::find_intent(std::string_view id, std::string_view account) {
  const auto found = by_id_.find(std::string(id));
  if (found == by_id_.end() || found->second->account != account) return nullptr;
  return found->second->intent == id ? found->second : nullptr;
}

Payment* Books::find_charge(std::string_view id, std::string_view account) {
  const auto found = by_id_.find(std::string(id));
  if (found == by_id_.end() || found->second->account != account) return nullptr;
  return found->second->charge == id ? found->second : nullptr;
}

const Payment* Books::find(std::string_view id) const {
  const auto found = by_id_.find(std::string(id));
  if (found == by_id_.end()) return nullptr;
  const Payment* payment = found->second;
  return payment->intent == id || payment->charge == id ? payment : nullptr;
}

Books::Found Books::find_refund(std::string_view id, std::string_view account) {
  const auto found = by_id_.find(std::string(id));
  if (found == by_id_.end() || found->second->account != account) return {};
  for (Refund& refund : found->second->refunds) {
    if (refund.id == id) return {found->second, &refund};
  }
  return {};
}

Refund& Books::add_refund(Payment& payment, Refund refund) {
  Refund& kept = payment.refunds.emplace_back(std::move(refund));
  by_id_[kept.id] = &payment;
  return kept;
}

std::vector<Payment*> Books::payments(std::string_view account) {
  std::vector<Payment*> found;
  for (auto payment = payments_.rbegin(); payment != payments_.rend(); ++payment) {
    if (payment->account == account) found.push_back(&*payment);
  }
  return found;
}

void Books::run_due(Time now) {
  while (!agenda_.empty() && agenda_.begin()->first <= now) {
    const auto due = agenda_.begin()->first;
    const auto what = std::move(agenda_.begin()->second);
    agenda_.erase(agenda_.begin());
    what(due);
  }
}

std::string new_id(std::string_view prefix) { return std::string(prefix) + random_letters(24); }

}  // namespace refundkit::simulation::stripe
