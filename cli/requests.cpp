#include "requests.hpp"

#include <optional>
#include <string>
#include <vector>

#include "exit_status.hpp"
#include "files.hpp"
#include "headline.hpp"
#include "line_items.hpp"
#include "numbers.hpp"
#include "visible.hpp"

namespace refundkit::cli {
namespace {

constexpr int most_retries = 100;

std::string point_hint(const std::string& amount) {
  const std::size_t comma = amount.find(',');
  if (comma == std::string::npos || amount.find_first_of(",.", comma + 1) != std::string::npos) {
    return {};
  }
  const std::string whole = amount.substr(0, comma);
  const std::string decimals = amount.substr(comma + 1);
  const bool is_number = (whole + decimals).find_first_not_of("0123456789") == std::string::npos;
  if (!is_number || whole.empty() || decimals.empty() || decimals.size() > 2) return {};
  return " Decimals are written with a point: " + whole + "." + decimals + ".";
}

Result<std::optional<Money>> amount(const Arguments& arguments) {
  if (!arguments.amount && !arguments.currency) return std::optional<Money>();
  if (!arguments.currency) {
    return wrong_usage("--amount needs --currency, such as --amount 12.50 --currency EUR.");
  }
  if (!arguments.amount) {
    return wrong_usage("--currency needs --amount. Without both, all that is left is refunded.");
  }
  auto currency = Currency::parse(*arguments.currency);
  if (!currency) {
    return wrong_usage("--currency " + in_quotes(*arguments.currency) + ": " +
                       currency.error().message);
  }
  auto money = Money::parse(*arguments.amount, *currency);
  if (!money) {
    return wrong_usage("--amount " + in_quotes(*arguments.amount) + ": " + money.error().message +
                       point_hint(*arguments.amount));
  }
  return std::optional<Money>(*money);
}

std::string lower_case(std::string text) {
  for (char& letter : text) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return text;
}

/// An empty value is mostly a shell variable that nobody set. As a reference it would make the
/// refund one that a repeat pays again.
Result<void> refuse_empty(const Arguments::Text& value, const std::string& option) {
  if (!value || !value->empty()) return {};
  return wrong_usage(option + " is empty: leave it out, or give it a value.");
}

std::string words_of_reason() {
  std::string words;
  for (const auto& [reason, word] : Words<Reason>::table) {
    words.append(words.empty() ? "" : ", ").append(word);
  }
  return words;
}

Result<std::vector<LineItem>> line_items(const Arguments& arguments) {
  if (!arguments.line_items) return std::vector<LineItem>();
  auto text = read_file(*arguments.line_items, "--line-items");
  if (!text) return text.error();
  auto items = parse_line_items(*text);
  if (!items) {
    return wrong_usage("--line-items: " + in_quotes(*arguments.line_items) + ": " +
                       items.error().message);
  }
  return items;
}

/// The lines of what is given back are what is given back.
Result<void> compare(const std::vector<LineItem>& items, const std::optional<Money>& amount) {
  if (items.empty() || !amount) return {};
  Money sum(0, items.front().total.currency());
  for (const LineItem& item : items) {
    const auto total = sum.plus(item.total);
    if (!total) {
      return wrong_usage("--line-items: the lines cannot be added up: " + total.error().message);
    }
    sum = *total;
  }
  if (sum == *amount) return {};
  return wrong_usage("--line-items come to " + with_currency(sum) + ", and --amount is " +
                     with_currency(*amount) + ": they must be the same.");
}

Result<Terms> terms(const Arguments& arguments) {
  if (arguments.reference && arguments.idempotency_key) {
    return wrong_usage(
        "--reference and --idempotency-key exclude each other: a reference makes the key.");
  }
  for (const auto& checked : {refuse_empty(arguments.reference, "--reference"),
                              refuse_empty(arguments.idempotency_key, "--idempotency-key"),
                              refuse_empty(arguments.line_items, "--line-items")}) {
    if (!checked) return checked.error();
  }
  Terms terms;
  terms.reference = Reference(arguments.reference.value_or(""));
  terms.key = IdempotencyKey(arguments.idempotency_key.value_or(""));
  if (arguments.reason) {
    terms.reason = from_text<Reason>(*arguments.reason);
    if (!terms.reason) {
      return wrong_usage("--reason " + in_quotes(*arguments.reason) + " is none of " +
                         words_of_reason() + ".");
    }
  }
  auto items = line_items(arguments);
  if (!items) return items.error();
  terms.line_items = *items;
  terms.note = arguments.note.value_or("");
  terms.actor = arguments.actor.value_or("");
  terms.again = arguments.again;
  return terms;
}

}  // namespace

Result<RefundRequest> refund_request(const Arguments& arguments) {
  auto money = amount(arguments);
  if (!money) return money.error();
  auto given = terms(arguments);
  if (!given) return given.error();
  if (auto same = compare(given->line_items, *money); !same) return same.error();
  RefundRequest request;
  request.payment = PaymentId(arguments.payment.value_or(""));
  request.amount = *money;
  request.terms = *given;
  return request;
}

Result<VoidRequest> void_request(const Arguments& arguments) {
  auto given = terms(arguments);
  if (!given) return given.error();
  VoidRequest request;
  request.payment = PaymentId(arguments.payment.value_or(""));
  if (arguments.refund) request.refund = RefundId(*arguments.refund);
  request.terms = *given;
  return request;
}

Result<ResolveRequest> resolve_request(const Arguments& arguments) {
  if (!arguments.provider || !arguments.payment) {
    return wrong_usage(
        "Without a journal, resolve needs --provider and --payment beside --operation.");
  }
  if (!arguments.operation || arguments.operation->empty()) {
    return wrong_usage(
        "resolve needs --operation with the operation's key, which was printed as "
        "idempotency_key.");
  }
  auto money = amount(arguments);
  if (!money) return money.error();
  if (arguments.refund && *money) {
    return wrong_usage("--refund is for a lost void of that refund, which has no --amount.");
  }
  ResolveRequest request;
  request.payment = PaymentId(*arguments.payment);
  request.key = IdempotencyKey(*arguments.operation);
  request.amount = *money;
  if (arguments.refund) request.refund = RefundId(*arguments.refund);
  return request;
}

Result<ClientOptions> client_options(const Arguments& arguments) {
  ClientOptions options;
  for (const auto& checked :
       {refuse_empty(arguments.account, "--account"), refuse_empty(arguments.config, "--config"),
        refuse_empty(arguments.journal, "--journal")}) {
    if (!checked) return checked.error();
  }
  if (arguments.account) options.account = AccountName(*arguments.account);
  if (arguments.timeout) {
    auto timeout = parse_seconds(*arguments.timeout, "--timeout");
    if (!timeout) return timeout.error();
    options.timeout = *timeout;
  }
  if (arguments.retries) {
    auto retries = parse_count(*arguments.retries, most_retries, "--retries");
    if (!retries) return retries.error();
    options.retries = *retries;
  }
  return options;
}

Result<void> refuse_what_needs_a_journal(const Arguments& arguments) {
  const std::string ending = ", and this version keeps none. Nothing was sent.";
  if (arguments.verdict && *arguments.verdict != "happened" && *arguments.verdict != "did-not") {
    return wrong_usage("--verdict is \"happened\" or \"did-not\".");
  }
  if (arguments.verdict) return wrong_configuration("--verdict is kept in a journal" + ending);
  if (arguments.all && arguments.operation) {
    return wrong_usage("--all and --operation exclude each other.");
  }
  if (arguments.all) return wrong_configuration("--all reads a journal" + ending);
  if (arguments.when_ready) {
    return wrong_configuration("--when-ready queues in a journal" + ending);
  }
  if (arguments.policy) {
    return wrong_configuration(
        "--policy: this version knows no policies, and does not ignore one. Nothing was sent.");
  }
  return {};
}

Result<const Provider*> find_provider(const ProviderRegistry& registry,
                                      const Arguments& arguments) {
  const std::string name = arguments.provider.value_or("");
  if (const Provider* provider = registry.find(lower_case(name))) return provider;
  std::string names;
  for (const Provider* provider : registry.all()) {
    names += (names.empty() ? "" : ", ") + provider->capabilities().provider.str();
  }
  return wrong_usage("There is no provider " + in_quotes(name) + ". There is: " + names + ".");
}

}  // namespace refundkit::cli
