#include "refundkit/provider.hpp"

namespace refundkit {
inline namespace v0 {

void ProviderRegistry::add(const Provider& provider) {
  providers_.insert_or_assign(provider.capabilities().provider.str(), &provider);
}

const Provider* ProviderRegistry::find(std::string_view name) const noexcept {
  const auto found = providers_.find(name);
  return found == providers_.end() ? nullptr : found->second;
}

std::vector<const Provider*> ProviderRegistry::all() const {
  std::vector<const Provider*> all;
  all.reserve(providers_.size());
  for (const auto& [name, provider] : providers_) all.push_back(provider);
  return all;
}

}  // namespace v0
}  // namespace refundkit
