#include "document/records.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "document/change.hpp"
#include "document/write_value.hpp"

namespace taizhang::document {

namespace {

void add_members(const Table& table, const std::string& prefix,
                 std::vector<std::pair<std::string, const Value*>>& all) {
  for (const Member& member : table.members) {
    const std::string key = prefix + write_key({member.key});
    const Table* below = member.value.table();
    if (below && !below->is_inline) add_members(*below, key + ".", all);
    else all.emplace_back(key, &member.value);
  }
}

bool is_header_table(const Value& value) {
  const Table* table = value.table();
  return table && !table->is_inline;
}

/// How many of the keys that either has say the same in both, and how many there are.
std::pair<std::size_t, std::size_t> likeness(const Table& a, const Table& b) {
  std::map<std::string, std::string> first;
  for (const auto& [key, value] : members_of(a)) first[key] = write_on_one_line(*value);
  std::size_t same = 0;
  std::size_t all = first.size();
  for (const auto& [key, value] : members_of(b)) {
    const auto found = first.find(key);
    if (found == first.end()) ++all;
    else if (found->second == write_on_one_line(*value)) ++same;
  }
  return {same, all};
}

bool is_same_one(const NamedRecord& a, const NamedRecord& b) {
  const auto [same, all] = likeness(*a.table, *b.table);
  return a.kind == b.kind && 2 * same > all;
}

}  // namespace

std::vector<std::pair<std::string, const Value*>> members_of(const Table& table) {
  std::vector<std::pair<std::string, const Value*>> all;
  add_members(table, "", all);
  return all;
}

std::string value_text(const Table& table) {
  std::map<std::string, std::string> values;
  for (const auto& [key, value] : members_of(table)) values[key] = write_on_one_line(*value);
  std::string text;
  for (const auto& [key, value] : values) text += key + " = " + value + "\n";
  return text;
}

std::vector<NamedRecord> records_of(const Document& document, const Identify& identify) {
  std::vector<NamedRecord> records;
  records.push_back({"", top_level, &document.root, ""});
  for (const Member& member : document.root.members) {
    const Array* array = member.value.array();
    if (array && array->of_tables) {
      for (const Value& item : array->items)
        records.push_back({member.key, item.span, item.table(), ""});
    } else if (is_header_table(member.value) &&
               document.source.text()[member.value.span.begin] == '[') {
      records.push_back({member.key, member.value.span, member.value.table(), ""});
    }
  }
  std::ranges::sort(records, {}, [](const NamedRecord& each) { return each.at.begin; });
  std::map<std::string, int> seen;
  for (NamedRecord& record : records) {
    if (record.kind.empty()) continue;
    const std::string own = identify(record.kind, *record.table);
    record.identity = record.kind + '\n' + (own.empty() ? value_text(*record.table) : own);
    if (const int before = seen[record.identity]++; before > 0)
      record.identity += "\n#" + std::to_string(before);
  }
  return records;
}

void recognise(const std::vector<NamedRecord>& earlier, std::vector<NamedRecord>& later,
               const Identify& identify) {
  std::set<std::string> known;
  std::set<std::string> there;
  for (const NamedRecord& each : earlier) known.insert(each.identity);
  for (const NamedRecord& each : later) there.insert(each.identity);
  std::vector<const NamedRecord*> gone;
  for (const NamedRecord& each : earlier)
    if (!there.contains(each.identity) && identify(each.kind, *each.table).empty())
      gone.push_back(&each);
  for (NamedRecord& each : later) {
    if (known.contains(each.identity) || !identify(each.kind, *each.table).empty()) continue;
    const auto found =
        std::ranges::find_if(gone, [&](const NamedRecord* old) { return is_same_one(*old, each); });
    if (found == gone.end()) continue;
    each.identity = (*found)->identity;
    gone.erase(found);
  }
}

}  // namespace taizhang::document
