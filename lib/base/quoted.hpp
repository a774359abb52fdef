#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace taizhang {

/// A text that must stay on one line, as git writes names: as it is, or, when it holds control
/// characters, '"' or '\', between quotes with C escapes. Nothing is lost.
std::string quote_line(std::string_view text);

/// The text that `quote_line` was given; nothing when `line` is not written that way.
std::optional<std::string> unquote_line(std::string_view line);

}  // namespace taizhang
