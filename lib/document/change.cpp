#include "document/change.hpp"

#include <algorithm>
#include <limits>

#include "document/slips.hpp"

namespace taizhang::document {

namespace {

constexpr std::uint32_t last = std::numeric_limits<std::uint32_t>::max();

const Table* find_below(const Table& table, Span record);

const Table* find_in(const Value& value, Span record) {
  if (const Array* array = value.array(); array && array->of_tables) {
    for (const Value& item : array->items)
      if (const Table* found = find_in(item, record)) return found;
  }
  const Table* table = value.table();
  if (!table || table->is_inline) return nullptr;
  return value.span == record ? table : find_below(*table, record);
}

const Table* find_below(const Table& table, Span record) {
  for (const Member& member : table.members)
    if (const Table* found = find_in(member.value, record)) return found;
  return nullptr;
}

/// Where the first header of a table and all below it stands.
std::uint32_t first_header(const std::string& text, const Value& value) {
  std::uint32_t begin = last;
  if (const Array* array = value.array(); array && array->of_tables) {
    for (const Value& item : array->items) begin = std::min(begin, first_header(text, item));
  }
  const Table* table = value.table();
  if (!table || table->is_inline) return begin;
  if (text[value.span.begin] == '[') begin = value.span.begin;
  for (const Member& member : table->members)
    begin = std::min(begin, first_header(text, member.value));
  return begin;
}

}  // namespace

const Table* find_record(const Document& document, const Table& root, Span record) {
  if (record == top_level) return &root;
  const std::string& text = document.source.text();
  if (record.begin >= text.size() || text[record.begin] != '[') return nullptr;
  return find_below(root, record);
}

Held find_value(const Table& table, const Key& key) {
  Held held;
  const Table* at = &table;
  for (const std::string& part : key) {
    const Member* member = at ? at->find(part) : nullptr;
    if (!member) return {};
    held.value = &member->value;
    held.in_braces = at->is_inline;
    at = member->value.table();
  }
  return held;
}

Span standing(const Document& document, const Where& where) {
  if (const After* after = std::get_if<After>(&where)) return {after->record.begin, last};
  std::uint32_t begin = last;
  if (const BeforeKinds* before = std::get_if<BeforeKinds>(&where)) {
    for (const std::string& kind : before->kinds)
      if (const Member* member = document.root.find(kind))
        begin = std::min(begin, first_header(document.source.text(), member->value));
  }
  return {begin, begin};
}

Diagnostic refusal(const Document& document, Span at, std::string_view code,
                   const std::string& subject) {
  return {Severity::error, code, document.source.place(at), {{"subject", brief(subject)}}};
}

}  // namespace taizhang::document
