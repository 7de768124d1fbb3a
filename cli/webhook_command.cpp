#include "webhook_command.hpp"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string>

#include "answer_table.hpp"
#include "configuration.hpp"
#include "files.hpp"
#include "output.hpp"
#include "refundkit/webhook.hpp"
#include "requests.hpp"
#include "visible.hpp"
#include "webhook_files.hpp"

namespace refundkit::cli {
namespace {

struct Notification {
  std::vector<HttpHeader> headers;
  std::string body;
};

Result<Notification> read_notification(const Arguments& arguments) {
  const std::string headers_file = arguments.headers.value_or("");
  auto text = read_file(headers_file, "--headers");
  if (!text) return text.error();
  auto headers = parse_headers(*text);
  if (!headers) {
    return wrong_usage("--headers: " + in_quotes(headers_file) + ": " + headers.error().message);
  }
  auto body = read_file(arguments.body.value_or(""), "--body");
  if (!body) return body.error();
  return Notification{*headers, *body};
}

/// Everything the notification does not tell.
OperationResult blank_result(const Provider& provider, const AccountName& account, TimePoint now) {
  OperationResult result;
  result.provider = provider.capabilities().provider;
  result.requested = Requested::webhook;
  result.account = account;
  result.money_moved = MoneyMoved::no;
  result.occurred_at = now;
  return result;
}

rapidjson::Value json_text(const std::string& text, rapidjson::Document& document) {
  return {text.data(), static_cast<rapidjson::SizeType>(text.size()), document.GetAllocator()};
}

/// The one object, and beside its fields which event told it; null where none is to be believed.
std::string event_json(const OperationResult& result, const WebhookEvent* event) {
  rapidjson::Document document;
  document.Parse(to_json(result).c_str());
  rapidjson::Value told;
  if (event != nullptr) {
    told.SetObject();
    told.AddMember("id", json_text(event->id, document), document.GetAllocator());
    told.AddMember("type", json_text(event->type, document), document.GetAllocator());
  }
  document.AddMember("event", told, document.GetAllocator());
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  document.Accept(writer);
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

ExitStatus print_refusal(const Error& error, OperationResult result, const Asked& asked) {
  result.outcome = Outcome::failed;
  result.error = error;
  result.next_step = error.next_step;
  if (asked.words.json) return put_answer(event_json(result, nullptr), ExitStatus::failed);
  return put_answer("The notification is not to be believed. " + visible(error.message) +
                        "\nNext: do not act on it; ask the provider how the payment stands.\n",
                    ExitStatus::failed);
}

ExitStatus print_event(const WebhookEvent& event, OperationResult result, const Asked& asked) {
  const std::string introduction = "The signature is good: event " + visible(event.id) + " (" +
                                   visible(event.type) + "), made " + to_rfc3339(event.created) +
                                   ".\n";
  if (!event.result) {
    result.outcome = Outcome::succeeded;
    const std::string nothing = "It tells nothing about a payment or a refund.\n";
    return put_answer(asked.words.json ? event_json(result, &event) : introduction + nothing,
                      ExitStatus::ok);
  }
  OperationResult told = *event.result;
  told.provider = result.provider;
  told.account = result.account;
  if (told.occurred_at == TimePoint()) told.occurred_at = event.created;
  const std::string text =
      asked.words.json ? event_json(told, &event) : introduction + answer_table(told, asked);
  return put_answer(text, ExitStatus::ok);
}

Result<std::unique_ptr<WebhookCheck>> make_check(const Provider& provider,
                                                 const Settings& settings) {
  auto check = provider.webhook_check(settings);
  if (check) return check;
  return name_variables(check.error(), provider);
}

}  // namespace

ExitStatus run_webhook_verify(const Arguments& arguments, const ProviderRegistry& registry) {
  auto options = client_options(arguments);
  if (!options) return put_complaint(options.error());
  auto provider = find_provider(registry, arguments);
  if (!provider) return put_complaint(provider.error());
  auto notification = read_notification(arguments);
  if (!notification) return put_complaint(notification.error());
  auto configuration = read_configuration(**provider, registry, arguments);
  if (!configuration) return put_complaint(configuration.error());
  auto check = make_check(**provider, configuration->settings);
  if (!check) return put_complaint(check.error());
  auto clock = make_clock(*configuration);
  if (!clock) return put_complaint(clock.error());

  const TimePoint now = (*clock)->now();
  const OperationResult blank = blank_result(**provider, options->account, now);
  auto event = (*check)->check(notification->headers, notification->body, now);
  const Asked asked{arguments, (*provider)->capabilities()};
  if (!event) return print_refusal(event.error(), blank, asked);
  return print_event(*event, blank, asked);
}

}  // namespace refundkit::cli
