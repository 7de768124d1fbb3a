#pragma once

#include <string>
#include <vector>

#include "books.hpp"
#include "call.hpp"

namespace refundkit::simulation::stripe {

using Endpoint = Answer (*)(Books&, const Call&);

struct Route {
  const char* method;
  const char* path;  ///< ":id" stands for any one part
  /// In the fault scripts' words.
  const char* operation;
  Endpoint endpoint;
};

/// nullptr if Stripe knows no such call.
const Route* find_route(const std::string& method, const std::vector<std::string>& path);

}  // namespace refundkit::simulation::stripe
