#include "workflow/task_rules.hpp"

#include <algorithm>
#include <array>

namespace taizhang::workflow {

using model::Action;
using model::Entry;
using model::Level;

namespace {

using enum TaskState;

using Keys = std::array<std::string_view, 1>;
constexpr Keys text{"text"};
constexpr Keys reason{"reason"};
constexpr Keys evidence{"evidence"};
constexpr Keys definition{"definition"};
constexpr std::array<std::string_view, 2> reason_due{"reason", "due"};
constexpr std::array<std::string_view, 2> voids_reason{"voids", "reason"};
constexpr std::array<std::string_view, 3> progress_keys{"count", "sources", "milestone"};
constexpr Keys count{"count"};
constexpr std::array<std::string_view, 2> owner_unit{"new_owner", "new_unit"};
constexpr std::array<std::string_view, 7> common{"task", "date",  "action", "by",
                                                 "unit", "level", "text"};

constexpr Set<Level> anyone{Level::village, Level::township, Level::county};
constexpr Set<Level> checkers{Level::township, Level::county};
constexpr Set<Level> county{Level::county};
constexpr Set<TaskState> unfinished{pending, active, applied, verified};

constexpr std::array<TaskRule, 10> rules{{
    {Action::progress, {pending, active}, active, anyone, false, text, progress_keys},
    {Action::apply, {active}, applied, anyone, false, evidence, {}},
    // in 待销号 and 已销号 it renews a suspect verification and changes no state
    {Action::verify, {applied, verified, closed}, verified, checkers, true, {}, definition},
    {Action::send_back, {applied, verified}, active, checkers, true, reason, {}},
    {Action::close, {verified}, closed, county, true, {}, {}},
    {Action::reopen, {closed}, active, checkers, false, reason_due, count},
    {Action::extend, unfinished, std::nullopt, county, true, reason_due, {}},
    {Action::reassign, unfinished, std::nullopt, checkers, false, reason, owner_unit},
    {Action::cancel, {pending, active}, cancelled, county, true, reason, {}},
    {Action::correct,
     {pending, active, applied, verified, closed, cancelled},
     std::nullopt,
     anyone,
     false,
     voids_reason,
     {}},
}};

template <auto Member>
bool stands_in(const Entry& entry) {
  const auto& value = entry.*Member;
  if constexpr (requires { value.has_value(); }) return value.has_value();
  else return !value.empty();
}

/// A key that some actions use.
struct Key {
  std::string_view name;
  bool (*stands_in)(const Entry&) = nullptr;
};

/// All of them, in the order of the file format.
constexpr std::array<Key, 11> keys{{
    {"text", stands_in<&Entry::text>},
    {"reason", stands_in<&Entry::reason>},
    {"count", stands_in<&Entry::count>},
    {"sources", stands_in<&Entry::sources>},
    {"milestone", stands_in<&Entry::milestone>},
    {"evidence", stands_in<&Entry::evidence>},
    {"definition", stands_in<&Entry::definition>},
    {"due", stands_in<&Entry::due>},
    {"new_owner", stands_in<&Entry::new_owner>},
    {"new_unit", stands_in<&Entry::new_unit>},
    {"voids", stands_in<&Entry::voids>},
}};

bool is_common(std::string_view key) { return std::ranges::find(common, key) != common.end(); }

}  // namespace

bool TaskRule::uses(std::string_view key) const {
  return std::ranges::find(needs, key) != needs.end() ||
         std::ranges::find(accepts, key) != accepts.end();
}

std::vector<std::string_view> TaskRule::missing_keys(const Entry& entry) const {
  std::vector<std::string_view> missing;
  for (const std::string_view key : needs)
    if (!std::ranges::find(keys, key, &Key::name)->stands_in(entry)) missing.push_back(key);
  return missing;
}

std::vector<std::string_view> TaskRule::unused_keys(const Entry& entry) const {
  std::vector<std::string_view> unused;
  for (const Key& key : keys)
    if (key.stands_in(entry) && !uses(key.name) && !is_common(key.name)) unused.push_back(key.name);
  return unused;
}

std::span<const std::string_view> common_entry_keys() { return common; }

const TaskRule& rule_of(Action action) { return rules[static_cast<std::size_t>(action)]; }

std::span<const TaskRule> task_rules() { return rules; }

}  // namespace taizhang::workflow
