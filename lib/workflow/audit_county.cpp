#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "workflow/audit_case.hpp"
#include "workflow/duties.hpp"

namespace taizhang::workflow {

using model::Action;
using model::Entry;
using model::Problem;

namespace {

/// The day on which the last task of the problem was closed; nothing while one is open.
std::optional<Date> solved_on(const AuditWork& work, const model::VillageLedger& village,
                              const Problem& problem) {
  std::optional<Date> day;
  for (const AuditCase& each : work.cases) {
    if (each.village != &village || each.task().problem != problem.id) continue;
    if (!each.life.finished()) return std::nullopt;
    if (each.life.state == TaskState::closed && (!day || *each.life.closing->date > *day))
      day = each.life.closing->date;
  }
  return day;
}

void back_again(AuditWork& work, const model::VillageLedger& village) {
  const auto place = [&](const Problem& problem) {
    return AuditPlace{&village, problem.id, problem.round.value_or(0), problem.at};
  };
  for (const Problem& later : village.problems) {
    if (!later.found || *later.found > work.as_of) continue;
    for (const Problem& earlier : village.problems) {
      if (&earlier == &later || earlier.type != later.type) continue;
      const auto solved = solved_on(work, village, earlier);
      if (!solved || *later.found <= *solved ||
          *later.found > day_after(*solved, {work.bounds.months, 0}))
        continue;
      work.add(Pattern::back_again, {place(later), place(earlier)},
               {{"type", later.type},
                {"found", format_date(*later.found)},
                {"solved", format_date(*solved)},
                {"earlier", earlier.id}},
               {village.info.code, later.id, earlier.id});
    }
  }
}

struct Check {
  const AuditCase* task = nullptr;
  const Entry* entry = nullptr;
};

/// Who checked (初核, 销号) the work of which unit.
using Checks = std::map<std::pair<std::string, std::string>, std::vector<Check>>;

void note_checks(const AuditWork& work, const AuditCase& task, Checks& checks) {
  std::set<std::string> doers;
  std::string unit = task.task().unit;
  for (const Entry* entry : task.in_force()) {
    const std::string writer = work.units.identity(entry->unit);
    switch (*entry->action) {
      case Action::progress:
      case Action::apply:
        doers.insert(writer);
        break;
      case Action::reassign:
        if (!entry->new_unit.empty()) unit = entry->new_unit;
        break;
      case Action::reopen:
        doers.clear();
        break;
      case Action::verify:
      case Action::close: {
        std::set<std::string> checked = doers;
        if (!unit.empty()) checked.insert(work.units.identity(unit));
        for (const std::string& doer : checked) checks[{writer, doer}].push_back({&task, entry});
        break;
      }
      default:
        break;
    }
  }
}

void mutual(AuditWork& work) {
  Checks checks;
  for (const AuditCase& each : work.cases) note_checks(work, each, checks);
  for (const auto& [pair, some] : checks) {
    const auto& [checker, doer] = pair;
    const auto others = checks.find({doer, checker});
    if (!(checker < doer) || others == checks.end()) continue;
    std::vector<AuditPlace> places;
    std::vector<std::string> keys;
    for (const std::vector<Check>* list : {&some, &std::as_const(others->second)})
      for (const Check& check : *list) {
        places.push_back(check.task->place(check.entry->at));
        keys.push_back(check.task->key(*check.entry));
      }
    work.add(Pattern::mutual, std::move(places),
             {{"unit", checker},
              {"other", doer},
              {"count", fmt::format("{}", some.size())},
              {"back", fmt::format("{}", others->second.size())}},
             std::move(keys));
  }
}

}  // namespace

void audit_county(AuditWork& work) {
  for (const auto& township : work.county.townships)
    for (const auto& village : township.villages)
      if (village.complete) back_again(work, village);
  mutual(work);
}

}  // namespace taizhang::workflow
