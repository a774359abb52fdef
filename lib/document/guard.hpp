#pragma once

#include "base/diagnostic.hpp"
#include "document/document.hpp"

namespace taizhang::document {

/// What is wrong with a text that the reader refused or found merge conflicts in, as far as one can
/// tell without knowing TOML's statements: encoding, limits, and what stands outside of texts though
/// only ASCII may. Empty when it is none of this.
/// Codes: invalid-utf8, looks-like-gbk, looks-like-utf16, line-too-long, control-character,
/// merge-conflict, and those of strays.hpp. At most 20 findings.
Diagnostics guard(const Source& source);

}  // namespace taizhang::document
