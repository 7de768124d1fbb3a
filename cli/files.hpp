#pragma once

#include <cstddef>
#include <string>

#include "refundkit/result.hpp"

namespace refundkit::cli {

/// All bytes of a file. Fails with wrong usage and a sentence that names `option` and the file
/// where it cannot be read or is longer than `most_bytes`.
Result<std::string> read_file(const std::string& path, const std::string& option,
                              std::size_t most_bytes = std::size_t{4} * 1024 * 1024);

}  // namespace refundkit::cli
