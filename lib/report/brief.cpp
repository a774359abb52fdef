#include "report/brief.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "rules/answers.hpp"
#include "workflow/responsibility.hpp"
#include "workflow/same_person.hpp"

namespace taizhang::report {

using model::SupportRole;
using model::TaskKind;

namespace {

/// Who looked at a township in the survey: `[[leader]]` of this role in township.toml.
constexpr std::string_view survey_leader = "摸排带队";

/// Counts of records in a county: nothing where the county keeps none of the kind.
struct Counted {
  std::optional<std::int64_t> visited, listed, problems, unannounced, led_townships;
  std::map<TaskKind, std::int64_t> tasks;
  std::map<SupportRole, std::set<std::string>> supports;  ///< each once, however many villages
  std::string decided_by;

  static void count(std::optional<std::int64_t>& figure, bool hit) {
    figure = figure.value_or(0) + (hit ? 1 : 0);
  }
};

Content figure(const std::optional<std::int64_t>& count) {
  return count ? Content{*count} : Content{Missing{}};
}

Content figure(const std::map<TaskKind, std::int64_t>& counts, TaskKind kind) {
  const auto found = counts.find(kind);
  return found == counts.end() ? Content{Missing{}} : Content{found->second};
}

Content figure(const std::map<SupportRole, std::set<std::string>>& supports, SupportRole role) {
  const auto found = supports.find(role);
  return found == supports.end() ? Content{Missing{}}
                                 : Content{static_cast<std::int64_t>(found->second.size())};
}

/// What is counted: leaders are persons, departments and groups units, and a contact office is a post
/// within one.
std::string counted_as(const model::Support& support, const workflow::Units& units) {
  const bool is_unit =
      *support.role == SupportRole::work_group || *support.role == SupportRole::helping_department;
  if (is_unit && !support.unit.empty()) return units.identity(support.unit);
  const bool is_office = *support.role == SupportRole::contact_office;
  if (is_office && !support.post.empty()) return workflow::plain_person(support.post);
  return workflow::plain_person(workflow::who(support));
}

Counted count(const CountyState& state, const Occasion& occasion) {
  Counted made;
  for (const auto& township : state.county->townships)
    for (const auto& leader : township.leaders)
      if (leader.role == survey_leader && (!leader.from || *leader.from <= occasion.as_of)) {
        Counted::count(made.led_townships, true);
        break;
      }
  if (state.keeps_steps) Counted::count(made.listed, false);  // none yet is 0, as in all reports
  for (const VillageState& village : state.villages) {
    const auto& ledger = *village.ledger;
    if (ledger.kind() == model::Settlement::village && !ledger.surveys.empty())
      Counted::count(made.visited, rules::is_visited(ledger, occasion.round, occasion.as_of));
    if (const auto* decision = village.life.decision) {
      Counted::count(made.listed, village.life.listed());
      if (village.life.listed() && made.decided_by.empty()) made.decided_by = decision->by;
    }
    for (const auto& problem : ledger.problems)
      if (problem.round == occasion.round && (!problem.found || *problem.found <= occasion.as_of))
        Counted::count(made.problems, true);
    for (const auto& life : village.life.tasks)
      if (life.task->kind && life.state != workflow::TaskState::cancelled)
        ++made.tasks[*life.task->kind];
    if (village.life.listed())
      for (const auto& support : ledger.supports)
        if (support.role && (!support.from || *support.from <= occasion.as_of) &&
            (!support.to || *support.to > occasion.as_of))
          made.supports[*support.role].insert(counted_as(support, state.units));
  }
  for (const auto& inspection : state.county->inspections)
    if (inspection.round == occasion.round && workflow::exists_on(inspection, occasion.as_of) &&
        inspection.kind == model::InspectionKind::inspection)
      Counted::count(made.unannounced, inspection.unannounced.value_or(false));
  return made;
}

}  // namespace

Brief::Brief(const Occasion& occasion, std::string_view place) : occasion_(occasion) {
  report_.schema = "taizhang.brief/1";
  report_.title = {"brief.title"};
  report_.subtitle = subtitle(occasion, place);
  table_ = {"brief", {}, {{"item", "column.item"}}, {}, true};
}

Row& Brief::row(std::string_view label) {
  for (Row& each : rows_)
    if (const auto* held = std::get_if<Label>(&each.cells.front().content);
        held && held->id == label)
      return each;
  Row made;
  made.cells.emplace_back(Label{label});
  rows_.push_back(std::move(made));
  return rows_.back();
}

void Brief::set(std::string_view label, Content value) {
  Row& target = row(label);
  while (target.cells.size() <= counties_) target.cells.emplace_back(Missing{});
  target.cells[counties_].content = std::move(value);
}

void Brief::add(const CountyState& state) {
  coverage_.add(state);
  ++counties_;
  table_.columns.push_back({state.county->info.code, "", Align::right, state.county->info.name});
  const Counted counted = count(state, occasion_);
  const auto villages = std::ranges::count_if(state.villages, [](const VillageState& village) {
    return village.ledger->kind() == model::Settlement::village;
  });
  const bool whole = state.whole_roster();
  set("brief.villages", count_or_missing(whole, villages));
  set("brief.visited", whole ? figure(counted.visited) : Content{Missing{}});
  set("brief.led_townships", figure(counted.led_townships));
  set("brief.listed", figure(counted.listed));
  set("brief.decided_by", text_or_missing(counted.decided_by));
  set("brief.problems", figure(counted.problems));
  set("brief.tasks", figure(counted.tasks, TaskKind::task));
  set("brief.services", figure(counted.tasks, TaskKind::service));
  set("brief.plans", figure(counted.tasks, TaskKind::planning));
  set("brief.county_leaders", figure(counted.supports, SupportRole::county_leader));
  set("brief.work_groups", figure(counted.supports, SupportRole::work_group));
  set("brief.contact_offices", figure(counted.supports, SupportRole::contact_office));
  set("brief.helping_departments", figure(counted.supports, SupportRole::helping_department));
  set("brief.inspections", figure(counted.unannounced));
  set("brief.rhythm", state.county->info.rhythm
                          ? Content{Term{model::term(*state.county->info.rhythm)}}
                          : Content{Missing{}});
  targets(state);
}

/// What every listed village is to reach, as the tasks of kind 队伍 say; villages that differ show
/// the least and the most.
void Brief::targets(const CountyState& state) {
  struct Range {
    std::int64_t least, most;
  };
  std::vector<std::pair<std::string, Range>> ranges;  // in the order of the ledgers
  for (const VillageState& village : state.villages)
    for (const auto& life : village.life.tasks) {
      const auto& task = *life.task;
      if (task.kind != TaskKind::team || !task.target) continue;
      const std::string title =
          task.title + (task.target_unit.empty() ? "" : "(" + task.target_unit + ")");
      const Range own{*task.target, task.target_max.value_or(*task.target)};
      const auto range = std::ranges::find(ranges, title, &std::pair<std::string, Range>::first);
      if (range == ranges.end()) {
        ranges.emplace_back(title, own);
      } else {
        range->second.least = std::min(range->second.least, own.least);
        range->second.most = std::max(range->second.most, own.most);
      }
    }
  for (const auto& each_range : ranges) {
    const std::string& title = each_range.first;
    const Range& range = each_range.second;
    auto target = std::ranges::find_if(rows_, [&](const Row& each) {
      const auto* label = std::get_if<Label>(&each.cells.front().content);
      return label && label->id == "brief.target" && label->facts.front().second == title;
    });
    if (target == rows_.end()) {
      Row made;
      made.cells.emplace_back(Label{"brief.target", {{"title", title}}});
      target = rows_.insert(rows_.end(), std::move(made));
    }
    while (target->cells.size() <= counties_) target->cells.emplace_back(Missing{});
    target->cells[counties_].content = range.least == range.most
                                           ? fmt::format("{}", range.least)
                                           : fmt::format("{}-{}", range.least, range.most);
  }
}

Report Brief::finish() && {
  for (Row& each : rows_)
    while (each.cells.size() <= counties_) each.cells.emplace_back(Missing{});
  table_.rows = rows_;
  report_.tables.push_back(std::move(table_));
  coverage_.tell(report_);
  return std::move(report_);
}

}  // namespace taizhang::report
