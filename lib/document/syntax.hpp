#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "document/document.hpp"
#include "document/lexer.hpp"
#include "document/reader.hpp"

namespace taizhang::document {

/// Says in our words why a parser refuses the statement `all[index]` of `text`, which has the
/// length and lines of the source; when nothing is found, the reader's own code at its place. Codes:
/// those of reader.hpp, string-unclosed, escape-bad, quote-inside,
/// value-missing, value-unquoted, value-trailing, trailing-punctuation, equals-missing, key-form, bracket-unclosed,
/// comma-missing, comma-trailing, inline-table-lines, date-form, date-impossible, boolean-form,
/// leading-zero, duplicate-key.
Diagnostic explain(const Source& source, std::string_view text, const std::vector<Statement>& all,
                   std::size_t index, const Refusal& refusal);

/// The parts of the statement's key or header.
std::vector<std::string> key_parts(std::string_view text, const Statement& statement);

}  // namespace taizhang::document
