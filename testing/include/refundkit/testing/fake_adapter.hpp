#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "refundkit/adapter.hpp"

namespace refundkit_testing {

/// The smallest honest adapter, for tests of what drives adapters. Its provider lives at
/// https://fake.test and answers a money-moving POST with status 200 (done), 202 (pending), 400
/// (refused) or anything else (no verdict).
class FakeAdapter : public refundkit::Adapter {
 public:
  FakeAdapter() {
    capabilities_.provider = refundkit::ProviderId{"fake"};
    capabilities_.deduplicates = true;
  }

  /// Whether the provider keeps keys.
  void deduplicates(bool yes) { capabilities_.deduplicates = yes; }
  /// What repeat_hint() says of every answer that is not 200.
  void hint(refundkit::RepeatHint hint) { hint_ = hint; }

  [[nodiscard]] const refundkit::Capabilities& capabilities() const noexcept override {
    return capabilities_;
  }
  [[nodiscard]] refundkit::Step<refundkit::OperationResult> refund(
      const refundkit::RefundRequest& request,
      const refundkit::FlowContext& context) const override {
    const auto operation =
        request.amount ? refundkit::Operation::partial_refund : refundkit::Operation::refund;
    return move(operation, "refunds", request.payment, context.key);
  }
  [[nodiscard]] refundkit::Step<refundkit::OperationResult> void_payment(
      const refundkit::VoidRequest& request, const refundkit::FlowContext& context) const override {
    return move(refundkit::Operation::void_payment, "voids", request.payment, context.key);
  }
  /// Reads the payment, then voids it.
  [[nodiscard]] refundkit::Step<refundkit::OperationResult> reverse(
      const refundkit::RefundRequest& request,
      const refundkit::FlowContext& context) const override {
    return refundkit::then<refundkit::OperationResult>(
        read_payment(request.payment),
        [=](const refundkit::Result<refundkit::PaymentSnapshot>& payment) {
          return payment ? move(refundkit::Operation::void_payment, "voids", request.payment,
                                context.void_key)
                         : refused(refundkit::Operation::void_payment, payment.error());
        });
  }
  [[nodiscard]] refundkit::Step<refundkit::OperationResult> resolve(
      const refundkit::ResolveRequest& request,
      const refundkit::FlowContext& /*context*/) const override {
    return refundkit::then<refundkit::OperationResult>(
        read_payment(request.payment),
        [](const refundkit::Result<refundkit::PaymentSnapshot>& payment) {
          refundkit::OperationResult result;
          result.operation = refundkit::Operation::refund;
          result.outcome = payment ? refundkit::Outcome::succeeded : refundkit::Outcome::unknown;
          if (!payment) result.error = payment.error();
          return refundkit::Step<refundkit::OperationResult>(result);
        });
  }
  [[nodiscard]] refundkit::Reading<refundkit::PaymentSnapshot> read_payment(
      const refundkit::PaymentId& payment) const override {
    return refundkit::ask<refundkit::PaymentSnapshot>(
        get("payments/" + payment.str()), [payment](const refundkit::HttpResponse&) {
          refundkit::PaymentSnapshot snapshot;
          snapshot.payment = payment;
          snapshot.state = refundkit::PaymentState::captured;
          return refundkit::Reading<refundkit::PaymentSnapshot>(snapshot);
        });
  }
  [[nodiscard]] refundkit::Reading<refundkit::RefundRecord> read_refund(
      const refundkit::PaymentId& /*payment*/, const refundkit::RefundId& refund) const override {
    return refundkit::ask<refundkit::RefundRecord>(
        get("refunds/" + refund.str()), [refund](const refundkit::HttpResponse&) {
          return refundkit::Reading<refundkit::RefundRecord>(record(refund));
        });
  }
  [[nodiscard]] refundkit::Reading<std::vector<refundkit::RefundRecord>> list_refunds(
      const refundkit::PaymentId& payment) const override {
    return refundkit::ask<std::vector<refundkit::RefundRecord>>(
        get("payments/" + payment.str() + "/refunds"), [](const refundkit::HttpResponse&) {
          return refundkit::Reading<std::vector<refundkit::RefundRecord>>(std::vector{
              record(refundkit::RefundId{"refund_2"}), record(refundkit::RefundId{"refund_1"})});
        });
  }
  [[nodiscard]] refundkit::RepeatHint repeat_hint(
      const refundkit::HttpResponse& response) const override {
    return response.status == 200 ? refundkit::RepeatHint{} : hint_;
  }
  [[nodiscard]] std::string request_id(const refundkit::HttpResponse& response) const override {
    const std::string* id = refundkit::find_header(response.headers, "X-Request-Id");
    return id == nullptr ? std::string() : *id;
  }
  [[nodiscard]] refundkit::Result<refundkit::Secret> credential(
      std::string_view slot) const override {
    if (slot == "token") return refundkit::Secret("fake-token");
    return refundkit::Error{refundkit::ErrorCode::configuration_error, "No such credential."};
  }
  [[nodiscard]] const std::vector<std::string_view>& loggable_headers() const noexcept override {
    return loggable_;
  }

 private:
  static refundkit::HttpRequest get(const std::string& path) {
    refundkit::HttpRequest request;
    request.url = "https://fake.test/" + path + "?view=full";
    request.headers = {{"Authorization", "Bearer "}};
    request.credentials = {{"token", refundkit::CredentialSlot::Place::header, 0, 7}};
    return request;
  }
  static refundkit::RefundRecord record(refundkit::RefundId id) {
    const auto currency = refundkit::Currency::parse("EUR").value();
    return {std::move(id), refundkit::RefundState::succeeded, refundkit::Money(500, currency)};
  }
  static refundkit::Step<refundkit::OperationResult> refused(refundkit::Operation operation,
                                                             const refundkit::Error& error) {
    refundkit::OperationResult result;
    result.operation = operation;
    result.outcome = refundkit::Outcome::failed;
    result.money_moved = refundkit::MoneyMoved::no;
    result.error = error;
    result.next_step = error.next_step;
    return result;
  }
  static refundkit::OperationResult interpret(refundkit::Operation operation,
                                              const refundkit::Answer& answer) {
    refundkit::OperationResult result;
    result.operation = operation;
    result.next_step.action = refundkit::NextAction::resolve;
    if (const auto* response = answer.response()) {
      if (response->status == 200) result.outcome = refundkit::Outcome::succeeded;
      if (response->status == 202) result.outcome = refundkit::Outcome::pending;
      if (response->status == 400 && !answer.repeats_unanswered) {
        result.outcome = refundkit::Outcome::failed;
        result.error = refundkit::Error{refundkit::ErrorCode::declined, "The provider said no."};
      }
      if (response->status == 429) result.next_step.action = refundkit::NextAction::retry_later;
    } else if (const auto* failure = answer.failure()) {
      result.error = refundkit::no_answer(*failure);
      if (failure->sent == refundkit::Sent::nothing) result.outcome = refundkit::Outcome::failed;
    } else {
      result.outcome = refundkit::Outcome::failed;
      result.error = *answer.refused();
    }
    return result;
  }
  [[nodiscard]] refundkit::Step<refundkit::OperationResult> move(
      refundkit::Operation operation, const std::string& path, const refundkit::PaymentId& payment,
      const refundkit::IdempotencyKey& key) const {
    refundkit::PreparedRequest prepared;
    prepared.request.method = refundkit::HttpMethod::post;
    prepared.request.url = "https://fake.test/" + path;
    prepared.request.headers = {{"Authorization", "Bearer "}, {"Idempotency-Key", key.str()}};
    prepared.request.body = "payment=" + payment.str() + "&secret=";
    prepared.request.credentials = {
        {"token", refundkit::CredentialSlot::Place::header, 0, 7},
        {"token", refundkit::CredentialSlot::Place::body, 0, prepared.request.body.size()}};
    prepared.wire_key = key.str();
    prepared.deduplicated = capabilities_.deduplicates;
    prepared.operation = operation;
    prepared.key = key;
    prepared.decided_on.payment = payment;
    prepared.decided_on.state = refundkit::PaymentState::captured;
    prepared.rule = {"always", "A fake payment can always be given back.", "fake.test"};
    return {std::move(prepared), [operation](const refundkit::Answer& answer) {
              return refundkit::Step<refundkit::OperationResult>(interpret(operation, answer));
            }};
  }

  refundkit::Capabilities capabilities_;
  refundkit::RepeatHint hint_;
  std::vector<std::string_view> loggable_{"X-Request-Id"};
};

}  // namespace refundkit_testing
