#include "report/fact_changes.hpp"

#include <algorithm>
#include <map>

#include "document/records.hpp"
#include "document/write_value.hpp"
#include "store/record_names.hpp"

namespace taizhang::report {

using document::NamedRecord;
using document::Value;
using What = FactChange::What;

namespace {

std::string plain(const Value& value) {
  const Text* text = value.text();
  return text ? std::string{*text} : document::write_on_one_line(value);
}

/// What a record is about, in the words that are in it.
std::string about(const NamedRecord& record) {
  std::string all;
  const auto add = [&](std::string_view key, std::string_view separator) {
    const auto* member = record.table->find(key);
    if (!member || plain(member->value).empty()) return;
    all += (all.empty() ? "" : std::string{separator}) + plain(member->value);
  };
  if (record.kind == "entry") {
    for (const char* key : {"by", "unit", "reason", "text", "due"}) add(key, " ");
  } else {
    for (const char* key : {"type", "title", "name", "by", "result", "text", "due"}) add(key, " ");
  }
  return all;
}

FactChange change_of(What what, const NamedRecord& record) {
  FactChange change;
  change.what = what;
  change.kind = record.kind;
  if (record.kind.empty()) return change;
  change.name = store::record_name(record.kind, *record.table);
  change.task = store::record_task(record.kind, *record.table);
  return change;
}

/// The record's own values; of the keys above all headers only those that are no records.
std::map<std::string, std::string> values_of(const NamedRecord& record) {
  std::map<std::string, std::string> values;
  for (const auto& [key, value] : document::members_of(*record.table)) {
    const auto* array = value->array();
    if (record.kind.empty() && (key.find('.') != std::string::npos || (array && array->of_tables)))
      continue;
    values[key] = plain(*value);
  }
  return values;
}

void compare(const NamedRecord& was, const NamedRecord& is, std::vector<FactChange>& changes) {
  auto old_values = values_of(was);
  const auto new_values = values_of(is);
  std::vector<std::string> keys;
  for (const auto& [key, value] : document::members_of(*is.table)) keys.push_back(key);
  for (const auto& [key, value] : old_values)
    if (!new_values.contains(key)) keys.push_back(key);
  for (const std::string& key : keys) {
    const auto now = new_values.find(key);
    FactChange change = change_of(What::changed, is);
    change.key = key;
    change.old_value = old_values[key];
    if (now != new_values.end()) change.new_value = now->second;
    if (change.old_value != change.new_value) changes.push_back(std::move(change));
  }
}

const NamedRecord* find(const std::vector<NamedRecord>& records, const std::string& identity) {
  const auto found = std::ranges::find(records, identity, &NamedRecord::identity);
  return found == records.end() ? nullptr : &*found;
}

}  // namespace

std::vector<FactChange> fact_changes(const std::optional<std::string>& before,
                                     const std::optional<std::string>& after) {
  const auto was = document::parse("", before.value_or(""));
  const auto is = document::parse("", after.value_or(""));
  if (!was || !is) return {{What::unreadable, {}, {}, {}, {}, {}, {}}};
  const auto old_records = document::records_of(*was, store::record_identity);
  auto new_records = document::records_of(*is, store::record_identity);
  document::recognise(old_records, new_records, store::record_identity);
  std::vector<FactChange> changes;
  for (const NamedRecord& record : new_records) {
    const NamedRecord* old = find(old_records, record.identity);
    if (old) {
      compare(*old, record, changes);
      continue;
    }
    changes.push_back(change_of(What::added, record));
    changes.back().new_value = about(record);
  }
  for (const NamedRecord& record : old_records) {
    if (find(new_records, record.identity)) continue;
    changes.push_back(change_of(What::removed, record));
    changes.back().old_value = about(record);
  }
  return changes;
}

}  // namespace taizhang::report
