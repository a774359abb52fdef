#pragma once

#include <cstddef>

#include "document/document.hpp"

namespace taizhang::document {

/// Where a part of a string's value is written: `string` is the span of the string with its quotes,
/// `offset` and `length` count bytes of the value. Escapes are covered as a whole.
Span part_of_string(const Source& source, Span string, std::size_t offset, std::size_t length);

}  // namespace taizhang::document
