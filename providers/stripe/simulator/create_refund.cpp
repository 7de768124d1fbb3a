#include <chrono>
#include <utility>
#include <variant>

#include "amounts.hpp"
#include "bookkeeping.hpp"
#include "endpoints.hpp"
#include "objects.hpp"

namespace refundkit::simulation::stripe {
namespace {

constexpr std::chrono::hours approval_delay{24};

/// The parameters, once they have passed.
struct Wanted {
  std::string intent, charge;
  std::optional<std::int64_t> amount;
  std::string reason, email;
  Json metadata = Json::object();
  bool reverse_transfer = false;
  bool refund_fee = false;
};

std::optional<Answer> read_target(const Call& call, Wanted& wanted) {
  const std::string* intent = call.find("payment_intent");
  const std::string* charge = call.find("charge");
  if (intent == nullptr && charge == nullptr) {
    return invalid_parameter(
        {"invalid_request_error", "",
         "One of the following params should be provided for this request: payment_intent or "
         "charge.",
         ""});
  }
  if (intent != nullptr && charge != nullptr) {
    return invalid_parameter(
        {"invalid_request_error", "",
         "You may only specify one of these parameters: payment_intent, charge.", ""});
  }
  const char* name = intent != nullptr ? "payment_intent" : "charge";
  const std::string& id = intent != nullptr ? *intent : *charge;
  if (id.empty()) {
    return invalid_parameter({"invalid_request_error", "parameter_invalid_empty",
                              "You passed an empty string for '" + std::string(name) + "'.", name});
  }
  (intent != nullptr ? wanted.intent : wanted.charge) = id;
  return std::nullopt;
}

std::optional<Answer> read_reason(const Call& call, Wanted& wanted) {
  const std::string* reason = call.find("reason");
  if (reason == nullptr) return std::nullopt;
  if (*reason != "duplicate" && *reason != "fraudulent" && *reason != "requested_by_customer") {
    return invalid_parameter(
        {"invalid_request_error", "",
         "Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer",
         "reason"});
  }
  wanted.reason = *reason;
  return std::nullopt;
}

std::optional<Answer> read_email(const Call& call, Wanted& wanted) {
  const std::string* email = call.find("instructions_email");
  if (email == nullptr) return std::nullopt;
  const std::size_t at = email->find('@');
  if (at == 0 || at == std::string::npos || at + 1 == email->size()) {
    return invalid_parameter({"invalid_request_error", "email_invalid",
                              "Invalid email address: " + *email, "instructions_email"});
  }
  wanted.email = *email;
  return std::nullopt;
}

std::optional<Answer> read_flag_parameter(const Call& call, const char* name, bool& flag) {
  const std::string* text = call.find(name);
  if (text == nullptr) return std::nullopt;
  const auto value = read_flag(*text);
  if (!value) {
    return invalid_parameter({"invalid_request_error", "", "Invalid boolean: " + *text, name});
  }
  flag = *value;
  return std::nullopt;
}

std::variant<Wanted, Answer> read_parameters(const Call& call) {
  Wanted wanted;
  auto no = refuse_unknown_parameters(
      call, {"payment_intent", "charge", "amount", "reason", "metadata", "instructions_email",
             "reverse_transfer", "refund_application_fee", "expand"});
  if (!no) no = read_target(call, wanted);
  if (const std::string* text = call.find("amount"); !no && text != nullptr) {
    wanted.amount = read_integer(*text, 1);
    if (!wanted.amount) no = bad_integer("amount", *text);
  }
  if (!no) no = read_reason(call, wanted);
  if (!no) no = read_metadata(call, wanted.metadata);
  if (!no) no = read_email(call, wanted);
  if (!no) no = read_flag_parameter(call, "reverse_transfer", wanted.reverse_transfer);
  if (!no) no = read_flag_parameter(call, "refund_application_fee", wanted.refund_fee);
  if (!no) {
    no =
        refuse_unexpandable(read_expand(call), {"charge", "balance_transaction", "payment_intent"});
  }
  if (no) return *no;
  return wanted;
}

Answer without_code(std::string message, std::string param = {}) {
  return refuse(400, {"invalid_request_error", "", std::move(message), std::move(param)});
}

std::optional<Answer> refuse_state(const Payment& payment) {
  const bool has_intent = !payment.intent.empty();
  if (payment.is_on_hold() && !payment.was_paid() && has_intent) {
    return without_code("This uncaptured Charge was created by a PaymentIntent (" + payment.intent +
                        ").");
  }
  const bool never_taken = !payment.was_paid() && !payment.is_on_hold();
  if (never_taken && has_intent) {
    return without_code("This PaymentIntent (" + payment.intent +
                        ") does not have a successful charge to refund.");
  }
  if (payment.dispute && payment.dispute->status == "needs_response") {
    return refuse(
        400, {"invalid_request_error", "charge_disputed",
              "Charge " + payment.charge + " has been charged back; cannot issue a refund.", ""});
  }
  if (payment.course == RefundCourse::no_balance) {
    Answer answer =
        without_code("Insufficient funds in your Stripe balance to refund this amount.");
    Json error = *answer.body.find("error");
    answer.body.set("error", error.set("message_code", "insufficient_balance_for_refund"));
    return answer;
  }
  return std::nullopt;
}

std::optional<Answer> refuse_connect(const Payment& payment, const Wanted& wanted, bool partial) {
  if (!wanted.reverse_transfer && !wanted.refund_fee) return std::nullopt;
  const char* name = wanted.reverse_transfer ? "reverse_transfer" : "refund_application_fee";
  if (!payment.connected) {
    return without_code("Charge " + payment.charge + " has no associated transfer or fee.", name);
  }
  if (payment.is_on_hold() && partial) {
    return without_code("Partial refunds with " + std::string(name) +
                            " are not supported before the final capture.",
                        name);
  }
  return std::nullopt;
}

std::optional<Answer> refuse_amount(const Payment& payment, std::int64_t amount) {
  const std::int64_t left = payment.left();
  if (left <= 0) {
    return refuse(400, {"invalid_request_error", "charge_already_refunded",
                        "Charge " + payment.charge + " has already been refunded.", ""});
  }
  if (amount > left) {
    const bool untouched = left == payment.amount;
    return without_code("Refund amount (" + amount_in_message(amount, payment.currency) +
                            ") is greater than " +
                            (untouched ? "charge amount (" : "unrefunded amount on charge (") +
                            amount_in_message(left, payment.currency) + ")",
                        "amount");
  }
  const std::int64_t step = smallest_step(payment.currency);
  if (amount % step == 0) {
    if (!payment.full_refunds_only || amount == payment.captured) return std::nullopt;
    return without_code("Partial refunds are not supported for this payment method.", "amount");
  }
  if (step == 100) {
    return refuse(400, {"invalid_request_error", "invalid_charge_amount_no_decimal_compatible",
                        "The amount must be a multiple of 100 in this currency.", "amount"});
  }
  return without_code("The amount must be a multiple of 10 in this currency.", "amount");
}

// A charge of its own that was never captured: the whole of it is released (sheet: Void).
Answer release_charge(Books& books, Payment& payment, const Wanted& wanted, const Call& call) {
  if (wanted.amount && *wanted.amount != payment.amount) {
    return without_code("You cannot partially refund an uncaptured charge.", "amount");
  }
  cancel_payment(books, payment, {"requested_by_customer", {call.request_id, call.key}}, call.now);
  Refund& release = payment.refunds.back();
  release.metadata = wanted.metadata;
  release.reason = wanted.reason;
  release.key = call.key;
  return {200, refund_object(payment, release, call.now, read_expand(call)), true};
}

// Somebody must approve; then Stripe executes the refund by itself (sheet: Two-party approval).
Answer hold_for_approval(Books& books, Payment& payment, const RefundOrder& order, Time now) {
  books.later(now + approval_delay, [&books, &payment, order](Time due) {
    if (order.amount <= payment.left()) accept_refund(books, payment, order, due);
  });
  const std::string id = new_id("apreq_");
  Answer answer = refuse(403, {"invalid_request_error", "approval_required",
                               "This request requires approval before it is executed.", ""});
  Json request =
      Json::object({{"id", id},
                    {"dashboard_url", "https://dashboard.stripe.com/test/approvals/" + id},
                    {"status", "pending"}});
  Json error = *answer.body.find("error");
  answer.body.set("error", error.set("approval_request", std::move(request)));
  return answer;
}

}  // namespace

Answer create_refund(Books& books, const Call& call) {
  auto read = read_parameters(call);
  if (const Answer* no = std::get_if<Answer>(&read)) return *no;
  const Wanted& wanted = std::get<Wanted>(read);

  Payment* payment = wanted.intent.empty() ? books.find_charge(wanted.charge, call.account)
                                           : books.find_intent(wanted.intent, call.account);
  if (payment == nullptr) {
    return wanted.intent.empty() ? no_such("charge", wanted.charge, "id")
                                 : no_such("payment_intent", wanted.intent, "payment_intent");
  }
  if (auto no = refuse_state(*payment)) return *no;
  if (payment->is_on_hold() && !payment->was_paid()) {
    return release_charge(books, *payment, wanted, call);
  }
  const std::int64_t amount = wanted.amount.value_or(payment->left());
  if (auto no = refuse_amount(*payment, amount)) return *no;
  const bool partial = amount != payment->captured;
  if (auto no = refuse_connect(*payment, wanted, partial)) return *no;

  const RefundOrder order{amount,
                          wanted.reason,
                          wanted.email,
                          wanted.metadata,
                          wanted.reverse_transfer,
                          call.treatment.late_failure,
                          {call.request_id, call.key}};
  if (call.treatment.hold) return hold_for_approval(books, *payment, order, call.now);
  const Refund& refund = accept_refund(books, *payment, order, call.now);
  return {200, refund_object(*payment, refund, call.now, read_expand(call)), true};
}

}  // namespace refundkit::simulation::stripe
