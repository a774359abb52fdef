#include "store/record_names.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>
#include <vector>

#include "document/write_value.hpp"

namespace taizhang::store {

using document::Table;

namespace {

struct KindKeys {
  std::string_view kind;
  std::vector<std::string_view> keys;
};

/// The keys whose values together say which record it is. Kinds that stand once have none.
const std::vector<KindKeys>& identifying() {
  static const std::vector<KindKeys> kinds{
      {"workspace", {}},
      {"round", {"year"}},
      {"county", {}},
      {"unit", {"name"}},
      {"chain_step", {"kind"}},
      {"contact", {"round", "leader"}},
      {"grid", {"area"}},
      {"township", {}},
      {"submission", {"period"}},
      {"inspection", {"id"}},
      {"finding", {"id"}},
      {"village", {}},
      {"survey", {"round", "date", "kind", "by"}},
      {"step", {"round", "date", "kind", "department"}},
      {"problem", {"id"}},
      {"task", {"id"}},
      {"milestone", {"id"}},
      {"acceptance", {"round", "date", "kind"}},
      {"follow", {"round", "date", "kind"}},
      {"note", {"audit"}},
      {"rules", {}},
      {"question", {"id"}},
      {"problem_type", {"id"}},
      {"criterion", {"id"}},
      {"score", {"id"}},
      {"ranking", {"id"}},
      {"quota", {"id"}},
  };
  return kinds;
}

/// The value as people write it, texts without quotes; empty when the key is absent.
std::string plain(const Table& record, std::string_view key) {
  const document::Member* member = record.find(key);
  if (!member) return {};
  const Text* text = member->value.text();
  return text ? std::string{*text} : document::write_on_one_line(member->value);
}

std::string joined(const Table& record, std::initializer_list<std::string_view> keys) {
  std::string all;
  for (const std::string_view key : keys)
    if (const std::string value = plain(record, key); !value.empty())
      all += (all.empty() ? "" : " ") + value;
  return all;
}

}  // namespace

std::string record_identity(std::string_view kind, const Table& record) {
  const auto found = std::ranges::find(identifying(), kind, &KindKeys::kind);
  if (found == identifying().end()) return {};
  if (found->keys.empty()) return ".";
  if (!record.find(found->keys.front())) return {};
  std::string identity;
  for (const std::string_view key : found->keys)
    identity += (identity.empty() ? "" : " ") + plain(record, key);
  return identity;
}

std::string record_task(std::string_view kind, const Table& record) {
  return plain(record, kind == "task" ? "id" : "task");
}

std::string record_day(std::string_view, const Table& record) {
  for (const std::string_view key : {"date", "opened", "found", "from"})
    if (std::string day = plain(record, key); !day.empty()) return day;
  return {};
}

std::string record_name(std::string_view kind, const Table& record) {
  if (kind == "entry") return joined(record, {"task", "action", "date"});
  if (kind == "support" || kind == "leader") return joined(record, {"role", "name"});
  if (std::string id = plain(record, "id"); !id.empty()) return id;
  if (std::string name = joined(record, {"date", "kind"}); record.find("date")) return name;
  const auto found = std::ranges::find(identifying(), kind, &KindKeys::kind);
  if (found == identifying().end() || found->keys.empty()) return {};
  return record_identity(kind, record);
}

document::MergeRules merge_rules() {
  return {record_identity, record_task, record_day, record_name};
}

}  // namespace taizhang::store
