#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>

#include "workflow/audit_case.hpp"
#include "workflow/fingerprint.hpp"

namespace taizhang::workflow {

using model::Entry;
using model::VillageLedger;

namespace {

const VillageLedger* find(const model::CountyLedger& county, const std::string& code) {
  for (const auto& township : county.townships)
    for (const auto& village : township.villages)
      if (village.info.code == code ||
          std::ranges::find(village.info.former, code) != village.info.former.end())
        return &village;
  return nullptr;
}

std::string text(const std::optional<Date>& date) { return date ? format_date(*date) : ""; }

template <class Term>
std::string text(const std::optional<Term>& term) {
  return term ? std::string{model::term(*term)} : "";
}

std::string joined(std::initializer_list<std::string> parts) {
  std::string all;
  for (const std::string& part : parts)
    if (!part.empty()) all += (all.empty() ? "" : " ") + part;
  return all;
}

/// What of one village was in the last commit and is no longer.
class Comparison {
 public:
  Comparison(AuditWork& work, const VillageLedger& before, const VillageLedger& now)
      : work_(work), before_(before), now_(now) {}

  void run() {
    const auto by_id = [](const auto& each) { return each.id; };
    const auto no_subject = [](const auto&) { return std::string{}; };
    for (const auto& task : before_.tasks) rounds_[task.id] = task.round.value_or(0);
    gone(
        "survey", before_.surveys, now_.surveys,
        [](const model::Survey& each) {
          return joined({text(each.date), text(each.kind), each.by});
        },
        no_subject);
    gone(
        "step", before_.steps, now_.steps,
        [](const model::Step& each) {
          return joined(
              {text(each.date), text(each.kind), each.by, each.department, text(each.result)});
        },
        no_subject);
    gone(
        "support", before_.supports, now_.supports,
        [](const model::Support& each) {
          return joined({text(each.role), each.name, each.post, each.unit, text(each.from)});
        },
        no_subject);
    gone(
        "plan", before_.plans, now_.plans, [](const model::Plan& each) { return text(each.date); },
        no_subject);
    gone(
        "income", before_.incomes, now_.incomes,
        [](const model::Income& each) { return fmt::format("{}", each.year.value_or(0)); },
        no_subject);
    gone("problem", before_.problems, now_.problems, by_id, by_id);
    gone("task", before_.tasks, now_.tasks, by_id, by_id);
    gone("milestone", before_.milestones, now_.milestones, by_id,
         [](const model::Milestone& each) { return each.task; });
    entries();
    journal("acceptance", before_.acceptances, now_.acceptances);
    journal("follow", before_.follows, now_.follows);
    journal("note", before_.notes, now_.notes);
  }

 private:
  template <class Record>
  std::int64_t round_of(const Record& record, const std::string& subject) const {
    if constexpr (requires { record.round; }) {
      return record.round.value_or(0);
    } else {
      const auto known = rounds_.find(subject);
      return known == rounds_.end() ? 0 : known->second;
    }
  }

  void add(std::string_view kind, const std::string& what, const std::string& subject,
           std::int64_t round, const std::string& key) {
    work_.add(Pattern::removed, {{&now_, subject, round, now_.info.at}},
              {{"record", "thing." + std::string{kind}}, {"what", what}},
              {before_.info.code, std::string{kind}, key});
  }

  /// Records that are known by some of their values: the others may change.
  template <class Record, class Name, class Subject>
  void gone(std::string_view kind, const std::vector<Record>& before,
            const std::vector<Record>& now, Name name, Subject subject) {
    std::map<std::string, int> left;
    for (const Record& each : now) ++left[name(each)];
    for (const Record& each : before)
      if (--left[name(each)] < 0)
        add(kind, name(each), subject(each), round_of(each, subject(each)), name(each));
  }

  /// Records that are only ever appended: none of their values changes.
  template <class Record>
  void journal(std::string_view kind, const std::vector<Record>& before,
               const std::vector<Record>& now) {
    std::map<std::string, int> left;
    for (const Record& each : now) ++left[record_lines(kind, &each)];
    for (const Record& each : before) {
      const std::string lines = record_lines(kind, &each);
      if (--left[lines] >= 0) continue;
      std::string what = text(each.date);
      if constexpr (requires { each.kind; }) what = joined({what, text(each.kind)});
      add(kind, joined({what, each.by}), "", round_of(each, ""), lines);
    }
  }

  void entries() {
    std::set<std::string_view> tasks;
    for (const auto& task : now_.tasks) tasks.insert(task.id);
    std::map<std::string, int> left;
    for (const Entry& each : now_.entries) ++left[record_lines("entry", &each)];
    for (const Entry& each : before_.entries) {
      const std::string lines = record_lines("entry", &each);
      if (--left[lines] < 0 && tasks.contains(each.task))  // a task that is gone is told itself
        add("entry", joined({each.task, text(each.date), text(each.action), each.by}), each.task,
            round_of(each, each.task), lines);
    }
  }

  AuditWork& work_;
  const VillageLedger& before_;
  const VillageLedger& now_;
  std::map<std::string, std::int64_t> rounds_;  ///< of the tasks
};

void removed(AuditWork& work) {
  const bool all_read = work.county.village_files_read == work.county.village_files;
  for (const auto& township : work.committed.county->townships)
    for (const auto& village : township.villages) {
      if (!village.complete) continue;
      const VillageLedger* now = find(work.county, village.info.code);
      if (now && now->complete) Comparison{work, village, *now}.run();
      else if (!now && all_read)
        work.add(Pattern::removed, {{&village, "", 0, village.info.at}},
                 {{"record", "thing.village"}, {"what", village.path}}, {village.info.code});
    }
}

void late(AuditWork& work) {
  std::map<const VillageLedger*, std::map<std::string, const Entry*>> known;
  for (const AuditCase& task : work.cases) {
    const VillageLedger* before = find(*work.committed.county, task.village->info.code);
    if (!before) continue;
    auto [lines, first] = known.try_emplace(before);
    if (first)
      for (const Entry& entry : before->entries)
        lines->second.emplace(record_lines("entry", &entry), &entry);
    for (const Entry* entry : task.view.entries) {
      const auto found = lines->second.find(record_lines("entry", entry));
      if (found == lines->second.end() || !entry->date || *entry->date > work.as_of) continue;
      const auto day = work.committed.day_of(*before, *found->second);
      if (!day) continue;
      const int days = days_between(*entry->date, *day);
      if (days < work.bounds.days_committed) continue;
      work.add(Pattern::committed, {task.place(entry->at)},
               {{"date", format_date(*entry->date)},
                {"committed", format_date(*day)},
                {"days", fmt::format("{}", days)}},
               {task.key(*entry)});
    }
  }
}

}  // namespace

void audit_history(AuditWork& work) {
  if (!work.committed.county) return;
  removed(work);
  if (work.committed.day_of) late(work);
}

}  // namespace taizhang::workflow
