#include "workflow/consistency.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string_view>

#include "base/period.hpp"
#include "base/text.hpp"
#include "workflow/chain.hpp"
#include "workflow/duties.hpp"
#include "workflow/shortcuts.hpp"
#include "workflow/task_life.hpp"

namespace taizhang::workflow {

using model::Finding;
using model::Findings;
using model::StepKind;
using model::StepResult;
using model::TaskKind;
using model::VillageLedger;

namespace {

/// Most names are written alike, and need no other form to be compared.
bool same_name(std::string_view a, std::string_view b) {
  return a == b || canonical_name(a) == canonical_name(b);
}

/// Ids as they are given out: T1 T2 … T10. None of them stands twice.
template <class Record>
bool ids_ascend(const std::vector<Record>& records) {
  const auto not_after = [](const Record& before, const Record& after) {
    const std::string_view early = before.id;
    const std::string_view late = after.id;
    return late.size() < early.size() || (late.size() == early.size() && late <= early);
  };
  return std::ranges::adjacent_find(records, not_after) == records.end();
}

/// Knows the ids of some records. Those that refer to the same one mostly stand together, so it looks
/// first where the one before was found.
template <class Target>
class Ids {
 public:
  explicit Ids(const std::vector<Target>& targets) : targets_(targets) {}

  bool has(std::string_view id) {
    const auto is_it = [&](const Target& target) { return id == std::string_view{target.id}; };
    auto found = std::find_if(targets_.begin() + last_, targets_.end(), is_it);
    if (found == targets_.end()) found = std::ranges::find_if(targets_, is_it);
    if (found == targets_.end()) return false;
    last_ = found - targets_.begin();
    return true;
  }

  /// The one most like `id`, when one is near.
  std::optional<std::string_view> nearest_to(std::string_view id) const {
    std::vector<std::string_view> ids;
    for (const Target& target : targets_) ids.push_back(target.id);
    return nearest(id, ids);
  }

 private:
  const std::vector<Target>& targets_;
  std::ptrdiff_t last_ = 0;
};

/// Collects findings about the records of one file.
class RecordChecker {
 public:
  RecordChecker(const std::vector<std::int64_t>& rounds, Date today)
      : rounds_(rounds), today_(today) {}

  Findings findings;

  void add(Severity severity, std::string_view code, Span at, std::string_view key,
           Facts facts = {}) {
    findings.push_back({severity, code, at, key, std::move(facts)});
  }
  void refuse(std::string_view code, Span at, std::string_view key, Facts facts = {}) {
    add(Severity::error, code, at, key, std::move(facts));
  }

  template <class Record>
  void dated(const std::vector<Record>& records) {
    for (const Record& record : records)
      if (record.date && *record.date > today_) in_future(record.at, "date", *record.date);
  }

  void in_future(Span at, std::string_view key, Date date) {
    refuse("date-in-future", at, key,
           {{"date", format_date(date)}, {"today", format_date(today_)}});
  }

  template <class Record>
  void rounds_known(const std::vector<Record>& records) {
    for (const Record& record : records)
      if (record.round && std::ranges::find(rounds_, *record.round) == rounds_.end())
        refuse("round-unknown", record.at, "round", {{"round", fmt::format("{}", *record.round)}});
  }

  template <class Record>
  void unique_ids(const std::vector<Record>& records, std::string_view kind) {
    if (ids_ascend(records)) return;
    std::map<std::string_view, const Record*> seen;
    for (const Record& record : records) {
      if (record.id.empty()) continue;
      const auto [first, added] = seen.emplace(record.id, &record);
      if (!added)
        findings.push_back({Severity::error,
                            "duplicate-id",
                            record.at,
                            "id",
                            {{"id", record.id},
                             {"record", std::string{kind}},
                             {"what", "thing." + std::string{kind}}},
                            first->second->at});
    }
  }

  /// Reports an id that no record of `targets` has.
  template <class Target>
  void refers(Span at, std::string_view key, std::string_view id, Ids<Target>& targets,
              std::string_view kind) {
    if (id.empty() || targets.has(id)) return;
    const auto near = targets.nearest_to(id);
    refuse(near ? "dangling-reference-near" : "dangling-reference", at, key,
           {{"id", std::string{id}},
            {"record", std::string{kind}},
            {"what", "thing." + std::string{kind}},
            {"nearest", std::string{near.value_or("")}}});
  }

  void in_order(Span at, std::string_view key, const std::optional<Date>& early,
                const std::optional<Date>& late, std::string_view first = {}) {
    if (early && late && *late < *early)
      refuse("date-order", at, key,
             {{"date", format_date(*late)},
              {"before", format_date(*early)},
              {"field", std::string{first}}});
  }

 private:
  const std::vector<std::int64_t>& rounds_;
  Date today_;
};

class VillageChecker : RecordChecker {
 public:
  VillageChecker(const VillageLedger& village, const model::TownshipLedger& township,
                 const std::vector<std::int64_t>& rounds, Date today)
      : RecordChecker(rounds, today), village_(village), township_(township), today_(today) {}

  Findings check() {
    identity();
    dated(village_.surveys);
    dated(village_.steps);
    dated(village_.plans);
    dated(village_.incomes);
    dated(village_.entries);
    dated(village_.acceptances);
    dated(village_.follows);
    dated(village_.notes);
    rounds_known(village_.surveys);
    rounds_known(village_.steps);
    rounds_known(village_.plans);
    rounds_known(village_.problems);
    rounds_known(village_.tasks);
    rounds_known(village_.acceptances);
    rounds_known(village_.follows);
    unique_ids(village_.problems, "problem");
    unique_ids(village_.tasks, "task");
    unique_ids(village_.milestones, "milestone");
    for (const auto& survey : village_.surveys) heard(survey);
    for (const auto& step : village_.steps) {
      check_step(step);
      withdrawal(step);
    }
    approvals();
    for (const auto& support : village_.supports)
      in_order(support.at, "to", support.from, support.to);
    for (const auto& problem : village_.problems)
      if (problem.found && *problem.found > today_) in_future(problem.at, "found", *problem.found);
    Ids problems{village_.problems};
    for (const auto& task : village_.tasks) check_task(task, problems);
    Ids tasks{village_.tasks};
    for (const auto& milestone : village_.milestones)
      refers(milestone.at, "task", milestone.task, tasks, "task");
    for (const auto& entry : village_.entries) {
      refers(entry.at, "task", entry.task, tasks, "task");
      sources(entry);
    }
    incomes();
    return std::move(findings);
  }

 private:
  void identity() {
    const auto& info = village_.info;
    if (!info.township.empty() && !same_name(info.township, township_.folder))
      refuse("township-differs", info.at, "township",
             {{"township", info.township}, {"folder", township_.folder}});
    if (!township_.info.code.empty() && !info.code.empty() &&
        !info.code.starts_with(township_.info.code))
      refuse("code-outside-township", info.at, "code",
             {{"code", info.code},
              {"township", township_.info.name},
              {"prefix", township_.info.code}});
    if (info.code.size() == 12 && info.code.ends_with("000"))
      refuse("village-code-zeros", info.at, "code", {{"code", info.code}});
    if (!same_name(info.name, village_.file_name))
      add(Severity::note, "file-name-differs", info.at, "name",
          {{"name", info.name}, {"file", village_.file_name}});
  }

  void heard(const model::Survey& survey) {
    const auto limit = [&](std::string_view key, std::optional<std::int64_t> most) {
      for (const auto& [name, count] : survey.heard)
        if (name == key && most && count > *most)
          add(Severity::warning, "heard-more-than-there-are", survey.at, "heard",
              {{"key", name},
               {"count", fmt::format("{}", count)},
               {"most", fmt::format("{}", *most)}});
    };
    limit("members", village_.info.members);
    limit("households", village_.info.households);
    limit("residents", village_.info.population);
  }

  /// Sources say of whom the count is made up.
  void sources(const model::Entry& entry) {
    std::int64_t sum = 0;
    for (const auto& [name, count] : entry.sources) sum += count;
    if (!entry.sources.empty() && sum != entry.count.value_or(0))
      add(Severity::warning, "sources-differ", entry.at, "sources",
          {{"sum", fmt::format("{}", sum)},
           {"count", fmt::format("{}", entry.count.value_or(0))},
           {"task", entry.task}});
  }

  void incomes() {
    std::map<std::int64_t, Span> years;
    for (const auto& income : village_.incomes) {
      if (!income.year) continue;
      const auto [first, added] = years.emplace(*income.year, income.at);
      if (added) continue;
      add(Severity::warning, "income-twice", income.at, "year",
          {{"year", fmt::format("{}", *income.year)}});
      findings.back().other = first->second;
    }
  }

  void check_step(const model::Step& step) {
    const bool decides = step.kind == StepKind::approval;
    if (decides && step.result != StepResult::listed && step.result != StepResult::not_listed)
      refuse("step-result-missing", step.at, "result");
    if (step.kind == StepKind::joint_review && step.result == StepResult::objected &&
        step.reason.empty())
      refuse("step-reason-missing", step.at, "result");
  }

  /// 不列入 after 列入 in the same round takes the village off the list, and says why.
  void withdrawal(const model::Step& step) {
    if (step.kind != StepKind::approval || step.result != StepResult::not_listed ||
        !step.reason.empty())
      return;
    for (const auto& other : village_.steps)
      if (other.kind == step.kind && other.round == step.round &&
          other.result == StepResult::listed && other.date && step.date &&
          *other.date <= *step.date) {
        refuse("withdrawal-reason-missing", step.at, "result");
        findings.back().other = other.at;
        return;
      }
  }

  /// A decision is written once; a later one that differs takes its place.
  void approvals() {
    std::vector<const model::Step*> decisions;
    for (const auto& step : village_.steps)
      if (step.kind == StepKind::approval && step.round && step.result) decisions.push_back(&step);
    std::ranges::stable_sort(decisions, {}, [](const model::Step* step) {
      return std::pair{*step->round, step->date.value_or(Date{})};
    });
    for (std::size_t i = 1; i < decisions.size(); ++i) {
      const model::Step& before = *decisions[i - 1];
      const model::Step& step = *decisions[i];
      if (before.round != step.round || before.result != step.result) continue;
      add(Severity::warning, "approval-twice", step.at, "kind",
          {{"round", fmt::format("{}", *step.round)},
           {"result", std::string{model::term(*step.result)}}});
      findings.back().other = before.at;
    }
  }

  void check_task(const model::Task& task, Ids<model::Problem>& problems) {
    in_order(task.at, "due", task.opened, task.due, "field.task.opened");
    refers(task.at, "problem", task.problem, problems, "problem");
    if (task.kind == TaskKind::task && task.problem.empty())
      refuse("problem-required", task.at, "kind", {{"task", task.id}});
    if (task.target_max && (!task.target || *task.target_max < *task.target))
      refuse("target-range", task.at, "target_max", {{"task", task.id}});
    if (task.kind == TaskKind::task) complete(task);
  }

  void complete(const model::Task& task) {
    std::string missing;
    std::string fields;
    const auto need = [&](bool there, std::string_view key) {
      if (there) return;
      missing += (missing.empty() ? "" : " ") + std::string{key};
      fields += (fields.empty() ? "field.task." : " field.task.") + std::string{key};
    };
    need(!task.measure.empty(), "measure");
    need(!task.owner.empty() || !task.unit.empty(), "owner");
    need(task.due.has_value(), "due");
    need(!task.standard.empty(), "standard");
    if (!missing.empty())
      add(Severity::warning, "task-incomplete", task.at, "",
          {{"task", task.id}, {"keys", missing}, {"fields", fields}});
  }

  const VillageLedger& village_;
  const model::TownshipLedger& township_;
  Date today_;
};

/// Judges the records of county.toml, township.toml and inspections.toml, and codes over all files.
class CountyChecker {
 public:
  CountyChecker(const model::CountyLedger& county, const std::vector<std::int64_t>& rounds,
                Date today)
      : county_(county), rounds_(rounds), today_(today) {}

  std::vector<FileFinding> check() {
    county_file();
    inspections_file();
    for (const auto& township : county_.townships) township_file(township);
    codes();
    return std::move(found_);
  }

 private:
  void take(const std::string& path, Findings findings) {
    for (Finding& finding : findings) found_.push_back({path, std::move(finding)});
  }

  void county_file() {
    RecordChecker file{rounds_, today_};
    std::map<std::string, std::string_view> names;
    for (const auto& unit : county_.units) {
      std::vector<std::string> own{unit.name};
      own.insert(own.end(), unit.aliases.begin(), unit.aliases.end());
      for (const std::string& name : own)
        if (!names.emplace(canonical_name(name), unit.name).second)
          file.refuse("unit-twice", unit.at, name == unit.name ? "name" : "aliases",
                      {{"unit", name}});
    }
    for (const auto& grid : county_.grids) file.in_order(grid.at, "to", grid.from, grid.to);
    for (const auto& contact : county_.contacts)
      townships_known(file, contact.at, contact.townships);
    for (const auto& grid : county_.grids) townships_known(file, grid.at, grid.townships);
    take(county_.path, std::move(file.findings));
    take(county_.path, check_follow_up(county_.info));
  }

  void townships_known(RecordChecker& file, Span at, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      const bool known = std::ranges::any_of(county_.townships, [&](const auto& township) {
        return same_name(township.folder, name);
      });
      if (!known) file.refuse("township-unknown", at, "townships", {{"township", name}});
    }
  }

  void inspections_file() {
    RecordChecker file{rounds_, today_};
    file.dated(county_.inspections);
    file.dated(county_.replies);
    file.rounds_known(county_.inspections);
    file.unique_ids(county_.inspections, "inspection");
    file.unique_ids(county_.findings, "finding");
    for (const auto& inspection : county_.inspections)
      for (const std::string& code : inspection.villages)
        village_known(file, inspection.at, "villages", code);
    Ids inspections{county_.inspections};
    for (const auto& finding : county_.findings) {
      file.refers(finding.at, "inspection", finding.inspection, inspections, "inspection");
      if (!finding.village.empty()) village_known(file, finding.at, "village", finding.village);
      file.in_order(finding.at, "due", day_of(finding.inspection), finding.due);
    }
    Ids findings{county_.findings};
    for (const auto& reply : county_.replies) {
      file.refers(reply.at, "finding", reply.finding, findings, "finding");
      check_reply(file, reply);
    }
    take(county_.inspections_path, std::move(file.findings));
  }

  std::optional<Date> day_of(const std::string& inspection) const {
    for (const auto& each : county_.inspections)
      if (each.id == inspection && each.date && *each.date <= today_) return each.date;
    return std::nullopt;  // a day to come is reported by itself
  }

  void check_reply(RecordChecker& file, const model::Reply& reply) {
    for (const auto& finding : county_.findings)
      if (finding.id == reply.finding)
        file.in_order(reply.at, "date", day_of(finding.inspection), reply.date);
  }

  void village_known(RecordChecker& file, Span at, std::string_view key, const std::string& code) {
    std::size_t readable = 0;
    for (const auto& township : county_.townships) readable += township.villages.size();
    if (readable < county_.village_files) return;  // it may be one that cannot be read
    for (const auto& township : county_.townships)
      for (const auto& village : township.villages)
        if (village.info.code == code ||
            std::ranges::find(village.info.former, code) != village.info.former.end())
          return;
    file.refuse("village-unknown", at, key, {{"code", code}});
  }

  void township_file(const model::TownshipLedger& township) {
    RecordChecker file{rounds_, today_};
    const auto& info = township.info;
    if (!info.code.empty() && !county_.info.code.empty() &&
        !info.code.starts_with(county_.info.code))
      file.refuse(
          "code-outside-county", info.at, "code",
          {{"code", info.code}, {"county", county_.info.name}, {"prefix", county_.info.code}});
    if (!info.name.empty() && !same_name(info.name, township.folder))
      file.refuse("township-differs", info.at, "name",
                  {{"township", info.name}, {"folder", township.folder}});
    for (const auto& leader : township.leaders)
      file.in_order(leader.at, "to", leader.from, leader.to);
    file.dated(township.submissions);
    std::map<std::string, Span> periods;
    for (const auto& submission : township.submissions) {
      const auto period = parse_period(submission.period);
      const auto [first, added] = periods.emplace(
          period ? period_name(*period) : std::string{submission.period}, submission.at);
      if (!added) {
        file.add(Severity::warning, "submission-twice", submission.at, "period",
                 {{"period", submission.period}});
        file.findings.back().other = first->second;
      }
      const bool monthly = county_.info.rhythm == model::Rhythm::month;
      const auto kind = monthly ? PeriodKind::month : PeriodKind::half_month;
      if (period && period->kind != kind)
        file.add(Severity::warning, "submission-other-rhythm", submission.at, "period",
                 {{"period", submission.period},
                  {"rhythm", std::string{model::term(monthly ? model::Rhythm::month
                                                             : model::Rhythm::half_month)}},
                  {"wanted", period_name(period_of(period->first, kind))}});
      if (period && submission.date && *submission.date < period->first)
        file.refuse("submission-before-period", submission.at, "date",
                    {{"period", submission.period}, {"date", format_date(*submission.date)}});
    }
    take(township.path, std::move(file.findings));
    for (const auto& village : township.villages) {
      take(village.path, check_village(village, township, rounds_, today_));
      if (!rounds_.empty())
        take(village.path, check_chain(county_, village, *std::ranges::max_element(rounds_)));
      take(village.path, check_shortcuts(village));
    }
  }

  void codes() {
    std::map<std::string_view, const VillageLedger*> seen;
    for (const auto& township : county_.townships)
      for (const auto& village : township.villages) seen.emplace(village.info.code, &village);
    for (const auto& township : county_.townships)
      for (const auto& village : township.villages)
        for (const std::string& former : village.info.former)
          if (const auto own = seen.find(former); own != seen.end())
            found_.push_back({village.path,
                              {Severity::error,
                               "former-code-in-use",
                               village.info.at,
                               "former",
                               {{"code", former}, {"other", own->second->path}}}});
  }

  const model::CountyLedger& county_;
  const std::vector<std::int64_t>& rounds_;
  Date today_;
  std::vector<FileFinding> found_;
};

}  // namespace

Findings check_village(const VillageLedger& village, const model::TownshipLedger& township,
                       const std::vector<std::int64_t>& rounds, Date today) {
  return VillageChecker{village, township, rounds, today}.check();
}

std::vector<FileFinding> check_county(const model::CountyLedger& county,
                                      const std::vector<std::int64_t>& rounds, Date today) {
  return CountyChecker{county, rounds, today}.check();
}

}  // namespace taizhang::workflow
