#pragma once

// Feeds an adapter's flows with answers as bytes, and keeps what they asked.

#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "refundkit/providers/stripe.hpp"
#include "refundkit/wire/form.hpp"

namespace refundkit_testing {

using namespace refundkit;  // NOLINT: tests only.

inline HttpResponse answer(int status, std::string body, std::vector<HttpHeader> headers = {}) {
  headers.push_back({"Request-Id", "req_1"});
  return {status, std::move(headers), std::move(body)};
}
inline HttpResponse replayed(int status, std::string body) {
  return answer(status, std::move(body), {{"Idempotent-Replayed", "true"}});
}
inline HttpResponse error(int status, const std::string& fields) {
  return answer(status, "{\"error\":{" + fields + "}}");
}

inline constexpr long long now_seconds = 1'785'600'300;

/// A PaymentIntent with its charge, by its fields; a test replaces what it is about.
struct Intent {
  std::string status = "succeeded";
  long long amount = 4999;
  long long received = 4999;
  long long capturable = 0;
  std::string currency = "eur";
  std::string method = "card";
  long long amount_refunded = 0;
  bool refunded = false;
  bool captured = true;
  bool paid = true;
  bool disputed = false;
  bool with_charge = true;
  long long created = now_seconds - 3600;
  std::string more = {};

  [[nodiscard]] std::string charge_json(const std::string& id = "ch_1",
                                        const std::string& intent = "\"pi_1\"") const {
    return "{\"id\":\"" + id + "\",\"object\":\"charge\",\"amount\":" + std::to_string(amount) +
           ",\"amount_captured\":" + std::to_string(received) +
           ",\"amount_refunded\":" + std::to_string(amount_refunded) + ",\"currency\":\"" +
           currency + "\",\"created\":" + std::to_string(created) +
           ",\"captured\":" + text(captured) + ",\"paid\":" + text(paid) +
           ",\"refunded\":" + text(refunded) + ",\"disputed\":" + text(disputed) +
           ",\"payment_intent\":" + intent + ",\"payment_method_details\":{\"type\":\"" + method +
           "\"},\"status\":\"succeeded\"}";
  }
  [[nodiscard]] std::string json() const {
    return "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":" + std::to_string(amount) +
           ",\"amount_received\":" + std::to_string(received) +
           ",\"amount_capturable\":" + std::to_string(capturable) + ",\"currency\":\"" + currency +
           "\",\"latest_charge\":" + (with_charge ? charge_json() : "null") + ",\"status\":\"" +
           status + "\"" + more + "}";
  }

 private:
  static std::string text(bool value) { return value ? "true" : "false"; }
};

inline Intent authorized() {
  Intent intent;
  intent.status = "requires_capture";
  intent.received = 0;
  intent.capturable = 4999;
  intent.captured = false;
  return intent;
}
inline Intent canceled() {
  Intent intent = authorized();
  intent.status = "canceled";
  intent.capturable = 0;
  return intent;
}

/// A refund, by its fields.
struct Refund {
  std::string id = "re_1";
  long long amount = 4999;
  std::string status = "succeeded";
  std::string currency = "eur";
  std::string key = {};
  int attempt = 0;
  std::string fingerprint = {};
  long long created = now_seconds - 60;
  std::string more = {};

  [[nodiscard]] std::string json() const {
    std::string metadata;
    if (!key.empty()) {
      metadata = "\"refundkit_ref\":\"" + key + "\",\"refundkit_epoch\":\"" +
                 std::to_string(attempt) + "\"";
      if (!fingerprint.empty()) {
        metadata += ",\"refundkit_fingerprint\":\"" + fingerprint + "\"";
      }
    }
    return "{\"id\":\"" + id + "\",\"object\":\"refund\",\"amount\":" + std::to_string(amount) +
           ",\"currency\":\"" + currency + "\",\"created\":" + std::to_string(created) +
           ",\"charge\":\"ch_1\",\"payment_intent\":\"pi_1\",\"metadata\":{" + metadata +
           "},\"status\":\"" + status + "\"" + more + "}";
  }
};

inline std::string list(const std::vector<Refund>& refunds, bool has_more = false) {
  std::string items;
  for (const Refund& refund : refunds) items += (items.empty() ? "" : ",") + refund.json();
  return "{\"object\":\"list\",\"has_more\":" + std::string(has_more ? "true" : "false") +
         ",\"data\":[" + items + "]}";
}

struct Sent {
  HttpRequest request;
  bool moves = false;
  std::string wire_key = {};

  [[nodiscard]] std::string path() const {
    constexpr std::string_view host = "https://api.stripe.com";
    return request.url.substr(0, host.size()) == host ? request.url.substr(host.size())
                                                      : request.url;
  }
  [[nodiscard]] std::string field(const std::string& name) const {
    for (const auto& [key, value] : wire::parse_form(request.body)) {
      if (key == name) return value;
    }
    return "(absent)";
  }
};

class BytesDriver : public ::testing::Test {
 protected:
  BytesDriver() {
    context_.key = IdempotencyKey("K1");
    context_.void_key = IdempotencyKey("V1");
    context_.repeatable_key = true;
    context_.now = TimePoint(std::chrono::seconds(now_seconds));
    connect({Secret("sk_test_abc")});
  }
  void connect(stripe::Options options) { adapter_ = *stripe::adapter(std::move(options)); }

  /// The next answers, in order.
  void given(HttpResponse response) { answers_.push_back({std::move(response)}); }
  void given(std::string body) { given(answer(200, std::move(body))); }
  void given(Answer next) { answers_.push_back(std::move(next)); }
  void given_payment(const Intent& intent, const std::vector<Refund>& refunds = {}) {
    given(intent.json());
    given(list(refunds));
  }
  /// An answer to a repeat: an earlier try of the same bytes got none.
  void given_after_doubt(HttpResponse response) { answers_.push_back({std::move(response), true}); }

  template <class T>
  T run(Step<T> step) {
    while (step.result() == nullptr) {
      Sent sent;
      sent.moves = step.moves() != nullptr;
      sent.request = sent.moves ? step.moves()->request : *step.reads();
      if (sent.moves) sent.wire_key = step.moves()->wire_key;
      sent_.push_back(sent);
      if (answers_.empty()) {
        ADD_FAILURE() << "no answer left for " << sent.request.url;
        answers_.push_back({TransportFailure{}});
      }
      const Answer next = answers_.front();
      answers_.pop_front();
      step = step.next(next);
    }
    EXPECT_TRUE(answers_.empty()) << answers_.size() << " answers were never asked for";
    return *step.result();
  }

  [[nodiscard]] OperationResult refund() { return run(adapter_->refund(request_, context_)); }
  [[nodiscard]] OperationResult reverse() { return run(adapter_->reverse(request_, context_)); }
  [[nodiscard]] OperationResult void_it() {
    return run(adapter_->void_payment({request_.payment, std::nullopt, request_.terms}, context_));
  }
  [[nodiscard]] OperationResult resolve() {
    return run(adapter_->resolve({request_.payment, context_.key, request_.amount}, context_));
  }

  [[nodiscard]] std::vector<Sent> moves() const {
    std::vector<Sent> all;
    for (const Sent& sent : sent_) {
      if (sent.moves) all.push_back(sent);
    }
    return all;
  }

  std::unique_ptr<Adapter> adapter_;
  RefundRequest request_{PaymentId("pi_1"), std::nullopt, {}};
  FlowContext context_;
  std::deque<Answer> answers_;
  std::vector<Sent> sent_;
};

inline Money money(const char* text, const char* currency = "EUR") {
  return *Money::parse(text, currency);
}

}  // namespace refundkit_testing
