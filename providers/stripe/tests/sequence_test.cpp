// Random sequences of everything a merchant, the network and the clock can do, against the
// simulator's truth. Each sequence has a number, which a failure shows; the same number is the same
// sequence.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "refundkit/client.hpp"
#include "refundkit/providers/stripe.hpp"
#include "refundkit/simulation/json.hpp"
#include "refundkit/simulation/transport.hpp"
#include "simulator/stripe_simulator.hpp"

namespace refundkit_testing {
namespace {

using namespace refundkit;  // NOLINT: tests only.
using simulation::FaultKind;
using simulation::Json;

constexpr int sequences = 150;
constexpr int steps = 12;

/// What the simulator counts, whatever it told.
struct Truth {
  Money captured, refunded;
  int refunds_accepted = 0;
  std::vector<std::pair<std::string, bool>> refunds;  ///< key, and whether it is alive
};

class Sequence {
 public:
  explicit Sequence(int number) : random_(static_cast<unsigned>(number)) {
    std::vector<std::unique_ptr<simulation::Simulator>> simulators;
    simulators.push_back(simulation::make_stripe_simulator());
    world_ = std::make_shared<simulation::World>(std::move(simulators));
    stripe::Options options{Secret("sk_test_refundkit_sandbox")};
    options.base_url = simulation::SimulatorTransport::base_url("stripe");
    ClientOptions client;
    client.clock = simulation::world_clock(world_);
    client.jitter = [] { return 0.5; };
    client_ = std::make_unique<Client>(
        *Client::create(*stripe::adapter(std::move(options)),
                        std::make_shared<simulation::SimulatorTransport>(world_), client));
    pay();
  }

  void run() {
    check_query();
    std::string told = wish_;
    for (int step = 0; step < steps && !::testing::Test::HasFailure(); ++step) {
      told += "\n  " + one_step();
      world_->clear_faults();
      check_query();
    }
    EXPECT_FALSE(::testing::Test::HasFailure()) << told;
  }

  [[nodiscard]] int told() const { return told_; }

 private:
  struct Command {
    enum class Kind { refund, reverse, void_payment } kind;
    RefundRequest request;
  };

  int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
  const char* one_of(const std::vector<const char*>& words) {
    return words[static_cast<std::size_t>(pick(static_cast<int>(words.size())))];
  }

  void pay() {
    currency_ = one_of({"USD", "EUR", "JPY", "ISK", "KWD"});
    const bool authorized = pick(3) == 0;
    const std::string marks =
        authorized ? one_of({"", "sim:multicapture", "sim:multicapture", "sim:charge"})
                   : one_of({"", "", "sim:partial-capture", "sim:partial-capture", "sim:pending",
                             "sim:action", "sim:low-balance", "sim:no-balance",
                             "sim:partial-capture sim:pending", "sim:charge"});
    const std::string method = !authorized && pick(5) == 0 ? "bank" : "card";
    wish_ = currency_ + " " + method + (authorized ? " authorized " : " captured ") + marks;
    auto made = world_->create_payment(
        "stripe", {"60", currency_, method, authorized ? "authorized" : "captured", marks});
    ASSERT_TRUE(std::holds_alternative<std::string>(made)) << wish_;
    payment_ = PaymentId(*Json::parse(std::get<std::string>(made))->find_string("payment_id"));
    world_->advance_clock(std::chrono::seconds(pick(3) * 600));
  }

  Money money(const std::string& text) const { return *Money::parse(text, currency_); }

  Truth truth() const {
    const Json told = *Json::parse(*world_->truth("stripe", payment_.str()));
    Truth truth{money(*told.find_string("captured")), money(*told.find_string("refunded")), 0, {}};
    for (const Json& movement : *told.find("money_moved")->items()) {
      truth.refunds_accepted += movement.find_string("amount")->front() != '-' ? 1 : 0;
    }
    for (const Json& refund : *told.find("refunds")->items()) {
      const std::string* key = refund.find_string("key");
      const std::string state = *refund.find_string("state");
      truth.refunds.emplace_back(key == nullptr ? "" : *key,
                                 state != "failed" && state != "canceled");
    }
    return truth;
  }

  std::string one_step() {
    switch (pick(9)) {
      case 0:
        return pass_time();
      case 1:
        return refund_by_hand();
      case 2:
        return resolve_one();
      case 3:
        return cancel_by_hand();
      case 4:
      case 5:
        if (!commands_.empty()) {
          const auto at = static_cast<std::size_t>(pick(static_cast<int>(commands_.size())));
          return obey(commands_[at]);
        }
        [[fallthrough]];
      default:
        commands_.push_back(new_command());
        return obey(commands_.back());
    }
  }

  std::string pass_time() {
    const int hours = one_in_hours();
    world_->advance_clock(std::chrono::hours(hours));
    return std::to_string(hours) + " hours pass";
  }
  int one_in_hours() {
    constexpr int choices[] = {1, 2, 25, 80, 200, 1200};
    return choices[pick(6)];
  }

  /// Another system, or a person in the console: no metadata of ours.
  std::string post(const std::string& path, const std::string& body) {
    simulation::Request request{"POST", "/stripe" + path, "", {}, body};
    request.headers = {{"Authorization", "Bearer sk_test_refundkit_sandbox"},
                       {"Content-Type", "application/x-www-form-urlencoded"}};
    const int status = world_->exchange(std::move(request)).response.status;
    return path + " " + body + " by hand: " + std::to_string(status);
  }
  std::string refund_by_hand() {
    const std::string amount = one_of({"", "&amount=500", "&amount=1500", "&amount=3000"});
    const bool is_charge = payment_.str().rfind("pi_", 0) != 0;
    return post("/v1/refunds",
                (is_charge ? "charge=" : "payment_intent=") + payment_.str() + amount);
  }
  std::string cancel_by_hand() {
    return post("/v1/payment_intents/" + payment_.str() + "/cancel", "");
  }

  Command new_command() {
    Command command{Command::Kind::refund, {payment_}};
    const int kind = pick(6);
    if (kind == 0) command.kind = Command::Kind::reverse;
    if (kind == 1) command.kind = Command::Kind::void_payment;
    const bool is_part = kind > 1 && pick(3) != 0;
    if (is_part) command.request.amount = money(one_of({"5", "10", "15", "30", "45", "60"}));
    command.request.terms.reference = Reference("R-" + std::to_string(commands_.size()));
    return command;
  }

  std::string add_fault() {
    if (pick(2) == 0) return "";
    constexpr FaultKind kinds[] = {
        FaultKind::refuse,  FaultKind::drop_before, FaultKind::drop_after,
        FaultKind::stall,   FaultKind::truncate,    FaultKind::html,
        FaultKind::garbage, FaultKind::status,      FaultKind::late_failure};
    simulation::FaultScript script;
    script.provider = "stripe";
    script.operation = one_of({"refund", "void", "any", "query"});
    script.nth = 1 + pick(2);
    script.times = 1 + pick(4);
    script.fault.kind = kinds[pick(9)];
    script.fault.stall = std::chrono::minutes(2);
    if (script.fault.kind == FaultKind::status) {
      constexpr int statuses[] = {401, 409, 429, 500, 503};
      script.fault.status = statuses[pick(5)];
      if (script.fault.status >= 500) script.fault.changed = pick(2) == 0;
    }
    world_->add_fault(script);
    return " with " + std::string(to_text(script.fault.kind)) + " on " + script.operation;
  }

  OperationResult carry_out(const Command& command) const {
    switch (command.kind) {
      case Command::Kind::reverse:
        return client_->reverse(command.request);
      case Command::Kind::void_payment:
        return client_->void_payment({payment_, std::nullopt, command.request.terms});
      case Command::Kind::refund:
        break;
    }
    return client_->refund(command.request);
  }

  std::string obey(const Command& command) {
    const std::string fault = add_fault();
    const Truth before = truth();
    const OperationResult result = carry_out(command);
    check_answer(result, before, std::find(keys_.begin(), keys_.end(), result.key) == keys_.end());
    keys_.push_back(result.key);
    return describe(command) + fault + " -> " + std::string(to_text(result.outcome)) +
           (result.error ? " (" + result.error->message + ")" : "");
  }
  static std::string describe(const Command& command) {
    const char* kind = command.kind == Command::Kind::refund    ? "refund "
                       : command.kind == Command::Kind::reverse ? "reverse "
                                                                : "void ";
    return kind + command.request.terms.reference.str() +
           (command.request.amount ? " of " + command.request.amount->text() : "");
  }

  std::string resolve_one() {
    if (keys_.empty()) return "nothing to resolve";
    const std::string fault = add_fault();
    const Truth before = truth();
    const auto at = static_cast<std::size_t>(pick(static_cast<int>(keys_.size())));
    ResolveRequest request{payment_, keys_[at]};
    const OperationResult result = client_->resolve(request);
    EXPECT_EQ(truth().refunds_accepted, before.refunds_accepted) << "resolve only reads";
    EXPECT_TRUE(result.outcome != Outcome::failed || !is_alive_under(result.key));
    return "resolve" + fault;
  }

  bool is_alive_under(const IdempotencyKey& key) const {
    for (const auto& [wire_key, alive] : truth().refunds) {
      if (alive && wire_key.rfind("rfk-" + key.str() + "-", 0) == 0) return true;
    }
    return false;
  }

  void check_answer(const OperationResult& result, const Truth& before, bool is_first) const {
    const Truth now = truth();
    const bool moved = now.refunds_accepted > before.refunds_accepted;
    const bool single_step = result.steps.empty();
    if (result.outcome == Outcome::failed && single_step) {
      EXPECT_FALSE(moved) << result.error->message;
      // A repeat that could not even read says nothing of the runs before it.
      EXPECT_FALSE((result.sent || is_first) && is_alive_under(result.key))
          << result.error->message;
      EXPECT_EQ(result.money_moved, MoneyMoved::no);
    }
    EXPECT_FALSE(moved && result.money_moved == MoneyMoved::no);
    EXPECT_LE(now.refunds_accepted, before.refunds_accepted + 1) << "one command, one refund";
  }

  void check_query() {
    const Truth real = truth();
    EXPECT_GE(real.refunded.minor(), 0);
    EXPECT_LE(real.refunded.minor(), real.captured.minor());
    const OperationResult told = client_->query(payment_);
    ASSERT_EQ(told.outcome, Outcome::succeeded);
    EXPECT_EQ(told.captured.value_or(real.captured), real.captured);
    EXPECT_EQ(told.refunded.value_or(real.refunded), real.refunded);
    const Money left = *real.captured.minus(real.refunded);
    EXPECT_EQ(told.refundable.value_or(left), left);
    told_ += told.refunded && told.refundable ? 1 : 0;
  }

  std::mt19937 random_;
  std::shared_ptr<simulation::World> world_;
  std::unique_ptr<Client> client_;
  std::string currency_, wish_;
  PaymentId payment_{""};
  std::vector<Command> commands_;
  std::vector<IdempotencyKey> keys_;
  int told_ = 0;
};

TEST(StripeSequenceTest, WhateverHappensNoMoneyMovesTwiceAndNoSumIsWrong) {
  int told = 0;
  for (int number = 0; number < sequences && !::testing::Test::HasFailure(); ++number) {
    SCOPED_TRACE("sequence " + std::to_string(number));
    Sequence sequence(number);
    sequence.run();
    told += sequence.told();
  }
  // Sums may be withheld where nothing tells, but that is the exception.
  EXPECT_GT(told, sequences * (steps + 1) * 9 / 10);
}

}  // namespace
}  // namespace refundkit_testing
