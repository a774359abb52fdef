#pragma once

#include <string>
#include <string_view>

namespace taizhang {

/// What changed, as `git diff` and `patch` write it: `--- a/path`, `+++ b/path` and hunks with
/// `context` unchanged lines around. An empty old (new) text counts as a file that was not there
/// (is removed). Empty when nothing changed. The lines are raw, byte for byte (`read_patch` reads
/// them back): send them through `visible` before a person sees them. Only the path is quoted, when
/// it holds control characters.
std::string unified_diff(std::string_view old_text, std::string_view new_text,
                         std::string_view path, int context = 3);

}  // namespace taizhang
