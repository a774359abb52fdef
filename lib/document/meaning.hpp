#pragma once

#include <vector>

#include "document/change.hpp"

namespace taizhang::document {

/// What the document says after the changes, in their order: made on the tree alone, without a look
/// at how anything is written, so that it can prove what was done to the text.
/// Codes: edit-record-missing, edit-key-missing, edit-key-exists, edit-record-exists, edit-shape,
/// edit-unwritable.
Table meaning_after(const Document& document, const std::vector<Change>& changes,
                    Diagnostics& refusals);

}  // namespace taizhang::document
