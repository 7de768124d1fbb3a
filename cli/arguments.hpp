#pragma once

#include <optional>
#include <string>

namespace refundkit::cli {

enum class Command {
  refund,
  void_payment,
  query,
  refunds,
  plan,
  reverse,
  resolve,
  webhook_verify,
  providers,
  sandbox,
  completion,
};

/// The words of one command line, in their places; their meaning is checked where it is used.
struct Arguments {
  using Text = std::optional<std::string>;

  Command command = Command::query;
  /// As the person typed it: "webhook verify".
  std::string command_text;

  Text provider;
  Text payment;
  Text refund;
  Text amount;
  Text currency;

  Text reference;
  Text idempotency_key;
  Text reason;
  Text note;
  Text actor;
  Text line_items;

  Text account;
  Text timeout;
  Text retries;
  Text config;
  Text journal;
  Text policy;

  Text operation;
  Text verdict;
  Text headers;
  Text body;
  Text port;
  Text webhook_url;
  Text shell;

  bool json = false;
  bool again = false;
  bool dry_run = false;
  bool when_ready = false;
  bool read_only = false;
  bool all = false;
  bool tls = false;
  bool export_shell = false;
};

}  // namespace refundkit::cli
