#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "refundkit/operation_result.hpp"
#include "words/utf8.hpp"

namespace refundkit {
inline namespace v0 {
namespace {

/// Writes members of one JSON object; what is absent becomes null.
class ObjectWriter {
 public:
  using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

  explicit ObjectWriter(Writer& writer) : writer_(writer) { writer_.StartObject(); }
  ObjectWriter(const ObjectWriter&) = delete;
  ObjectWriter& operator=(const ObjectWriter&) = delete;
  ~ObjectWriter() { writer_.EndObject(); }

  Writer& key(std::string_view name) {
    writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    return writer_;
  }
  void text(std::string_view name, std::string_view value) {
    const std::string valid = to_valid_utf8(value);
    key(name).String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
  }
  void boolean(std::string_view name, bool value) { key(name).Bool(value); }
  void number(std::string_view name, std::int64_t value) { key(name).Int64(value); }
  void null(std::string_view name) { key(name).Null(); }

  template <class Enum>
  void word(std::string_view name, const std::optional<Enum>& value) {
    value ? text(name, to_text(*value)) : null(name);
  }
  void optional_text(std::string_view name, const std::optional<std::string>& value) {
    value ? text(name, *value) : null(name);
  }
  void non_empty(std::string_view name, const std::string& value) {
    value.empty() ? null(name) : text(name, value);
  }
  void time(std::string_view name, const std::optional<TimePoint>& value) {
    value ? text(name, to_rfc3339(*value)) : null(name);
  }
  void money(std::string_view name, const std::optional<Money>& value) {
    if (!value) return null(name);
    ObjectWriter amount(key(name));
    amount.number("minor", value->minor());
    amount.text("currency", value->currency().code());
    amount.text("text", value->text());
  }

 private:
  Writer& writer_;
};

void write_error(ObjectWriter& object, const std::optional<Error>& error) {
  if (!error) return object.null("error");
  ObjectWriter fields(object.key("error"));
  fields.text("code", to_text(error->code));
  fields.text("message", error->message);
  fields.optional_text("provider_code", error->provider_code);
  fields.optional_text("provider_message", error->provider_message);
  if (error->http_status) {
    fields.number("http_status", *error->http_status);
  } else {
    fields.null("http_status");
  }
  fields.boolean("retryable", error->retryable);
}

void write_next_step(ObjectWriter& object, const NextStep& next) {
  ObjectWriter fields(object.key("next_step"));
  fields.text("action", to_text(next.action));
  fields.time("at", next.at);
  fields.optional_text("url", next.url);
}

void write_plan(ObjectWriter& object, const std::optional<Plan>& plan) {
  if (!plan) return object.null("plan");
  ObjectWriter fields(object.key("plan"));
  fields.text("action", to_text(plan->action));
  fields.text("rule", plan->rule);
  fields.text("source", plan->source);
}

void write_steps(ObjectWriter& object, const std::vector<StepRecord>& steps) {
  auto& writer = object.key("steps");
  writer.StartArray();
  for (const auto& step : steps) {
    ObjectWriter fields(writer);
    fields.text("operation", to_text(step.operation));
    fields.text("outcome", to_text(step.outcome));
    fields.money("amount", step.amount);
    fields.non_empty("refund_id", step.refund ? step.refund->str() : "");
    fields.non_empty("request_id", step.request_id);
  }
  writer.EndArray();
}

void write_amounts(ObjectWriter& object, const OperationResult& result) {
  object.money("amount", result.amount);
  object.money("captured", result.captured);
  object.money("refunded", result.refunded);
  object.money("refundable", result.refundable);
}

}  // namespace

std::string to_json(const OperationResult& result) {
  rapidjson::StringBuffer buffer;
  ObjectWriter::Writer writer(buffer);
  {
    ObjectWriter object(writer);
    object.text("operation", to_text(result.operation));
    object.text("requested_operation", to_text(result.requested));
    object.text("provider", result.provider.str());
    object.text("account", result.account.str());
    object.text("outcome", to_text(result.outcome));
    object.boolean("final", result.is_final());
    object.boolean("sent", result.sent);
    object.text("money_moved", to_text(result.money_moved));
    object.time("queued_until", result.queued_until);
    object.text("payment_id", result.payment.str());
    object.non_empty("refund_id", result.refund ? result.refund->str() : "");
    object.word("payment_state", result.payment_state);
    object.word("refund_state", result.refund_state);
    write_amounts(object, result);
    write_error(object, result.error);
    write_next_step(object, result.next_step);
    write_plan(object, result.plan);
    write_steps(object, result.steps);
    object.optional_text("bank_reference", result.bank_reference);
    object.time("expected_arrival", result.expected_arrival);
    object.non_empty("idempotency_key", result.key.str());
    object.non_empty("reference", result.reference.str());
    object.non_empty("request_id", result.request_id);
    object.number("attempts", result.attempts);
    object.time("occurred_at", result.occurred_at);
  }
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace v0
}  // namespace refundkit
