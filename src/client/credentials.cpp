#include "client/credentials.hpp"

#include <algorithm>

namespace refundkit {
inline namespace v0 {
namespace {

std::string* place_of(HttpRequest& request, const CredentialSlot& slot) {
  switch (slot.place) {
    case CredentialSlot::Place::header:
      return slot.header < request.headers.size() ? &request.headers[slot.header].value : nullptr;
    case CredentialSlot::Place::body:
      return &request.body;
  }
  return nullptr;
}

Error misplaced(const CredentialSlot& slot) {
  return {ErrorCode::configuration_error,
          "The request has no place for the credential \"" + slot.name + "\".",
          {NextAction::contact_provider}};
}

}  // namespace

Result<FilledRequest> FilledRequest::fill(const HttpRequest& request, const Adapter& adapter) {
  FilledRequest filled(request);
  // Backwards, so that an insertion does not move the places before it.
  for (auto slot = request.credentials.rbegin(); slot != request.credentials.rend(); ++slot) {
    const auto secret = adapter.credential(slot->name);
    if (!secret) return secret.error();
    std::string* text = place_of(filled.request, *slot);
    if (text == nullptr || slot->offset > text->size()) return misplaced(*slot);

    std::string longer;
    longer.reserve(text->size() + secret->reveal().size());
    longer.append(*text, 0, slot->offset).append(secret->reveal()).append(*text, slot->offset);
    text->swap(longer);
    wipe(longer);
  }
  filled.request.credentials.clear();
  return filled;
}

FilledRequest::~FilledRequest() {
  for (auto& header : request.headers) wipe(header.value);
  wipe(request.body);
}

}  // namespace v0
}  // namespace refundkit
