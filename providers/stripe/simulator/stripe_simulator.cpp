#include "stripe_simulator.hpp"

#include <algorithm>
#include <utility>

#include "books.hpp"
#include "credentials.hpp"
#include "edge.hpp"
#include "kept_answers.hpp"
#include "new_payment.hpp"
#include "objects.hpp"
#include "refundkit/simulation/clock.hpp"
#include "refundkit/simulation/digest.hpp"
#include "routes.hpp"

namespace refundkit::simulation {
namespace stripe {
namespace {

constexpr const char* pinned_version = "2026-07-29.dahlia";

FormFields sorted(FormFields fields) {
  std::sort(fields.begin(), fields.end());
  return fields;
}

// The refusal of a key that belongs to another call (sheet: Idempotency).
Answer refuse_key(const KeptAnswer& kept, const Request& request, const std::string& key) {
  const bool same_path = kept.path == request.path;
  const std::string reason = same_path ? "with the same parameters they were first used with."
                                       : "for the same endpoint they were first used for ('" +
                                             kept.path + "' vs '" + request.path + "').";
  return refuse(400, {"idempotency_error", "",
                      "Keys for idempotent requests can only be used " + reason +
                          " Try using a key other than '" + key +
                          "' if you meant to execute a different request.",
                      ""});
}

std::string signature_header(const std::string& body, Time now) {
  const std::string time = std::to_string(unix_seconds(now));
  return "t=" + time + ",v1=" + hmac_sha256_hex(webhook_secret, time + "." + body);
}

class StripeSimulator final : public Simulator {
 public:
  std::string name() const override { return "stripe"; }
  std::map<std::string, std::string> environment() const override {
    return {{"SECRET_KEY", secret_key}, {"WEBHOOK_SECRET", webhook_secret}};
  }

  std::string operation(const Request& request) const override {
    const Route* route = find_route(request.method, path_parts(request.path));
    return route == nullptr ? "other" : route->operation;
  }

  Response answer(const Request& request, Time now, const Treatment& treatment) override {
    Call call = begin(request, now, treatment);
    if (auto no = refuse_credentials(request)) return finish(request, call, *no);
    if (auto no = refuse_form(request)) return finish(request, call, *no);
    const Route* route = find_route(call.method, call.path);
    if (route == nullptr) return finish(request, call, unknown_path(request));
    const KeptAnswer* kept = call.key.empty() ? nullptr : kept_.find(call.account, call.key, now);
    if (kept != nullptr) return repeat(request, call, *kept);
    return finish(request, call, route->endpoint(books_, call));
  }

  Response refusal(const Request& request, int status) const override {
    const std::string request_id = new_id("req_");
    const std::string key = idempotency_key(request);
    Response response = respond(request, status, request_id);
    response.body =
        shown_body(refusal_for(status, key), request_id, std::chrono::system_clock::now());
    if (status == 429) response.headers.emplace_back("Stripe-Rate-Limited-Reason", "global-rate");
    return response;
  }

  // A 500 comes from the endpoint and is kept like any other result; the other statuses come from
  // before it.
  Response break_off(const Request& request, const Breakdown& breakdown, Time now) override {
    const Call call = begin(request, now, {});
    const bool fresh = !call.key.empty() && kept_.find(call.account, call.key, now) == nullptr;
    if (breakdown.changed) static_cast<void>(answer(request, now, {}));
    Response response = refusal(request, breakdown.status);
    if (breakdown.status == 500 && fresh && !refuse_credentials(request)) {
      kept_.keep(call.account, call.key,
                 {request.path, call.parameters, 500, response.body, call.request_id, now});
    }
    return response;
  }

  std::variant<std::string, Refusal> create_payment(const PaymentWish& wish, Time now) override {
    auto made = make_payment(books_, wish, now);
    if (const auto* no = std::get_if<Refusal>(&made)) return *no;
    const Payment& payment = *std::get<Payment*>(made);
    const std::string& id = payment.intent.empty() ? payment.charge : payment.intent;
    return Json::object({{"payment_id", id}, {"charge_id", payment.charge}}).compact();
  }

  std::optional<std::string> truth(std::string_view payment_id) const override {
    const Payment* payment = books_.find(payment_id);
    return payment == nullptr ? std::nullopt : std::optional(truth_about(*payment));
  }

  void advance(Time now) override { books_.run_due(now); }

  std::vector<Event> events(Time now) const override {
    std::vector<Event> signed_events;
    for (const StoredEvent& event : books_.events()) {
      const std::string body = event_object(event).pretty();
      signed_events.push_back({event.id,
                               event.type,
                               event.created,
                               {{"Content-Type", "application/json; charset=utf-8"},
                                {"Stripe-Signature", signature_header(body, now)}},
                               body});
    }
    return signed_events;
  }

  void reset() override {
    books_ = Books();
    kept_ = KeptAnswers();
  }

 private:
  static Call begin(const Request& request, Time now, const Treatment& treatment) {
    Call call;
    call.method = request.method;
    call.path = path_parts(request.path);
    call.parameters = parse_form(request.method == "GET" ? request.query : request.body);
    const std::string* account = request.header("Stripe-Account");
    call.account = account == nullptr ? Books::own_account : *account;
    call.request_id = new_id("req_");
    call.key = idempotency_key(request);
    call.now = now;
    call.treatment = treatment;
    return call;
  }

  static Answer unknown_path(const Request& request) {
    Answer answer = refuse(
        404, {"invalid_request_error", "",
              "Unrecognized request URL (" + request.method + ": " + request.path + ").", ""});
    answer.kept = false;
    return answer;
  }

  // The headers of every answer.
  static Response respond(const Request& request, int status, const std::string& request_id) {
    const std::string* version = request.header("Stripe-Version");
    Response response;
    response.status = status;
    response.headers = {{"Content-Type", "application/json"},
                        {"Cache-Control", "no-cache, no-store"},
                        {"Request-Id", request_id},
                        {"Stripe-Version", version == nullptr ? pinned_version : *version}};
    const std::string key = idempotency_key(request);
    if (!key.empty()) response.headers.emplace_back("Idempotency-Key", key);
    return response;
  }

  Response finish(const Request& request, const Call& call, const Answer& answer) {
    Response response = respond(request, answer.status, call.request_id);
    response.body = shown_body(answer, call.request_id, call.now);
    if (answer.kept && !call.key.empty()) {
      kept_.keep(
          call.account, call.key,
          {request.path, call.parameters, answer.status, response.body, call.request_id, call.now});
    }
    return response;
  }

  Response repeat(const Request& request, const Call& call, const KeptAnswer& kept) {
    if (kept.path != request.path || kept.parameters != sorted(call.parameters)) {
      Answer refused = refuse_key(kept, request, call.key);
      refused.kept = false;
      return finish(request, call, refused);
    }
    Response response = respond(request, kept.status, call.request_id);
    response.headers.emplace_back("Idempotent-Replayed", "true");
    response.headers.emplace_back("Original-Request", kept.request_id);
    response.body = kept.body;
    return response;
  }

  Books books_;
  KeptAnswers kept_;
};

}  // namespace
}  // namespace stripe

std::unique_ptr<Simulator> make_stripe_simulator() {
  return std::make_unique<stripe::StripeSimulator>();
}

}  // namespace refundkit::simulation
