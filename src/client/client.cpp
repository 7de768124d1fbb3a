#include "refundkit/client.hpp"

#include <utility>

#include "client/driver.hpp"
#include "client/failure.hpp"
#include "client/keys.hpp"
#include "client/plan.hpp"
#include "client/request_check.hpp"

namespace refundkit {
inline namespace v0 {
namespace {

Operation family_of(const RefundRequest& request) {
  return request.amount ? Operation::partial_refund : Operation::refund;
}

OperationResult result_of(const PaymentSnapshot& snapshot) {
  OperationResult result;
  result.outcome = Outcome::succeeded;
  result.money_moved = MoneyMoved::no;
  result.payment = snapshot.payment;
  result.payment_state = snapshot.state;
  result.captured = snapshot.captured;
  result.refunded = snapshot.refunded;
  result.refundable = snapshot.refundable;
  result.request_id = snapshot.request_id;
  return result;
}

OperationResult result_of(const Result<RefundRecord>& refund) {
  if (!refund) return failed(Operation::query, refund.error());
  OperationResult result = v0::result_of(*refund);
  result.operation = Operation::query;
  return result;
}

std::optional<Error> check(const ClientOptions& options) {
  const auto wrong = [](std::string message) {
    return Error{ErrorCode::configuration_error, std::move(message), {NextAction::fix_request}};
  };
  if (options.clock == nullptr) return wrong("The client has no clock.");
  if (options.timeout.count() <= 0) return wrong("The client's timeout must be above zero.");
  if (options.retries < 0) return wrong("The number of retries must not be negative.");
  return std::nullopt;
}

}  // namespace

/// Frames each operation: derives its key, runs the flow, and fills in what every answer carries.
class Client::Impl {
 public:
  enum class Mode { act, only_plan };

  /// What is known of a call before its flow begins.
  struct Call {
    Operation requested;
    Operation family;
    PaymentId payment;
    Terms terms;
    Mode mode = Mode::act;
  };

  Impl(std::unique_ptr<Adapter> adapter, std::shared_ptr<Transport> transport,
       ClientOptions options)
      : adapter_(std::move(adapter)),
        transport_(std::move(transport)),
        options_(std::move(options)) {}

  [[nodiscard]] const Adapter& adapter() const noexcept { return *adapter_; }

  /// `flow` makes a Step<OperationResult> from a FlowContext; `wrong` is what the request lacks.
  template <class Flow>
  OperationResult operate(const Call& call, const std::optional<Error>& wrong,
                          const Cancellation& cancellation, Flow flow) const {
    const FlowContext context = context_for(call);
    Driver driver(*adapter_, *transport_, options_);
    driver.begin({call.family, context.key}, cancellation);
    if (wrong) return finish(failed(call.family, *wrong), call, driver);
    if (call.mode == Mode::only_plan) {
      return finish(planned(driver.run_until_move(flow(context))), call, driver);
    }
    OperationResult result = driver.run(flow(context));
    result.plan.reset();
    return finish(std::move(result), call, driver);
  }

  /// Runs a flow that only reads.
  template <class T>
  Result<T> read(const std::optional<Error>& wrong, const Cancellation& cancellation,
                 Driver& driver, const std::function<Reading<T>()>& flow) const {
    driver.begin({Operation::query, {}}, cancellation);
    if (wrong) return *wrong;
    return driver.run(flow());
  }

  [[nodiscard]] static Call query_of(const PaymentId& payment) {
    return {Operation::query, Operation::query, payment, {}};
  }

  [[nodiscard]] Driver driver() const { return {*adapter_, *transport_, options_}; }

  [[nodiscard]] OperationResult finish(OperationResult result, const Call& call,
                                       const Driver& driver) const {
    result.requested_operation = call.requested;
    result.provider = adapter_->capabilities().provider;
    result.account = options_.account;
    if (result.payment.empty()) result.payment = call.payment;
    if (result.key.empty()) result.key = driver.key();
    if (result.reference.empty()) result.reference = call.terms.reference;
    result.sent = driver.sent();
    result.attempts = driver.attempts();
    if (result.outcome == Outcome::unknown && result.sent) {
      // What was read before a request without an answer is no longer known to be so.
      result.payment_state.reset();
      result.refunded.reset();
      result.refundable.reset();
    }
    result.occurred_at = options_.clock->now();
    const bool waits = result.next_step.action == NextAction::retry_later ||
                       result.next_step.action == NextAction::resolve;
    if (waits && !result.next_step.at) result.next_step.at = driver.come_back_at();
    if (options_.observer != nullptr) options_.observer->on_result(result);
    return result;
  }

 private:
  [[nodiscard]] FlowContext context_for(const Call& call) const {
    FlowContext context;
    context.now = options_.clock->now();
    const Terms& terms = call.terms;
    context.repeatable_key = !terms.key.empty() || !terms.reference.empty();
    if (terms.reference.empty()) {
      context.key = terms.key.empty() ? random_key() : terms.key;
      context.void_key = context.key;
    } else {
      const ProviderId& provider = adapter_->capabilities().provider;
      const auto key_of = [&](Operation family) {
        return operation_key({provider, options_.account, call.payment}, family, terms.reference);
      };
      context.key = key_of(call.family);
      context.void_key = key_of(Operation::void_payment);
    }
    return context;
  }

  std::unique_ptr<Adapter> adapter_;
  std::shared_ptr<Transport> transport_;
  ClientOptions options_;
};

Client::Client(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Result<Client> Client::create(std::unique_ptr<Adapter> adapter,
                              std::shared_ptr<Transport> transport, ClientOptions options) {
  if (adapter == nullptr || transport == nullptr) {
    return Error{ErrorCode::configuration_error,
                 "A client needs an adapter and a transport.",
                 {NextAction::fix_request}};
  }
  if (auto wrong = check(options)) return *std::move(wrong);
  return Client(
      std::make_unique<Impl>(std::move(adapter), std::move(transport), std::move(options)));
}

const Capabilities& Client::capabilities() const noexcept {
  return impl_->adapter().capabilities();
}

OperationResult Client::refund(const RefundRequest& request,
                               const Cancellation& cancellation) const {
  return impl_->operate({Operation::refund, family_of(request), request.payment, request.terms},
                        check(request), cancellation, [&](const FlowContext& context) {
                          return impl_->adapter().refund(request, context);
                        });
}

OperationResult Client::void_payment(const VoidRequest& request,
                                     const Cancellation& cancellation) const {
  return impl_->operate(
      {Operation::void_payment, Operation::void_payment, request.payment, request.terms},
      check(request), cancellation,
      [&](const FlowContext& context) { return impl_->adapter().void_payment(request, context); });
}

OperationResult Client::reverse(const RefundRequest& request,
                                const Cancellation& cancellation) const {
  return impl_->operate({Operation::reverse, family_of(request), request.payment, request.terms},
                        check(request), cancellation, [&](const FlowContext& context) {
                          return impl_->adapter().reverse(request, context);
                        });
}

OperationResult Client::resolve(const ResolveRequest& request,
                                const Cancellation& cancellation) const {
  Terms terms;
  terms.key = request.key;
  const Operation family = request.amount ? Operation::partial_refund : Operation::refund;
  return impl_->operate(
      {Operation::resolve, family, request.payment, terms}, check(request), cancellation,
      [&](const FlowContext& context) { return impl_->adapter().resolve(request, context); });
}

OperationResult Client::plan(const RefundRequest& request, const Cancellation& cancellation) const {
  return impl_->operate(
      {Operation::plan, family_of(request), request.payment, request.terms, Impl::Mode::only_plan},
      check(request), cancellation,
      [&](const FlowContext& context) { return impl_->adapter().reverse(request, context); });
}

OperationResult Client::plan_refund(const RefundRequest& request,
                                    const Cancellation& cancellation) const {
  return impl_->operate({Operation::refund, family_of(request), request.payment, request.terms,
                         Impl::Mode::only_plan},
                        check(request), cancellation, [&](const FlowContext& context) {
                          return impl_->adapter().refund(request, context);
                        });
}

OperationResult Client::plan_void(const VoidRequest& request,
                                  const Cancellation& cancellation) const {
  return impl_->operate({Operation::void_payment, Operation::void_payment, request.payment,
                         request.terms, Impl::Mode::only_plan},
                        check(request), cancellation, [&](const FlowContext& context) {
                          return impl_->adapter().void_payment(request, context);
                        });
}

OperationResult Client::query(const PaymentId& payment, const Cancellation& cancellation) const {
  Driver driver = impl_->driver();
  const auto snapshot = impl_->read<PaymentSnapshot>(
      check(payment), cancellation, driver, [&] { return impl_->adapter().read_payment(payment); });
  return impl_->finish(snapshot ? result_of(*snapshot) : failed(Operation::query, snapshot.error()),
                       Impl::query_of(payment), driver);
}

OperationResult Client::query_refund(const PaymentId& payment, const RefundId& refund,
                                     const Cancellation& cancellation) const {
  auto wrong = check(payment);
  if (!wrong) wrong = check(refund);
  Driver driver = impl_->driver();
  const auto record = impl_->read<RefundRecord>(
      wrong, cancellation, driver, [&] { return impl_->adapter().read_refund(payment, refund); });
  return impl_->finish(result_of(record), Impl::query_of(payment), driver);
}

std::vector<OperationResult> Client::refunds(const PaymentId& payment,
                                             const Cancellation& cancellation) const {
  Driver driver = impl_->driver();
  const auto records = impl_->read<std::vector<RefundRecord>>(
      check(payment), cancellation, driver, [&] { return impl_->adapter().list_refunds(payment); });
  if (!records) {
    return {
        impl_->finish(failed(Operation::query, records.error()), Impl::query_of(payment), driver)};
  }
  std::vector<OperationResult> results;
  results.reserve(records->size());
  for (const RefundRecord& record : *records) {
    results.push_back(
        impl_->finish(result_of(Result<RefundRecord>(record)), Impl::query_of(payment), driver));
  }
  return results;
}

Result<PaymentSnapshot> Client::read_payment(const PaymentId& payment,
                                             const Cancellation& cancellation) const {
  Driver driver = impl_->driver();
  return impl_->read<PaymentSnapshot>(check(payment), cancellation, driver,
                                      [&] { return impl_->adapter().read_payment(payment); });
}

}  // namespace v0
}  // namespace refundkit
