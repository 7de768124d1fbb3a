#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "refundkit/ids.hpp"

namespace refundkit {
inline namespace v0 {

/// One thing a provider demands or refuses, and where that is written.
struct Rule {
  std::string topic;
  std::string text;
  std::string source;
};

/// What one provider can do, and by which rules. The same for every account there.
struct Capabilities {
  ProviderId provider;
  /// As the provider writes its own name.
  std::string display_name;
  /// The version of its API that the adapter speaks.
  std::string api_version;

  bool refund = false;
  bool partial_refund = false;
  bool void_payment = false;
  bool cancel_refund = false;
  bool query_payment = false;
  bool query_refund = false;
  bool list_refunds = false;
  bool webhooks = false;

  /// The provider keeps a key and answers a repeat with the first answer.
  bool deduplicates = false;
  /// How long it keeps a key; after that a repeat under it may pay again. 0: no keys.
  std::chrono::seconds key_lifetime{0};
  /// Some payments must settle before they can be refunded.
  bool waits_for_settlement = false;

  /// What a payment's id looks like here, for a person.
  std::string payment_ids;
  /// The provider's own console.
  std::string console_url;
  std::vector<Rule> rules;
};

}  // namespace v0
}  // namespace refundkit
