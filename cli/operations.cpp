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

std::string printed(const OperationResult& result, bool as_json) {
  return as_json ? to_json(result) + "\n" : answer_table(result);
}

ExitStatus print_operation(const OperationResult& result, bool as_json) {
  return put_answer(printed(result, as_json), status_of_operation(result));
}

ExitStatus print_reading(const OperationResult& result, bool as_json) {
  return put_answer(printed(result, as_json), status_of_reading(result));
}

ExitStatus print_refunds(const std::vector<OperationResult>& refunds, bool as_json) {
  const ExitStatus status = refunds.empty() ? ExitStatus::ok : status_of_reading(refunds.front());
  if (!as_json) return put_answer(refund_table(refunds), status);
  std::string lines;
  for (const OperationResult& refund : refunds) lines += to_json(refund) + "\n";
  return put_answer(lines, status);
}

/// A dry run answers as the command that was typed.
ExitStatus print_plan(OperationResult result, Requested typed, bool as_json) {
  result.requested = typed;
  return print_operation(result, as_json);
}

ExitStatus run(const Client& client, const Order& order, const Arguments& arguments,
               const Cancellation& stop) {
  const bool json = arguments.json;
  switch (arguments.command) {
    case Command::refund:
      if (arguments.dry_run) {
        return print_operation(client.plan_refund(order.refund, stop), json);
      }
      return print_operation(client.refund(order.refund, stop), json);
    case Command::void_payment:
      if (arguments.dry_run) {
        return print_operation(client.plan_void(order.cancel, stop), json);
      }
      return print_operation(client.void_payment(order.cancel, stop), json);
    case Command::reverse:
      if (arguments.dry_run) {
        return print_plan(client.plan(order.refund, stop), Requested::reverse, json);
      }
      return print_operation(client.reverse(order.refund, stop), json);
    case Command::plan:
      return print_operation(client.plan(order.refund, stop), json);
    case Command::resolve:
      return print_operation(client.resolve(order.resolve, stop), json);
    case Command::query:
      if (arguments.refund) {
        const RefundId refund(*arguments.refund);
        return print_reading(client.query_refund(order.refund.payment, refund, stop), json);
      }
      return print_reading(client.query(order.refund.payment, stop), json);
    case Command::refunds:
      return print_refunds(client.refunds(order.refund.payment, stop), json);
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
