#pragma once

#include <vector>

#include "document/findings.hpp"

namespace taizhang::document {

/// Finds all that stands outside strings and comments though TOML allows only ASCII there, says
/// what was probably meant, and finds nesting that parsers do not survive. `conflicts` are the
/// merge conflicts which were reported already. Codes: wide-punctuation, wide-space,
/// chinese-quotes, chinese-key, value-unquoted, quote-inside, boolean-form, date-form,
/// date-impossible, stray-character, trailing-punctuation, string-unclosed, merge-conflict, nesting-too-deep,
/// key-too-deep, control-character.
void find_strays(const Source& source, const std::vector<Span>& conflicts, Findings& findings);

}  // namespace taizhang::document
