#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "refundkit/simulation/clock.hpp"
#include "refundkit/simulation/form.hpp"
#include "refundkit/simulation/json.hpp"
#include "simulator/stripe_simulator.hpp"

namespace refundkit::simulation {

/// Stripe's simulator on a clock the test moves, spoken to in bytes.
class SimulatedStripe : public ::testing::Test {
 protected:
  using Form = std::vector<std::pair<std::string, std::string>>;

  struct Said {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    Json body;
    std::string bytes;

    /// "error.code": the text of a member, its JSON if it is no string, "absent" without it.
    [[nodiscard]] std::string at(const std::string& path) const {
      const Json* here = &body;
      for (std::size_t begin = 0; here != nullptr && begin <= path.size();) {
        const std::size_t end = std::min(path.find('.', begin), path.size());
        const std::string name = path.substr(begin, end - begin);
        const bool index = name.find_first_not_of("0123456789") == std::string::npos;
        here = index && here->items() != nullptr ? item(*here, std::stoul(name)) : here->find(name);
        begin = end + 1;
      }
      if (here == nullptr) return "absent";
      return here->string() != nullptr ? *here->string() : here->compact();
    }
    [[nodiscard]] std::string header(const std::string& name) const {
      for (const auto& [key, value] : headers) {
        if (key == name) return value;
      }
      return "absent";
    }
    [[nodiscard]] std::size_t count() const { return body.find("data")->items()->size(); }

   private:
    static const Json* item(const Json& array, std::size_t index) {
      return index < array.items()->size() ? &(*array.items())[index] : nullptr;
    }
  };

  std::string pay(const PaymentWish& wish) {
    auto made = stripe_->create_payment(wish, now_);
    return *Json::parse(std::get<std::string>(made))->find_string("payment_id");
  }
  std::string captured(const std::string& reference = "order-1") {
    return pay({"40.00", "USD", "card", "captured", reference});
  }
  std::string authorized(const std::string& reference = "order-1") {
    return pay({"40.00", "USD", "card", "authorized", reference});
  }
  Said send(Request request, const Treatment& treatment = {}) {
    const Response response = stripe_->answer(request, now_, treatment);
    return {response.status, response.headers, Json::parse(response.body).value_or(Json()),
            response.body};
  }
  static Request post_request(const std::string& path, const Form& fields,
                              const std::string& key = {}) {
    Request request{"POST", path, "", {}, ""};
    request.headers = {{"Authorization", "Bearer sk_test_refundkit_sandbox"},
                       {"Content-Type", "application/x-www-form-urlencoded"}};
    if (!key.empty()) request.headers.emplace_back("Idempotency-Key", key);
    for (const auto& [name, value] : fields) {
      if (!request.body.empty()) request.body += '&';
      request.body += encode_form_text(name) + "=" + encode_form_text(value);
    }
    return request;
  }
  Said post(const std::string& path, const Form& fields, const std::string& key = {}) {
    return send(post_request(path, fields, key));
  }
  Said refund(const std::string& payment, const std::string& amount, const std::string& key = {}) {
    return post("/v1/refunds", {{"payment_intent", payment}, {"amount", amount}}, key);
  }
  Said cancel(const std::string& payment, const std::string& key = {}) {
    return post("/v1/payment_intents/" + payment + "/cancel", {}, key);
  }
  Said get(const std::string& path, const std::string& query = {}) {
    return send({"GET", path, query, {{"Authorization", "Bearer sk_test_refundkit_sandbox"}}, ""});
  }
  std::string charge_of(const std::string& payment) {
    return get("/v1/payment_intents/" + payment).at("latest_charge");
  }
  Said truth(const std::string& payment) {
    return {200, {}, *Json::parse(*stripe_->truth(payment)), {}};
  }
  void pass(std::chrono::seconds time) {
    now_ += time;
    stripe_->advance(now_);
  }
  std::vector<std::string> event_types() const {
    std::vector<std::string> types;
    for (const Event& event : stripe_->events(now_)) types.push_back(event.type);
    return types;
  }

  std::unique_ptr<Simulator> stripe_ = make_stripe_simulator();
  Time now_ = *parse_time("2026-11-22T09:00:00Z");
};

}  // namespace refundkit::simulation
