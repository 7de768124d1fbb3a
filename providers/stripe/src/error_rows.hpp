#pragma once

#include "refundkit/wire/error_table.hpp"

namespace refundkit::stripe {

/// errors.csv, compiled in.
const wire::ErrorTable& error_table() noexcept;

}  // namespace refundkit::stripe
