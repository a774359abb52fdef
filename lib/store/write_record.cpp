#include "store/write_record.hpp"

#include <algorithm>
#include <cassert>
#include <initializer_list>
#include <map>
#include <optional>
#include <variant>
#include <vector>

#include "document/records.hpp"
#include "document/write_value.hpp"

namespace taizhang::store {

using document::Array;
using document::Member;
using document::Table;
using document::Value;

namespace {

Value text(std::string_view value) { return {value, {}}; }

Table inline_table(std::initializer_list<std::pair<std::string_view, Value>> members) {
  Table table;
  table.is_inline = true;
  for (const auto& [key, value] : members) table.members.push_back({std::string{key}, {}, value});
  return table;
}

Value write_counts(const model::Counts& counts) {
  Table table;
  table.is_inline = true;
  for (const auto& [key, count] : counts) table.members.push_back({key, {}, Value{count, {}}});
  return {std::move(table), {}};
}

struct DatumWriter {
  Value operator()(const std::vector<std::string>& items) const {
    Array array;
    for (const std::string& item : items) array.items.push_back(text(item));
    return {std::move(array), {}};
  }
  Value operator()(const model::Counts& counts) const { return write_counts(counts); }
  Value operator()(const model::Answers& answers) const {
    Table table;
    table.is_inline = true;
    for (const model::Answer& answer : answers)
      table.members.push_back({answer.question, {}, write_answer(answer.value)});
    return {std::move(table), {}};
  }
  Value operator()(const std::vector<model::Evidence>& files) const {
    Array array;
    for (const model::Evidence& evidence : files)
      array.items.push_back(Value{
          inline_table({{"file", text(evidence.file)}, {"sha256", text(evidence.sha256)}}), {}});
    return {std::move(array), {}};
  }
  Value operator()(const model::Condition&) const {
    assert(false);
    return {};
  }
  Value operator()(std::monostate) const { return {}; }
  template <class Scalar>
  Value operator()(const Scalar& value) const {
    return {value, {}};
  }
};

/// The last record, in the order of the file, of those kinds that belongs to the task; of any task
/// when `task` is empty.
std::optional<Span> last_of(const document::Document& document,
                            std::initializer_list<std::string_view> kinds, std::string_view key,
                            std::string_view task) {
  std::optional<Span> last;
  for (const std::string_view kind : kinds) {
    const Member* member = document.root.find(kind);
    const Array* records = member ? member->value.array() : nullptr;
    if (!records || !records->of_tables) continue;
    for (const Value& record : records->items) {
      const Member* named = task.empty() ? nullptr : record.table()->find(key);
      const bool belongs =
          task.empty() || (named && named->value.text() && *named->value.text() == task);
      if (belongs && (!last || record.span.begin > last->begin)) last = record.span;
    }
  }
  return last;
}

}  // namespace

Value write_answer(const model::AnswerValue& answer) {
  return std::visit(
      [](const auto& value) -> Value {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, model::Counts>)
          return write_counts(value);
        else return {value, {}};
      },
      answer);
}

Value write_datum(const model::Datum& datum) { return std::visit(DatumWriter{}, datum); }

document::NewRecord write_record(const model::RecordKind& kind, const void* record) {
  document::NewRecord made;
  made.name = kind.name;
  made.repeated = kind.repeated;
  for (const model::Field& field : kind.fields) {
    const model::Datum datum = field.get(record);
    if (std::holds_alternative<std::monostate>(datum)) continue;
    const std::string key{field.key};
    if (const auto* answers = std::get_if<model::Answers>(&datum))
      for (const model::Answer& answer : *answers)  // a line each: one changed answer, one line
        made.members.push_back({{key, answer.question}, write_answer(answer.value)});
    else made.members.push_back({{key}, write_datum(datum)});
  }
  return made;
}

document::Where place_for(const document::Document& document, const model::RecordKind& kind,
                          std::string_view task) {
  std::optional<Span> last;
  if (!task.empty()) {
    last = last_of(document, {kind.name}, "task", task);
    if (!last) last = last_of(document, {"milestone"}, "task", task);
    if (!last) last = last_of(document, {"task"}, "id", task);
  } else if (kind.name == "task") {
    last = last_of(document, {"task", "milestone", "entry"}, "", "");
  } else {
    last = last_of(document, {kind.name}, "", "");
  }
  if (last) return document::After{*last};
  document::BeforeKinds later;
  bool passed = false;
  for (const model::RecordKind& other : model::record_kinds()) {
    if (passed && other.file == kind.file) later.kinds.emplace_back(other.name);
    passed = passed || (other.file == kind.file && other.name == kind.name);
  }
  return later;
}

std::optional<Span> equal_record(const document::Document& document,
                                 const document::NewRecord& record) {
  std::map<std::string, std::string> wanted;
  for (const document::NewMember& member : record.members)
    wanted[document::write_key(member.key)] = document::write_on_one_line(member.value);
  wanted.erase("id");
  const Member* all = document.root.find(record.name);
  const Array* records = all ? all->value.array() : nullptr;
  if (!records || !records->of_tables) return std::nullopt;
  for (const Value& each : records->items) {
    std::map<std::string, std::string> said;
    for (const auto& [key, value] : document::members_of(*each.table()))
      said[key] = document::write_on_one_line(*value);
    said.erase("id");
    if (said == wanted) return each.span;
  }
  return std::nullopt;
}

}  // namespace taizhang::store
