#include <algorithm>

#include "document/document.hpp"
#include "transfer/plan.hpp"

namespace taizhang::transfer {

namespace {

/// The record under whose header the line stands.
const document::Value* record_at(const document::Document& document, std::uint32_t line,
                                 std::string_view& name) {
  const document::Value* nearest = nullptr;
  std::uint32_t nearest_line = 0;
  const auto consider = [&](const document::Value& value, std::string_view kind) {
    const std::uint32_t at = document.source.place(value.span).line;
    if (at > line || at < nearest_line) return;
    nearest = &value;
    nearest_line = at;
    name = kind;
  };
  for (const document::Member& member : document.root.members)
    if (const auto* array = member.value.array(); array && array->of_tables)
      for (const document::Value& item : array->items) consider(item, member.key);
    else if (member.value.table()) consider(member.value, member.key);
  return nearest;
}

std::string identity_of(const document::Value& record, std::string_view kind) {
  const auto text = [&](std::string_view key) -> std::string {
    const document::Member* member = record.table()->find(key);
    if (!member) return {};
    if (const auto* date = member->value.date()) return format_date(*date);
    return member->value.text() ? std::string{*member->value.text()} : std::string{};
  };
  if (kind == "village") return {};
  if (kind == "submission") return text("period");
  if (kind == "survey") return text("date") + " " + text("kind");
  return text("id");
}

}  // namespace

std::vector<std::uint32_t> rows_at(const Plan& plan, const std::string& path,
                                   const std::string& new_text, std::uint32_t line) {
  std::vector<std::uint32_t> exact, all;
  const auto document = document::parse(path, new_text);
  std::string_view kind;
  const document::Value* record = document && line > 0 ? record_at(*document, line, kind) : nullptr;
  for (const RowFate& fate : plan.fates) {
    if (fate.path != path || (fate.fate != Fate::added && fate.fate != Fate::changed)) continue;
    all.push_back(fate.row);
    if (record && fate.kind == kind && identity_of(*record, kind) == fate.record)
      exact.push_back(fate.row);
  }
  return exact.empty() ? all : exact;
}

std::string key_at(const std::string& path, const std::string& text, std::uint32_t line) {
  const auto document = document::parse(path, text);
  std::string_view kind;
  const document::Value* record = document && line > 0 ? record_at(*document, line, kind) : nullptr;
  if (!record) return {};
  for (const document::Member& member : record->table()->members)
    if (document->source.place(member.key_span).line == line) return member.key;
  return {};
}

}  // namespace taizhang::transfer
