#pragma once

#include <string>
#include <vector>

#include "document/change.hpp"

namespace taizhang::document {

/// New bytes for a range of the text; an empty range is a place to insert at.
struct Splice {
  Span span;
  std::string text;
};

/// The changes as splices, in the order of the text and without overlap. Expects changes that have a
/// meaning (meaning.hpp). Codes: edit-shape, edit-scattered, edit-conflict, comment-orphaned.
std::vector<Splice> splices(const Document& document, const std::vector<Change>& changes,
                            Diagnostics& refusals);

}  // namespace taizhang::document
