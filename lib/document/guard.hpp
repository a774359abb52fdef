#pragma once

#include "base/diagnostic.hpp"
#include "document/document.hpp"

namespace taizhang::document {

inline constexpr std::size_t max_line_bytes = 16 * 1024;
inline constexpr int max_nesting = 32;     ///< brackets open at once
inline constexpr int max_key_parts = 32;   ///< dots in one key

/// What is wrong with the text before any parser sees it: everything that parsers are known to
/// crash, hang or speak unclearly about. Empty when the text may be parsed.
/// Codes: invalid-utf8 (with the hint that it looks like GBK when it is valid GB18030),
/// file-empty is no fault here, line-too-long, merge-conflict, wide-punctuation, chinese-quotes,
/// chinese-key, stray-character, nesting-too-deep, key-too-deep, control-character.
Diagnostics guard(const Source& source);

}  // namespace taizhang::document
