#include "new_payment.hpp"

#include <algorithm>
#include <chrono>
#include <sstream>

#include "amounts.hpp"
#include "bookkeeping.hpp"
#include "refundkit/simulation/clock.hpp"
#include "refundkit/simulation/digest.hpp"
#include "refundkit/simulation/json.hpp"

namespace refundkit::simulation::stripe {
namespace {

using std::chrono::hours;

constexpr hours authorization_life{7 * 24};
constexpr hours until_available{7 * 24};
constexpr hours processing_time{24};
constexpr std::int64_t largest_amount = 999'999'999'999;

class Marks {
 public:
  explicit Marks(const std::string& reference) {
    std::istringstream words(reference);
    for (std::string word; words >> word;) {
      if (word.compare(0, 4, "sim:") == 0) marks_.push_back(word.substr(4));
    }
  }
  bool has(std::string_view mark) const {
    return std::find(marks_.begin(), marks_.end(), mark) != marks_.end();
  }
  std::string value_of(std::string_view name) const {
    for (const std::string& one : marks_) {
      if (one.compare(0, name.size(), name) == 0) return one.substr(name.size());
    }
    return {};
  }

 private:
  std::vector<std::string> marks_;
};

RefundCourse course_of(const Marks& marks) {
  if (marks.has("pending")) return RefundCourse::pending;
  if (marks.has("action")) return RefundCourse::action;
  if (marks.has("low-balance")) return RefundCourse::low_balance;
  return marks.has("no-balance") ? RefundCourse::no_balance : RefundCourse::direct;
}

Payment blank_payment(const PaymentWish& wish, std::int64_t amount, const Marks& marks, Time now) {
  const bool bank = wish.method == "bank";
  const std::string stem = random_letters(20);
  Payment payment;
  if (!marks.has("charge")) {
    payment.intent = "pi_" + stem;
    payment.client_secret = payment.intent + "_secret_" + random_letters(24);
  }
  payment.charge = (bank ? "py_" : "ch_") + stem + "c";
  payment.account = marks.value_of("account=");
  if (payment.account.empty()) payment.account = Books::own_account;
  payment.payment_method = new_id("pm_");
  payment.balance_transaction = new_id("txn_");
  payment.currency = wish.currency;
  payment.method = bank ? "sepa_debit" : "card";
  if (wish.method == "wallet") payment.wallet = "apple_pay";
  payment.reference = wish.reference;
  payment.amount = amount;
  payment.created = now;
  payment.available_on = now + until_available;
  payment.course = course_of(marks);
  payment.full_refunds_only = marks.has("full-only");
  payment.connected = marks.has("connect");
  return payment;
}

void set_state(Payment& payment, const PaymentWish& wish, const Marks& marks) {
  if (marks.has("declined")) {
    payment.status = "requires_payment_method";
  } else if (marks.has("processing")) {
    payment.status = "processing";
  } else if (wish.state == "authorized") {
    payment.status = "requires_capture";
    payment.capture_before = payment.created + authorization_life;
    if (marks.has("multicapture")) payment.captured = payment.amount / 2;
  } else {
    payment.status = "succeeded";
    payment.captured = payment.amount;
  }
  if (marks.has("dispute")) {
    payment.dispute = Dispute{new_id("dp_"), "needs_response", payment.created};
  } else if (marks.has("inquiry")) {
    payment.dispute = Dispute{new_id("dp_"), "warning_needs_response", payment.created};
  }
}

void plan_course(Books& books, Payment& payment, const Marks& marks) {
  if (payment.is_on_hold()) watch_authorization(books, payment);
  if (payment.status == "processing") {
    books.later(payment.created + processing_time, [&payment](Time) {
      payment.status = "succeeded";
      payment.captured = payment.amount;
    });
  }
  if (payment.status == "succeeded" && marks.has("partial-capture")) {
    const std::int64_t step = smallest_step(payment.currency);
    payment.captured = payment.amount * 3 / 4 / step * step;
    payment.capture_before = payment.created + authorization_life;
    release_rest(books, payment, "", payment.created);
  }
}

// What refunds have given back: those still under way do not change the payment's state.
std::int64_t given_back(const Payment& payment) {
  std::int64_t sum = 0;
  for (const Refund& refund : payment.refunds) {
    if (!refund.is_release && refund.status == "succeeded") sum += refund.amount;
  }
  return sum;
}

// In the words a payment can be asked for, and what refunds and time make of it.
std::string state_of(const Payment& payment) {
  if (payment.status == "requires_payment_method") return "failed";
  if (payment.status == "processing") return "pending";
  if (payment.status == "canceled" && !payment.was_paid()) {
    return payment.cancellation_reason == "expired" ? "expired" : "voided";
  }
  if (payment.dispute && payment.dispute->status == "needs_response") return "disputed";
  if (payment.is_on_hold() && !payment.was_paid()) return "authorized";
  const std::int64_t refunded = given_back(payment);
  if (refunded == 0) return "captured";
  return refunded < payment.captured ? "partially_refunded" : "refunded";
}

Json shown_refunds(const Payment& payment) {
  Json refunds = Json::array();
  for (const Refund& refund : payment.refunds) {
    if (refund.is_release) continue;
    refunds.push(Json::object({{"id", refund.id},
                               {"amount", amount_text(refund.amount, payment.currency)},
                               {"state", refund.status},
                               {"key", refund.key.empty() ? Json() : Json(refund.key)}}));
  }
  return refunds;
}

}  // namespace

std::variant<Payment*, Refusal> make_payment(Books& books, const PaymentWish& wish, Time now) {
  if (!takes_currency(wish.currency)) {
    return Refusal{"Stripe does not charge in " + wish.currency};
  }
  const auto amount = units_of(wish.amount, wish.currency);
  if (!amount || *amount < 1 || *amount > largest_amount) {
    return Refusal{"Stripe does not charge " + wish.amount + " " + wish.currency};
  }
  if (wish.method == "bank" && wish.state == "authorized") {
    return Refusal{"a bank debit cannot be authorized only"};
  }
  const Marks marks(wish.reference);
  Payment made = blank_payment(wish, *amount, marks, now);
  set_state(made, wish, marks);
  Payment& payment = books.add(std::move(made));
  plan_course(books, payment, marks);
  return &payment;
}

std::string truth_about(const Payment& payment) {
  std::int64_t refunded = 0;
  Json moved = Json::array();
  for (const Movement& movement : payment.moved) {
    refunded += movement.amount;
    moved.push(Json::object({{"at", time_text(movement.at)},
                             {"amount", amount_text(movement.amount, payment.currency)}}));
  }
  const bool voided = payment.status == "canceled" && !payment.was_paid() &&
                      payment.cancellation_reason != "expired";
  return Json::object({{"state", state_of(payment)},
                       {"provider_state", payment.status},
                       {"currency", payment.currency},
                       {"captured", amount_text(payment.captured, payment.currency)},
                       {"refunded", amount_text(refunded, payment.currency)},
                       {"voided", voided},
                       {"refunds", shown_refunds(payment)},
                       {"money_moved", std::move(moved)}})
      .compact();
}

}  // namespace refundkit::simulation::stripe
