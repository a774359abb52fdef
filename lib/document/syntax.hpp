#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "document/document.hpp"
#include "document/lexer.hpp"

namespace taizhang::document {

/// Says in our words why a parser refuses the statement `all[index]` of `text`, which has the
/// length and lines of the source; when nothing is found, `toml-syntax` at `offset` with the
/// parser's own English sentence as fact `detail`. Codes: string-unclosed, escape-bad, quote-inside,
/// value-missing, value-unquoted, value-trailing, trailing-punctuation, equals-missing, key-form, bracket-unclosed,
/// comma-missing, comma-trailing, inline-table-lines, date-form, date-impossible, boolean-form,
/// leading-zero, duplicate-key.
Diagnostic explain(const Source& source, std::string_view text, const std::vector<Statement>& all,
                   std::size_t index, std::uint32_t offset, std::string_view detail);

/// The parts of the statement's key or header.
std::vector<std::string> key_parts(std::string_view text, const Statement& statement);

}  // namespace taizhang::document
