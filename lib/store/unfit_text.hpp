#pragma once

#include <string_view>

#include "base/diagnostic.hpp"
#include "document/document.hpp"
#include "model/field.hpp"

namespace taizhang::store {

/// What the file's texts, keys and comments hold that no ledger may: private numbers and characters
/// that nobody sees. Codes, ids, periods and hashes of the field table are no private numbers; paths
/// hold no bank cards (cameras and phones name files by long numbers). At most 100 of them.
/// Diagnostics: private-number, hidden-character (the first of a text); warning:
/// private-use-character (the first of a text).
Diagnostics unfit_text(const document::Document& document, model::FileKind file);

/// False when `unfit_text` would find nothing in a file with these bytes, told without parsing them.
/// They must be valid UTF-8.
bool may_be_unfit(std::string_view bytes);

}  // namespace taizhang::store
