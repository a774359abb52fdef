#include "report/survey_coverage.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "report/figures.hpp"
#include "report/survey_tally.hpp"

namespace taizhang::report {

using model::SurveyKind;

namespace {

/// The tables of one county.
class CountyCoverage {
 public:
  CountyCoverage(const Occasion& occasion, const CountyState& state, const model::RuleSet& set)
      : occasion_(occasion),
        state_(state),
        set_(set),
        screening_(set, *state.county, occasion.round, occasion.as_of),
        tally_(occasion, state, screening_) {}

  void tables(std::vector<Table>& all) const {
    all.push_back(figures());
    all.push_back(by_township());
    if (!state_.county->contacts.empty()) all.push_back(by_contact());
    all.push_back(heard());
    all.push_back(questions());
    if (!tally_.not_visited.empty()) all.push_back(not_visited());
  }

 private:
  Table not_visited() const {
    Table table;
    table.id = "not_visited";
    table.title = {"coverage.not_visited"};
    table.columns = {{"township", "column.township"}, {"village", "column.village"}};
    for (const VillageState* village : tally_.not_visited) {
      Row row;
      row.cells = {village->township->folder, village->ledger->info.name};
      row.path = village->ledger->path;
      row.line = line_of(state_, row.path, village->ledger->info.at);
      table.rows.push_back(row);
    }
    return table;
  }

  /// Of a county with only some of its ledgers nobody knows what is left out.
  Content whole(std::int64_t count) const { return count_or_missing(state_.whole_roster(), count); }

  Table figures() const {
    Figures made{"figures",
                 {"coverage.of", {{"county", state_.county->info.name}, {"rules", set_.info.id}}}};
    made.add("figure.villages", whole(tally_.all.villages));
    made.add("figure.visited", whole(tally_.all.visited));
    made.add("coverage.firm", whole(tally_.firm));
    made.add("coverage.waiting", tally_.waiting);
    made.add("coverage.decided", whole(tally_.all.decided));
    const bool nobody_missed = tally_.all.villages > 0 &&
                               tally_.all.visited == tally_.all.villages &&
                               tally_.all.decided == tally_.all.villages &&
                               state_.county->village_files_read == state_.county->village_files;
    made.add("coverage.nobody_missed",
             state_.whole_roster() ? Content{Label{nobody_missed ? "value.yes" : "value.no"}}
                                   : Content{Missing{}});
    return std::move(made).take();
  }

  static std::vector<Column> area_columns(std::vector<Column> first) {
    for (const Column& column :
         {Column{"villages", "column.villages", Align::right},
          Column{"visited", "column.visited", Align::right},
          Column{"decided", "column.decided", Align::right},
          Column{"heard_households", "column.heard_households", Align::right},
          Column{"households", "column.households", Align::right},
          Column{"heard_members", "column.heard_members", Align::right},
          Column{"members", "column.members", Align::right},
          Column{"heard_residents", "column.heard_residents", Align::right}})
      first.push_back(column);
    return first;
  }

  void fill(Row& row, const SurveyedArea& area) const {
    const auto heard_of = [&](std::string_view group) {
      const auto found = area.heard.find(group);
      return found == area.heard.end() ? Content{Missing{}} : found->second.content();
    };
    const auto total = [&](const Sum& sum) {
      return state_.whole_roster() ? sum.content() : Content{Missing{}};
    };
    for (Content content : {whole(area.villages), whole(area.visited), whole(area.decided),
                            heard_of("households"), total(area.households), heard_of("members"),
                            total(area.members), heard_of("residents")}) {
      row.cells.emplace_back();
      row.cells.back().content = std::move(content);
    }
  }

  Table by_township() const {
    Table table;
    table.id = "townships";
    table.title = {"coverage.by_township"};
    table.columns = area_columns({{"township", "column.township"}});
    for (const auto& township : state_.county->townships) {
      const auto found = tally_.townships.find(&township);
      if (found == tally_.townships.end()) continue;
      Row row;
      row.cells = {township.folder};
      fill(row, found->second);
      table.rows.push_back(row);
    }
    Row total;
    total.cells = {Label{"value.total"}};
    total.total = true;
    fill(total, tally_.all);
    table.rows.push_back(total);
    return table;
  }

  Table by_contact() const {
    Table table;
    table.id = "contacts";
    table.title = {"coverage.by_contact"};
    table.columns = {{"leader", "column.contact"},
                     {"townships", "column.township"},
                     {"villages", "column.villages", Align::right},
                     {"visited", "column.visited", Align::right},
                     {"decided", "column.decided", Align::right}};
    for (const auto& contact : state_.county->contacts) {
      if (contact.round && contact.round != occasion_.round) continue;
      SurveyedArea area;
      std::string names;
      for (const std::string& name : contact.townships) {
        names += (names.empty() ? "" : " ") + name;
        for (const auto& [township, counted] : tally_.townships)
          if (township->folder == name) area.add(counted);
      }
      if (area.villages == 0) continue;  // covers nothing of the place
      Row row;
      row.cells = {contact.leader, std::move(names), Cell{}, Cell{}, Cell{}};
      row.cells[2].content = whole(area.villages);
      row.cells[3].content = whole(area.visited);
      row.cells[4].content = whole(area.decided);
      table.rows.push_back(row);
    }
    return table;
  }

  Table heard() const {
    constexpr std::array kinds{SurveyKind::visit, SurveyKind::return_visit,
                               SurveyKind::questionnaire, SurveyKind::self_check};
    constexpr std::array<std::string_view, 6> labels{"heard.village",    "heard.resident",
                                                     "heard.contact",    "heard.members",
                                                     "heard.households", "heard.residents"};
    Table table;
    table.id = "heard";
    table.title = {"coverage.heard"};
    table.columns = {{"group", "column.group"}};
    constexpr std::array<std::string_view, 4> keys{"visit", "return_visit", "questionnaire",
                                                   "self_check"};
    constexpr std::array<std::string_view, 4> headings{"column.by_visit", "column.by_return_visit",
                                                       "column.by_questionnaire",
                                                       "column.by_self_check"};
    for (std::size_t i = 0; i < kinds.size(); ++i)
      table.columns.push_back({std::string{keys[i]}, headings[i], Align::right});
    for (std::size_t g = 0; g < heard_groups.size(); ++g) {
      Row row;
      row.cells = {Label{labels[g]}};
      for (const SurveyKind kind : kinds) {
        const auto found = tally_.heard.find({heard_groups[g], kind});
        row.cells.emplace_back();
        row.cells.back().content =
            found == tally_.heard.end() ? Content{Missing{}} : found->second.content();
      }
      table.rows.push_back(row);
    }
    return table;
  }

  Table questions() const {
    Table table;
    table.id = "questions";
    table.title = {"coverage.questions"};
    table.columns = {{"topic", "column.topic"},
                     {"question", "column.question"},
                     {"answered", "column.answered", Align::right},
                     {"self_check", "column.self_check_only", Align::right},
                     {"unanswered", "column.not_answered", Align::right},
                     {"oldest", "column.oldest"},
                     {"age", "column.age_days", Align::right}};
    for (std::size_t i = 0; i < tally_.questions.size(); ++i) {
      const Answered& counts = tally_.questions[i];
      Row row;
      row.cells = {set_.questions[i].topic,
                   set_.questions[i].label,
                   counts.given,
                   counts.self_check,
                   counts.open,
                   Cell{},
                   Cell{}};
      if (counts.oldest) {
        row.cells[5].content = *counts.oldest;
        row.cells[6].content = std::int64_t{days_between(*counts.oldest, occasion_.as_of)};
      }
      table.rows.push_back(row);
    }
    return table;
  }

  const Occasion& occasion_;
  const CountyState& state_;
  const model::RuleSet& set_;
  rules::CountyScreening screening_;
  SurveyTally tally_;
};

}  // namespace

SurveyCoverageReport::SurveyCoverageReport(const Occasion& occasion, std::string_view place)
    : occasion_(occasion) {
  report_.schema = "taizhang.coverage/1";
  report_.title = {"coverage.title"};
  report_.subtitle = subtitle(occasion, place);
}

void SurveyCoverageReport::add(const CountyState& state, const model::RuleSet& rules) {
  coverage_.add(state);
  CountyCoverage{occasion_, state, rules}.tables(report_.tables);
}

Report SurveyCoverageReport::finish() && {
  coverage_.tell(report_);
  return std::move(report_);
}

}  // namespace taizhang::report
