#include "report/survey_coverage.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "report/figures.hpp"

namespace taizhang::report {

using model::SurveyKind;
using rules::Verdict;

namespace {

constexpr std::array<std::string_view, 6> groups{"village", "resident",   "contact",
                                                 "members", "households", "residents"};

/// A sum of which nothing may have been written down.
struct Sum {
  std::optional<std::int64_t> value;
  void add(std::int64_t more) { value = value.value_or(0) + more; }
  Content content() const { return value ? Content{*value} : Content{Missing{}}; }
};

struct Area {
  std::int64_t villages = 0;
  std::int64_t visited = 0;
  std::int64_t decided = 0;
  std::map<std::string_view, Sum> heard;  ///< by group
  Sum households, members;                ///< in all

  void add(const Area& other) {
    villages += other.villages;
    visited += other.visited;
    decided += other.decided;
    for (const auto& [group, sum] : other.heard)
      if (sum.value) heard[group].add(*sum.value);
    for (const auto& [own, more] :
         {std::pair{&households, &other.households}, std::pair{&members, &other.members}})
      if (more->value) own->add(*more->value);
  }
};

struct Answered {
  std::int64_t given = 0;
  std::int64_t self_check = 0;  ///< of those, only a 自查 says so
  std::int64_t open = 0;
  std::optional<Date> oldest, latest;
};

/// Counts one county.
class CountyCoverage {
 public:
  CountyCoverage(const Occasion& occasion, const CountyState& state, const model::RuleSet& set)
      : occasion_(occasion),
        state_(state),
        set_(set),
        screening_(set, *state.county, occasion.round, occasion.as_of),
        answered_(set.questions.size()) {
    for (const VillageState& village : state.villages)
      if (screening_.judges(*village.ledger)) take(village);
  }

  void tables(std::vector<Table>& all) const {
    all.push_back(figures());
    all.push_back(by_township());
    if (!state_.county->contacts.empty()) all.push_back(by_contact());
    all.push_back(heard());
    all.push_back(questions());
    if (!not_visited_.rows.empty()) all.push_back(not_visited_);
  }

 private:
  void take(const VillageState& village) {
    const auto& ledger = *village.ledger;
    Area one;
    one.villages = 1;
    one.visited = rules::is_visited(ledger, occasion_.round, occasion_.as_of);
    const Verdict verdict = screening_.screen(ledger).verdict;
    firm_ += verdict != Verdict::undecided;
    const bool nominated = std::ranges::any_of(ledger.steps, [&](const model::Step& step) {
      return step.kind == model::StepKind::nomination && step.round == occasion_.round &&
             step.result == model::StepResult::listed && workflow::exists_on(step, occasion_.as_of);
    });
    const bool candidate = verdict == Verdict::listed || nominated;
    one.decided = village.life.decision || (verdict == Verdict::not_listed && !candidate);
    waiting_ += candidate && !village.life.decision;
    if (ledger.info.households) one.households.add(*ledger.info.households);
    if (ledger.info.members) one.members.add(*ledger.info.members);
    for (const model::Survey& survey : ledger.surveys) {
      if (survey.round != occasion_.round || !survey.kind || !survey.date ||
          *survey.date > occasion_.as_of)
        continue;
      for (const auto& [group, count] : survey.heard) {
        const auto known = std::ranges::find(groups, group);
        if (known == groups.end()) continue;
        one.heard[*known].add(count);
        by_kind_[{*known, *survey.kind}].add(count);
      }
    }
    townships_[village.township].add(one);
    all_.add(one);
    if (one.visited == 0) leave_out(village);
    questions_of(ledger);
  }

  void leave_out(const VillageState& village) {
    if (not_visited_.columns.empty()) {
      not_visited_.id = "not_visited";
      not_visited_.title = {"coverage.not_visited"};
      not_visited_.columns = {{"township", "column.township"}, {"village", "column.village"}};
    }
    Row row;
    row.cells = {village.township->folder, village.ledger->info.name};
    row.path = village.ledger->path;
    row.line = line_of(state_, row.path, village.ledger->info.at);
    not_visited_.rows.push_back(std::move(row));
  }

  void questions_of(const model::VillageLedger& ledger) {
    const auto answers = screening_.answers(ledger);
    const auto values = screening_.rules().values(answers);
    rules::Evaluation evaluation{screening_.rules(), values};
    for (std::size_t i = 0; i < set_.questions.size(); ++i) {
      const auto asked = evaluation.ask(i);
      if (asked.arises == rules::Truth::no) continue;
      Answered& counts = answered_[i];
      if (!values[i]) {
        counts.open += asked.arises == rules::Truth::yes;
        continue;
      }
      const auto& held = answers.at(set_.questions[i].id);
      ++counts.given;
      counts.self_check += held.self_check;
      const Date date = *held.survey->date;
      if (!counts.oldest || date < *counts.oldest) counts.oldest = date;
      if (!counts.latest || date > *counts.latest) counts.latest = date;
    }
  }

  /// Of a county with only some of its ledgers nobody knows what is left out.
  Content whole(std::int64_t count) const { return count_or_missing(state_.whole_roster(), count); }

  Table figures() const {
    Figures made{"figures",
                 {"coverage.of", {{"county", state_.county->info.name}, {"rules", set_.info.id}}}};
    made.add("figure.villages", whole(all_.villages));
    made.add("figure.visited", whole(all_.visited));
    made.add("coverage.firm", whole(firm_));
    made.add("coverage.waiting", waiting_);
    made.add("coverage.decided", whole(all_.decided));
    const bool nobody_missed = all_.villages > 0 && all_.visited == all_.villages &&
                               all_.decided == all_.villages &&
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

  void fill(Row& row, const Area& area) const {
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
      const auto found = townships_.find(&township);
      if (found == townships_.end()) continue;
      Row row;
      row.cells = {township.folder};
      fill(row, found->second);
      table.rows.push_back(std::move(row));
    }
    Row total;
    total.cells = {Label{"value.total"}};
    total.total = true;
    fill(total, all_);
    table.rows.push_back(std::move(total));
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
      Area area;
      std::string names;
      for (const std::string& name : contact.townships) {
        names += (names.empty() ? "" : " ") + name;
        for (const auto& [township, counted] : townships_)
          if (township->folder == name) area.add(counted);
      }
      if (area.villages == 0) continue;  // covers nothing of the place
      Row row;
      row.cells = {contact.leader, std::move(names), Cell{}, Cell{}, Cell{}};
      row.cells[2].content = whole(area.villages);
      row.cells[3].content = whole(area.visited);
      row.cells[4].content = whole(area.decided);
      table.rows.push_back(std::move(row));
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
    for (std::size_t g = 0; g < groups.size(); ++g) {
      Row row;
      row.cells = {Label{labels[g]}};
      for (const SurveyKind kind : kinds) {
        const auto found = by_kind_.find({groups[g], kind});
        row.cells.emplace_back();
        row.cells.back().content =
            found == by_kind_.end() ? Content{Missing{}} : found->second.content();
      }
      table.rows.push_back(std::move(row));
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
    for (std::size_t i = 0; i < answered_.size(); ++i) {
      const Answered& counts = answered_[i];
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
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  const Occasion& occasion_;
  const CountyState& state_;
  const model::RuleSet& set_;
  rules::CountyScreening screening_;
  std::vector<Answered> answered_;
  std::map<const model::TownshipLedger*, Area> townships_;
  std::map<std::pair<std::string_view, SurveyKind>, Sum> by_kind_;
  Area all_;
  std::int64_t firm_ = 0;
  std::int64_t waiting_ = 0;
  Table not_visited_;
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
