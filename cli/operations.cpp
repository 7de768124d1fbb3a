#include "operations.hpp"

#include <utility>
#include <vector>

#include "answer_table.hpp"
#include "configuration.hpp"
#include "output.hpp"
#include "refundkit/client.hpp"
#include "requests.hpp"

namespace refundkit::cli {
namespace {

/// What the caller asks for, read from the words before anything else is looked at.
struct Order {
  RefundRequest refund;
  VoidRequest cancel;
  ResolveRequest resolve;
  ClientOptions options;
};

Result<void> read_request(Order& order, const Arguments& arguments) {
  if (arguments.command == Command::void_payment) {
    auto request = void_request(arguments);
    if (!request) return request.error();
    order.cancel = *request;
  } else if (arguments.command == Command::resolve) {
    auto request = resolve_request(arguments);
    if (!request) return request.error();
    order.resolve = *request;
  } else {
    auto request = refund_request(arguments);
    if (!request) return request.error();
    order.refund = *request;
  }
  return {};
}

Result<Order> read_order(const Arguments& arguments) {
  Order order;
  if (auto read = read_request(order, arguments); !read) return read.error();
  auto options = client_options(arguments);
  if (!options) return options.error();
  order.options = *options;
  return order;
}

Result<Client> connect(const Provider& provider, const Configuration& configuration,
                       ClientOptions options) {
  if (auto given = require_settings(provider, configuration.settings); !given) {
    return given.error();
  }
  auto adapter = provider.connect(configuration.settings);
  if (!adapter) return name_variables(adapter.error(), provider);
  auto transport = make_transport(configuration);
  if (!transport) return transport.error();
  auto clock = make_clock(configuration);
  if (!clock) return clock.error();
  options.clock = *clock;
  return Client::create(*std::move(adapter), *transport, std::move(options));
}

/// Prints answers as they were asked for.
class Printer {
 public:
  explicit Printer(const Asked& asked) : asked_(asked), json_(asked.words.json) {}

  [[nodiscard]] ExitStatus operation(const OperationResult& result) const {
    return put_answer(printed(result), status_of_operation(result));
  }
  /// A request that is refused before its flow begins still says which amount it was about.
  [[nodiscard]] ExitStatus refund(OperationResult result, const RefundRequest& request) const {
    if (!result.amount && result.outcome == Outcome::failed) result.amount = request.amount;
    return operation(result);
  }
  [[nodiscard]] ExitStatus reading(const OperationResult& result) const {
    return put_answer(printed(result), status_of_reading(result));
  }
  [[nodiscard]] ExitStatus refunds(const std::vector<OperationResult>& refunds) const {
    const ExitStatus status = refunds.empty() ? ExitStatus::ok : status_of_reading(refunds.front());
    if (!json_) return put_answer(refund_table(refunds, asked_), status);
    std::string lines;
    for (const OperationResult& refund : refunds) lines += to_json(refund) + "\n";
    return put_answer(lines, status);
  }

 private:
  [[nodiscard]] std::string printed(const OperationResult& result) const {
    return json_ ? to_json(result) + "\n" : answer_table(result, asked_);
  }

  const Asked& asked_;
  bool json_;
};

/// What --dry-run, or plan, tells of the command typed.
OperationResult plan_of(const Client& client, const Order& order, Command command,
                        const Cancellation& stop) {
  if (command == Command::refund) return client.plan_refund(order.refund, stop);
  if (command == Command::void_payment) return client.plan_void(order.cancel, stop);
  OperationResult result = client.plan(order.refund, stop);
  if (command == Command::reverse) result.requested = Requested::reverse;
  return result;
}

ExitStatus run(const Client& client, const Order& order, const Arguments& arguments,
               const Cancellation& stop) {
  const Asked asked{arguments, client.capabilities()};
  const Printer print(asked);
  if (arguments.dry_run || arguments.command == Command::plan) {
    return print.refund(plan_of(client, order, arguments.command, stop), order.refund);
  }
  switch (arguments.command) {
    case Command::refund:
      return print.refund(client.refund(order.refund, stop), order.refund);
    case Command::void_payment:
      return print.operation(client.void_payment(order.cancel, stop));
    case Command::reverse:
      return print.refund(client.reverse(order.refund, stop), order.refund);
    case Command::resolve:
      return print.operation(client.resolve(order.resolve, stop));
    case Command::query:
      if (arguments.refund) {
        const RefundId refund(*arguments.refund);
        return print.reading(client.query_refund(order.refund.payment, refund, stop));
      }
      return print.reading(client.query(order.refund.payment, stop));
    case Command::refunds:
      return print.refunds(client.refunds(order.refund.payment, stop));
    case Command::plan:
    case Command::webhook_verify:
    case Command::providers:
    case Command::sandbox:
    case Command::completion:
      break;
  }
  return ExitStatus::defect;
}

}  // namespace

ExitStatus run_operation(const Arguments& arguments, const ProviderRegistry& registry,
                         const Cancellation& cancellation) {
  if (auto possible = refuse_what_needs_a_journal(arguments); !possible) {
    return put_complaint(possible.error());
  }
  auto order = read_order(arguments);
  if (!order) return put_complaint(order.error());
  auto provider = find_provider(registry, arguments);
  if (!provider) return put_complaint(provider.error());
  auto configuration = read_configuration(**provider, registry, arguments);
  if (!configuration) return put_complaint(configuration.error());
  auto client = connect(**provider, *configuration, order->options);
  if (!client) {
    put_complaint(client.error().message);
    return ExitStatus::wrong_configuration;
  }
  return run(*client, *order, arguments, cancellation);
}

}  // namespace refundkit::cli
