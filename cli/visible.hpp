#pragma once

#include <string>
#include <string_view>

namespace refundkit::cli {

/// The text as it may be shown on a terminal: control characters become `\xNN`, a long text is cut
/// in the middle.
std::string visible(std::string_view text);

/// visible(), between quotation marks.
std::string in_quotes(std::string_view text);

/// The text as one word of a shell command.
std::string shell_word(std::string_view text);

}  // namespace refundkit::cli
