#pragma once

#include "refundkit/ids.hpp"

namespace refundkit {
inline namespace v0 {

/// A key that no other operation has.
IdempotencyKey random_key();

}  // namespace v0
}  // namespace refundkit
