#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "refundkit/adapter.hpp"
#include "refundkit/capabilities.hpp"
#include "refundkit/export.hpp"
#include "refundkit/result.hpp"
#include "refundkit/secret.hpp"
#include "refundkit/webhook.hpp"

namespace refundkit {
inline namespace v0 {

/// One value that a provider needs to be told.
struct Setting {
  enum class Kind { text, secret };

  /// Lower case with underscores: "secret_key".
  std::string name;
  Kind kind = Kind::text;
  /// Used where nothing is given. Empty and `required` false: may be left out.
  std::string default_value = {};
  bool required = false;
  std::string description = {};
};

/// Values by Setting::name. All are kept as secrets, so that none is shown by accident.
using Settings = std::map<std::string, Secret, std::less<>>;

/// A provider as its folder describes it: the one thing a program that takes the provider's name
/// as input needs.
///
/// Thread safety: const members may be called from any thread.
class REFUNDKIT_EXPORT Provider {
 public:
  Provider() = default;
  Provider(const Provider&) = delete;
  Provider& operator=(const Provider&) = delete;
  virtual ~Provider();

  [[nodiscard]] virtual const Capabilities& capabilities() const noexcept = 0;
  [[nodiscard]] virtual const std::vector<Setting>& settings() const noexcept = 0;
  /// Sends nothing. Fails with `configuration_error` and a message that names the setting.
  [[nodiscard]] virtual Result<std::unique_ptr<Adapter>> connect(
      const Settings& settings) const = 0;
  /// Fails with `configuration_error`, or `unsupported_operation` where the provider has none.
  [[nodiscard]] virtual Result<std::unique_ptr<WebhookCheck>> webhook_check(
      const Settings& settings) const = 0;
};

/// The providers a program knows, by name. Filled explicitly; there is no global one.
class REFUNDKIT_EXPORT ProviderRegistry {
 public:
  /// `provider` must outlive the registry.
  void add(const Provider& provider);
  /// nullptr if there is none of that name.
  [[nodiscard]] const Provider* find(std::string_view name) const noexcept;
  /// In order of their names.
  [[nodiscard]] std::vector<const Provider*> all() const;

 private:
  std::map<std::string, const Provider*, std::less<>> providers_;
};

}  // namespace v0
}  // namespace refundkit
