#include "refundkit/client.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "client/driver.hpp"
#include "client/failure.hpp"
#include "client/keys.hpp"
#include "client/plan.hpp"
#include "client/request_check.hpp"

namespace refundkit {
inline namespace v0 {
namespace {

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

/// Lets the flow read again what may have changed since: an old snapshot, or any snapshot where no
/// key would tell a refund that was made since then.
RefundRequest with_fresh_snapshot(RefundRequest request, const FlowContext& context) {
  constexpr std::chrono::minutes longest{1};
  const auto read_at = request.snapshot ? request.snapshot->read_at : std::nullopt;
  const bool fresh = read_at && *read_at <= context.now && context.now - *read_at <= longest;
  if (!fresh || !context.repeatable_key) request.snapshot.reset();
  return request;
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
  if (options.timeout > std::chrono::hours(24 * 365)) {
    return wrong("The client's timeout must be at most a year.");
  }
  if (options.retries < 0) return wrong("The number of retries must not be negative.");
  if (options.first_pause.count() < 0 || options.longest_pause.count() < 0) {
    return wrong("The client's pauses must not be negative.");
  }
  return std::nullopt;
}

}  // namespace

/// Frames each operation: derives its key, runs the flow, and fills in what every answer carries.
class Client::Impl {
 public:
  /// What is known of a call before its flow begins.
  struct Call {
    Requested requested;
    Operation family;
    PaymentId payment;
    Terms terms;
  };

  static Call refund_call(Requested requested, const RefundRequest& request) {
    const Operation family = request.amount ? Operation::partial_refund : Operation::refund;
    return {requested, family, request.payment, request.terms};
  }
  static Call void_call(const VoidRequest& request) {
    return {Requested::void_payment, Operation::void_payment, request.payment, request.terms};
  }

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
    Driver driver = begun({call.family, context.key}, cancellation);
    if (wrong) return finish(failed(call.family, *wrong), call, driver);
    OperationResult result = driver.run(flow(context));
    result.plan.reset();
    return finish(std::move(result), call, driver);
  }

  /// As operate(), but stops before a request that can move money, and tells what it would do.
  template <class Flow>
  OperationResult plan(const Call& call, const std::optional<Error>& wrong,
                       const Cancellation& cancellation, Flow flow) const {
    const FlowContext context = context_for(call);
    Driver driver = begun({call.family, context.key}, cancellation);
    if (wrong) return finish(failed(call.family, *wrong), call, driver);
    return finish(planned(driver.run_until_move(flow(context))), call, driver);
  }

  /// Runs a flow that only reads.
  template <class T>
  static Result<T> read(const std::optional<Error>& wrong, Driver& driver,
                        const std::function<Reading<T>()>& flow) {
    if (wrong) return *wrong;
    return driver.run(flow());
  }

  [[nodiscard]] TimePoint now() const { return options_.clock->now(); }

  [[nodiscard]] Driver begun(Driver::Scope scope, const Cancellation& cancellation) const {
    Driver driver(*adapter_, *transport_, options_);
    driver.begin(std::move(scope), cancellation);
    return driver;
  }

  [[nodiscard]] OperationResult finish(OperationResult result, const Call& call,
                                       const Driver& driver) const {
    result.requested = call.requested;
    result.provider = adapter_->capabilities().provider;
    result.account = options_.account;
    if (result.payment.empty()) result.payment = call.payment;
    if (result.key.empty()) result.key = driver.key();
    if (result.reference.empty()) result.reference = call.terms.reference;
    result.sent = driver.sent();
    result.attempts = (std::max)(result.attempts, driver.attempts());
    if (result.request_id.empty()) result.request_id = driver.request_id();
    if (result.outcome == Outcome::unknown && result.sent) {
      // What was read before a request without an answer is no longer known to be so.
      result.payment_state.reset();
      result.refund_state.reset();
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
  return impl_->operate(Impl::refund_call(Requested::refund, request), check(request), cancellation,
                        [&](const FlowContext& context) {
                          return impl_->adapter().refund(with_fresh_snapshot(request, context),
                                                         context);
                        });
}

OperationResult Client::void_payment(const VoidRequest& request,
                                     const Cancellation& cancellation) const {
  return impl_->operate(
      Impl::void_call(request), check(request), cancellation,
      [&](const FlowContext& context) { return impl_->adapter().void_payment(request, context); });
}

OperationResult Client::reverse(const RefundRequest& request,
                                const Cancellation& cancellation) const {
  return impl_->operate(Impl::refund_call(Requested::reverse, request), check(request),
                        cancellation, [&](const FlowContext& context) {
                          return impl_->adapter().reverse(with_fresh_snapshot(request, context),
                                                          context);
                        });
}

OperationResult Client::resolve(const ResolveRequest& request,
                                const Cancellation& cancellation) const {
  Terms terms;
  terms.key = request.key;
  const Operation family = request.refund   ? Operation::void_payment
                           : request.amount ? Operation::partial_refund
                                            : Operation::refund;
  return impl_->operate(
      {Requested::resolve, family, request.payment, terms}, check(request), cancellation,
      [&](const FlowContext& context) { return impl_->adapter().resolve(request, context); });
}

OperationResult Client::plan(const RefundRequest& request, const Cancellation& cancellation) const {
  // An equal refund a moment ago forbids sending, not planning.
  RefundRequest planned = request;
  planned.terms.again = true;
  return impl_->plan(Impl::refund_call(Requested::plan, request), check(request), cancellation,
                     [&](const FlowContext& context) {
                       return impl_->adapter().reverse(with_fresh_snapshot(planned, context),
                                                       context);
                     });
}

OperationResult Client::plan_refund(const RefundRequest& request,
                                    const Cancellation& cancellation) const {
  return impl_->plan(Impl::refund_call(Requested::refund, request), check(request), cancellation,
                     [&](const FlowContext& context) {
                       return impl_->adapter().refund(with_fresh_snapshot(request, context),
                                                      context);
                     });
}

OperationResult Client::plan_void(const VoidRequest& request,
                                  const Cancellation& cancellation) const {
  return impl_->plan(
      Impl::void_call(request), check(request), cancellation,
      [&](const FlowContext& context) { return impl_->adapter().void_payment(request, context); });
}

OperationResult Client::query(const PaymentId& payment, const Cancellation& cancellation) const {
  Driver driver = impl_->begun({Operation::query, {}}, cancellation);
  const auto snapshot = Impl::read<PaymentSnapshot>(
      check(payment), driver, [&] { return impl_->adapter().read_payment(payment); });
  return impl_->finish(snapshot ? result_of(*snapshot) : failed(Operation::query, snapshot.error()),
                       {Requested::query, Operation::query, payment, {}}, driver);
}

OperationResult Client::query_refund(const PaymentId& payment, const RefundId& refund,
                                     const Cancellation& cancellation) const {
  auto wrong = check(payment);
  if (!wrong) wrong = check(refund);
  Driver driver = impl_->begun({Operation::query, {}}, cancellation);
  const auto record = Impl::read<RefundRecord>(
      wrong, driver, [&] { return impl_->adapter().read_refund(payment, refund); });
  return impl_->finish(result_of(record), {Requested::query, Operation::query, payment, {}},
                       driver);
}

std::vector<OperationResult> Client::refunds(const PaymentId& payment,
                                             const Cancellation& cancellation) const {
  const Impl::Call call{Requested::refunds, Operation::query, payment, {}};
  Driver driver = impl_->begun({Operation::query, {}}, cancellation);
  const auto records = Impl::read<std::vector<RefundRecord>>(
      check(payment), driver, [&] { return impl_->adapter().list_refunds(payment); });
  if (!records) return {impl_->finish(failed(Operation::query, records.error()), call, driver)};
  std::vector<OperationResult> results;
  results.reserve(records->size());
  for (const RefundRecord& record : *records) {
    results.push_back(impl_->finish(result_of(Result<RefundRecord>(record)), call, driver));
  }
  return results;
}

Result<PaymentSnapshot> Client::read_payment(const PaymentId& payment,
                                             const Cancellation& cancellation) const {
  Driver driver = impl_->begun({Operation::query, {}}, cancellation);
  auto snapshot = Impl::read<PaymentSnapshot>(
      check(payment), driver, [&] { return impl_->adapter().read_payment(payment); });
  if (!snapshot) return snapshot;
  PaymentSnapshot told = std::move(snapshot).value();
  told.read_at = impl_->now();
  return told;
}

}  // namespace v0
}  // namespace refundkit
