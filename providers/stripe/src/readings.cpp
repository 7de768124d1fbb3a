// Flows that only read.

#include <memory>
#include <utility>

#include "connection.hpp"
#include "ids.hpp"

namespace refundkit::stripe {
namespace {

using wire::Json;
using Listed = std::vector<ListedRefund>;

// 10,000 refunds of one payment: beyond that the paging goes in circles.
constexpr int most_pages = 100;

Error not_a_reading(const HttpResponse& response, std::string message) {
  Error error = malformed(response, std::move(message));
  error.next_step = {NextAction::retry_later};
  error.retryable = true;
  return error;
}

Error unreadable(const HttpResponse& response, const std::optional<Json>& body) {
  if (response.status < 200 || response.status > 299) return reading_error(response, body);
  return not_a_reading(response, "Stripe's answer is not what it promises.");
}

struct Pages {
  const Connection* connection;
  PaymentId payment;
  std::shared_ptr<Listed> so_far;
  int count = 0;
};

Reading<Listed> next_page(Pages pages, const std::string& after);

Reading<Listed> read_page(Pages pages, const HttpResponse& response) {
  const auto body = read_body(response);
  if (!is_success(response, body)) return Result<Listed>(unreadable(response, body));
  const Json& list = (*body)["data"];
  const auto has_more = (*body)["has_more"].boolean();
  if ((*body)["object"].text_or_empty() != "list" || !list.is_array() || !has_more) {
    return Result<Listed>(not_a_reading(response, "Stripe's answer is no list of refunds."));
  }
  auto all = std::make_shared<Listed>(*pages.so_far);
  for (const Json& item : list.items()) {
    auto refund = read_listed_refund(item);
    if (!refund) return Result<Listed>(not_a_reading(response, refund.error().message));
    all->push_back(std::move(refund).value());
  }
  if (!*has_more) return Result<Listed>(*all);
  pages.so_far = std::move(all);
  if (list.items().empty() || ++pages.count >= most_pages) {
    return Result<Listed>(not_a_reading(response, "Stripe's list of refunds does not end."));
  }
  const std::string last = pages.so_far->back().record.id.str();
  return next_page(std::move(pages), last);
}

Reading<Listed> next_page(Pages pages, const std::string& after) {
  HttpRequest request = pages.connection->requests.refunds(pages.payment, after);
  return ask<Listed>(std::move(request), [pages = std::move(pages)](const HttpResponse& response) {
    return read_page(pages, response);
  });
}

struct Told {
  Payment payment;
  std::string request_id;
};

Reading<PaymentSnapshot> with_refunds(const Connection& connection, const Told& told) {
  return then<Result<PaymentSnapshot>>(
      list_refunds(connection, told.payment.id),
      [told](const Result<Listed>& refunds) -> Reading<PaymentSnapshot> {
        if (!refunds) return Result<PaymentSnapshot>(refunds.error());
        PaymentSnapshot snapshot = to_snapshot(told.payment, *refunds);
        snapshot.request_id = told.request_id;
        return Result<PaymentSnapshot>(std::move(snapshot));
      });
}

/// The newest dispute's status. Where several are listed, one that holds money counts first.
std::string dispute_status(const Json& list) {
  std::string status;
  for (const Json& dispute : list.items()) {
    const std::string one = dispute["status"].text_or_empty();
    const bool holds = holds_money(one);
    if (status.empty() || holds) status = one;
    if (holds) break;
  }
  return status;
}

Reading<PaymentSnapshot> with_dispute(const Connection& connection, const Told& told) {
  if (!told.payment.disputed || told.payment.charge.empty()) return with_refunds(connection, told);
  return ask<PaymentSnapshot>(
      connection.requests.disputes(told.payment.charge),
      [&connection, told](const HttpResponse& response) -> Reading<PaymentSnapshot> {
        const auto body = read_body(response);
        Told known = told;
        if (is_success(response, body) && (*body)["data"].is_array()) {
          known.payment.dispute = dispute_status((*body)["data"]);
        } else if (response.status == 403 || response.status == 404) {
          // A restricted key may not read disputes: Stripe then judges the refund itself.
          known.payment.dispute = "unreadable";
        } else {
          return Result<PaymentSnapshot>(unreadable(response, body));
        }
        return with_refunds(connection, known);
      });
}

}  // namespace

Reading<Listed> list_refunds(const Connection& connection, const PaymentId& payment) {
  return next_page({&connection, payment, std::make_shared<Listed>()}, {});
}

Reading<PaymentSnapshot> read_payment(const Connection& connection, const PaymentId& payment) {
  if (auto error = check(payment)) return Result<PaymentSnapshot>(*error);
  return ask<PaymentSnapshot>(
      connection.requests.payment(payment),
      [&connection, payment](const HttpResponse& response) -> Reading<PaymentSnapshot> {
        const auto body = read_body(response);
        if (!is_success(response, body)) return Result<PaymentSnapshot>(unreadable(response, body));
        auto read = read_payment(*body, payment);
        if (!read) return Result<PaymentSnapshot>(not_a_reading(response, read.error().message));
        return with_dispute(connection, {std::move(read).value(), request_id(response)});
      });
}

Reading<RefundRecord> read_refund(const Connection& connection, const PaymentId& payment,
                                  const RefundId& refund) {
  if (auto error = check(payment)) return Result<RefundRecord>(*error);
  if (auto error = check(refund)) return Result<RefundRecord>(*error);
  return ask<RefundRecord>(
      connection.requests.refund(refund),
      [payment, refund](const HttpResponse& response) -> Reading<RefundRecord> {
        const auto body = read_body(response);
        if (!is_success(response, body)) {
          Error error = unreadable(response, body);
          if (error.code == ErrorCode::payment_not_found) error.code = ErrorCode::refund_not_found;
          return Result<RefundRecord>(std::move(error));
        }
        auto read = read_refund(*body);
        if (!read) return Result<RefundRecord>(not_a_reading(response, read.error().message));
        if (read->id != refund) {
          return Result<RefundRecord>(
              not_a_reading(response, "Stripe answered with another refund."));
        }
        const std::string charge = (*body)["charge"].text_or_empty();
        const std::string intent = (*body)["payment_intent"].text_or_empty();
        const std::string& owner = is_payment_intent(payment) ? intent : charge;
        if (!owner.empty() && owner != payment.str()) {
          return Result<RefundRecord>(
              Error{ErrorCode::refund_not_found,
                    "Refund " + refund.str() + " belongs to another payment (" + owner + ").",
                    {NextAction::fix_request}});
        }
        RefundRecord record = std::move(read).value();
        record.payment = payment;
        return Result<RefundRecord>(std::move(record));
      });
}

void recognise(std::vector<RefundRecord>& refunds, const IdempotencyKey& key) {
  const std::string text = key_text(key);
  for (RefundRecord& refund : refunds) {
    if (refund.key.str() == text) refund.key = key;
  }
}

OperationResult begin(Operation operation, const PaymentId& payment, const FlowContext& context) {
  OperationResult result;
  result.operation = operation;
  result.provider = ProviderId("stripe");
  result.payment = payment;
  result.key = context.key;
  return result;
}

Step<OperationResult> end(const Connection& connection, OperationResult result) {
  const auto place = [&](NextStep& step) {
    if (step.action == NextAction::manual_portal && !step.url && !check(result.payment)) {
      step.url = connection.console.payment(result.payment.str());
    }
  };
  place(result.next_step);
  if (result.error) place(result.error->next_step);
  return result;
}

}  // namespace refundkit::stripe
