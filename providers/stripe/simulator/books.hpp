#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "refundkit/simulation/json.hpp"
#include "refundkit/simulation/simulator.hpp"

namespace refundkit::simulation::stripe {

/// Where refunds of a payment go instead of succeeding at once.
enum class RefundCourse { direct, pending, action, low_balance, no_balance };

/// How long a customer may take to say where a refund goes.
constexpr std::chrono::hours customer_patience{45 * 24};

struct Dispute {
  std::string id;
  std::string status;  ///< "needs_response" or "warning_needs_response"
  Time created;
};

struct Refund {
  std::string id;
  std::int64_t amount = 0;
  Time created;
  std::string status;                                                      ///< as Stripe spells it
  std::string reason, pending_reason, failure_reason, instructions_email;  ///< empty: absent
  Json metadata = Json::object();
  std::string key;          ///< the Idempotency-Key it was made under
  bool is_release = false;  ///< gives back what was never taken
  bool counted = false;     ///< stands in the charge's amount_refunded
  bool reversed_transfer = false;
  Time reference_from = Time::max();  ///< when the bank's number is known
  std::string reference;
  std::string balance_transaction, failure_balance_transaction;
};

/// Money that came in or went out to the customer, as the sandbox's truth counts it.
struct Movement {
  Time at;
  std::int64_t amount = 0;
};

/// A charge, and the PaymentIntent before it, if there is one.
struct Payment {
  std::string intent;  ///< empty: a charge without one
  std::string charge;
  std::string account;
  std::string client_secret, payment_method, balance_transaction;
  std::string currency;  ///< capital letters
  std::string method;    ///< "card" or "sepa_debit"
  std::string wallet;    ///< of a card; empty for none
  std::string reference;
  std::string status;  ///< the PaymentIntent's
  std::string cancellation_reason;
  std::int64_t amount = 0;
  std::int64_t captured = 0;
  std::int64_t counted_refunds = 0;  ///< the charge's amount_refunded
  Time created;
  Time available_on;
  std::optional<Time> capture_before, canceled_at;
  std::optional<Dispute> dispute;
  RefundCourse course = RefundCourse::direct;
  bool full_refunds_only = false;
  bool connected = false;      ///< has a transfer and an application fee
  std::deque<Refund> refunds;  ///< oldest first; a deque, so that each stays where it is
  std::vector<Movement> moved;

  [[nodiscard]] bool is_on_hold() const { return status == "requires_capture"; }
  [[nodiscard]] bool was_paid() const { return captured > 0; }
  /// What Stripe would still give back.
  [[nodiscard]] std::int64_t left() const;
};

/// Which API call caused something; both empty where Stripe acted by itself.
struct Cause {
  std::string request_id, key;
};

struct StoredEvent {
  std::string id, type, account;
  Time created;
  Json object;
  Json previous;  ///< null where nothing changed
  Cause cause;
};

/// All that Stripe holds: payments, their refunds, events, and what is due later.
class Books {
 public:
  static constexpr const char* own_account = "acct_refundkit_sandbox";

  Payment& add(Payment payment);
  /// By PaymentIntent or charge id, of that account; nullptr if there is none.
  [[nodiscard]] Payment* find_intent(std::string_view id, std::string_view account);
  [[nodiscard]] Payment* find_charge(std::string_view id, std::string_view account);
  [[nodiscard]] const Payment* find(std::string_view id) const;
  struct Found {
    Payment* payment = nullptr;
    Refund* refund = nullptr;
  };
  [[nodiscard]] Found find_refund(std::string_view id, std::string_view account);

  Refund& add_refund(Payment& payment, Refund refund);
  /// Every payment of an account, newest first.
  [[nodiscard]] std::vector<Payment*> payments(std::string_view account);

  void later(Time due, std::function<void(Time)> what) { agenda_.emplace(due, std::move(what)); }
  void run_due(Time now);

  void record(StoredEvent event) { events_.push_back(std::move(event)); }
  [[nodiscard]] const std::vector<StoredEvent>& events() const { return events_; }

 private:
  std::deque<Payment> payments_;
  std::unordered_map<std::string, Payment*> by_id_;  // PaymentIntents, charges and refunds
  std::multimap<Time, std::function<void(Time)>> agenda_;
  std::vector<StoredEvent> events_;
};

/// A new id: "re_" and 24 letters.
std::string new_id(std::string_view prefix);

}  // namespace refundkit::simulation::stripe
