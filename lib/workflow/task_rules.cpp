#include "workflow/task_rules.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace taizhang::workflow {

using model::Action;
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

}  // namespace

bool TaskRule::uses(std::string_view key) const {
  return std::ranges::find(needs, key) != needs.end() ||
         std::ranges::find(accepts, key) != accepts.end();
}

std::span<const model::Field* const> TaskRule::unused_fields() const {
  using Fields = std::vector<const model::Field*>;
  static const auto all = [] {
    std::array<Fields, rules.size()> made;
    for (const TaskRule& rule : rules)
      for (const model::Field& field : model::find_kind(model::FileKind::village, "entry")->fields)
        if (std::ranges::find(common, field.key) == common.end() && !rule.uses(field.key))
          made[static_cast<std::size_t>(rule.action)].push_back(&field);
    return made;
  }();
  return all[static_cast<std::size_t>(action)];
}

std::span<const std::string_view> common_entry_keys() { return common; }

const TaskRule& rule_of(Action action) { return rules[static_cast<std::size_t>(action)]; }

std::span<const TaskRule> task_rules() { return rules; }

}  // namespace taizhang::workflow
