#pragma once

#include "arguments.hpp"
#include "refundkit/capabilities.hpp"

namespace refundkit::cli {

/// What was typed, and at which provider: with these an answer can name the command to type next.
struct Asked {
  const Arguments& words;
  const Capabilities& provider;
};

}  // namespace refundkit::cli
