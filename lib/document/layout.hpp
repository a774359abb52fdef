#pragma once

#include <string>
#include <string_view>

#include "document/change.hpp"
#include "document/rows.hpp"

namespace taizhang::document {

// How new lines look beside those that are there.

/// `[[name]]` and its keys with their line endings; `=` stands in one column for plain keys, and in
/// one for the dotted keys of each group.
std::string write_record(const NewRecord& record, std::string_view line_ending);

/// A line for a new key among the rows [first, end) of a record, indented and spaced like the last
/// of its kind (plain keys, or dotted keys that begin alike).
std::string write_line(std::string_view text, const Rows& rows, std::size_t first, std::size_t end,
                       const Key& key, const Value& value);

/// The white space at the begin of the line on which `at` stands.
std::string_view indent_of_line(std::string_view text, std::uint32_t at);

/// Items to add to an array that is written at `span`: where, and what. One-line arrays stay on one
/// line, others get a line for each; a comma after the last item stays after the last item.
struct Addition {
  std::uint32_t at;
  std::string text;
};
std::vector<Addition> write_items(std::string_view text, Span span, const Array& array,
                                  const std::vector<Value>& items, std::string_view line_ending);

}  // namespace taizhang::document
