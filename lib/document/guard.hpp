#pragma once

#include "base/diagnostic.hpp"
#include "document/document.hpp"

namespace taizhang::document {

inline constexpr std::size_t max_line_bytes = 16 * 1024;
inline constexpr int max_nesting = 32;    ///< brackets open at once
inline constexpr int max_key_parts = 32;  ///< dots in one key

/// What is wrong with the text before any parser sees it: everything that parsers are known to
/// crash, hang or speak unclearly about. Empty when the text may be parsed.
/// Codes: invalid-utf8, looks-like-gbk, looks-like-utf16, line-too-long, control-character,
/// merge-conflict, and those of strays.hpp. At most 20 findings.
Diagnostics guard(const Source& source);

}  // namespace taizhang::document
