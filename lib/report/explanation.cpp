#include "report/explanation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/chain_report.hpp"
#include "report/figures.hpp"
#include "report/ranking_table.hpp"
#include "report/score_table.hpp"
#include "report/screening.hpp"
#include "rules/reason.hpp"

namespace taizhang::report {

using model::Question;
using rules::Judgement;
using rules::Truth;

namespace {

std::string_view truth_label(Truth truth) {
  switch (truth) {
    case Truth::yes:
      return "explain.hit";
    case Truth::no:
      return "explain.no_hit";
    case Truth::unknown:
      break;
  }
  return "explain.open";
}

class Explainer {
 public:
  Explainer(const Occasion& occasion, const CountyState& state, const VillageState& village,
            const model::RuleSet& rules)
      : occasion_(occasion),
        state_(state),
        village_(village),
        ledger_(*village.ledger),
        set_(rules),
        screening_(rules, *state.county, occasion.round, occasion.as_of),
        answers_(screening_.answers(ledger_)),
        case_{screening_.rules(), screening_.rules().values(answers_),
              screening_.standings(ledger_)},
        result_(screening_.screen(ledger_)) {}

  Report make() {
    report_.schema = "taizhang.explanation/1";
    report_.title = {"explain.title",
                     {{"village", ledger_.info.name}, {"township", village_.township->folder}}};
    report_.subtitle = subtitle(occasion_, state_.county->info.name);
    verdict();
    grounds();
    turns();
    criteria();
    for (const auto& score : result_.scores) report_.tables.push_back(score_table(score));
    for (std::size_t i = 0; i < set_.rankings.size(); ++i) ranking(i);
    missing();
    report_.tables.push_back(
        chain_table(state_, village_,
                    workflow::chain_of(*state_.county, ledger_, occasion_.round, occasion_.as_of)));
    return std::move(report_);
  }

 private:
  void keep(Table table) {
    if (!table.rows.empty()) report_.tables.push_back(std::move(table));
  }

  void verdict() {
    Figures figures{"verdict", {}, Align::left};
    figures.add("column.verdict", Term{rules::term(result_.verdict)});
    figures.add("explain.rules", fmt::format("{} {}", set_.info.id, set_.info.name));
    figures.add("explain.source", set_.info.source);
    if (!set_.info.unpublished.empty()) figures.add("explain.unpublished", set_.info.unpublished);
    figures.add("explain.rules_sha256", set_.sha256);
    const auto* step = village_.life.decision;
    figures.add("column.decision", step && step->result ? Content{Term{model::term(*step->result)}}
                                                        : Content{Missing{}});
    if (step) {
      figures.add("explain.decided_by", text_or_missing(step->by));
      figures.add("explain.decided_on", date_or_missing(step->date));
      if (!step->reason.empty()) figures.add("column.reason", step->reason);
      figures.add("explain.rules_then", rules_then(*step));
    }
    report_.tables.push_back(std::move(figures).take());
  }

  /// Which rules were in force at the decision, against the ones applied here.
  Content rules_then(const model::Step& step) const {
    if (!step.rules.empty() && step.rules != set_.info.id) return step.rules;
    if (step.rules_sha256.empty()) return Label{"explain.rules_unrecorded"};
    return Label{step.rules_sha256 == set_.sha256 ? "explain.rules_same" : "explain.rules_differ"};
  }

  /// The answer, who recorded it, the day, and its place; 未填 when there is none.
  void add_answer(Row& row, const Question& question) const {
    const auto held = answers_.find(question.id);
    Cell answer, by, date;
    if (held == answers_.end()) {
      answer.content = Missing{};
    } else {
      const auto& [given, survey, self_check] = held->second;
      answer.content = answer_content(question, given->value);
      by.content = self_check ? Content{Label{"explain.self_check", {{"by", survey->by}}}}
                              : text_or_missing(survey->by);
      date.content = *survey->date;
      row.path = ledger_.path;
      row.line = line_of(state_, ledger_.path, given->at);
    }
    for (Cell* cell : {&answer, &by, &date}) row.cells.push_back(std::move(*cell));
  }

  void grounds() {
    Table table;
    table.id = "grounds";
    table.title = {"explain.grounds"};
    table.columns = {{"question", "column.question"},
                     {"answer", "column.answer"},
                     {"by", "column.by"},
                     {"date", "column.date"}};
    for (const Question* question : rules::grounds(case_)) {
      Row row;
      row.cells = {question->label};
      add_answer(row, *question);
      table.rows.push_back(row);
    }
    keep(std::move(table));
  }

  /// Whether the verdict comes from a ranking, which no answer of the village alone can turn.
  bool ranked_to_list() const {
    return std::ranges::any_of(result_.judgements, [](const Judgement& each) {
      return each.ranking && each.effect == model::Effect::list && each.truth != Truth::no;
    });
  }

  void turns() {
    if (ranked_to_list()) {
      report_.notes.push_back({"explain.turn_by_ranking"});
      return;
    }
    Table table;
    table.id = "turns";
    table.title = {"explain.turns"};
    table.columns = {{"to", "column.turns_to"},
                     {"question", "column.question"},
                     {"answer", "column.answer_now"},
                     {"change", "column.answer_then"}};
    for (const rules::Turn& turn : rules::turns(case_)) {
      bool first = true;
      for (const rules::Change& change : turn.changes) {
        Row row;
        row.cells.emplace_back();
        if (first) row.cells.back().content = Term{rules::term(turn.to)};
        first = false;
        row.cells.emplace_back(change.question->label);
        add_answer(row, *change.question);
        row.cells.resize(3);
        row.cells.emplace_back();
        row.cells.back().content = changed(change);
        table.rows.push_back(row);
      }
      if (!turn.changes.empty() && !turn.smallest)
        report_.notes.push_back({"explain.not_smallest"});
    }
    keep(std::move(table));
  }

  static Content changed(const rules::Change& change) {
    Content content = answer_content(*change.question, change.value);
    if (change.bound == rules::Change::Bound::exactly) return content;
    const auto* whole = std::get_if<std::int64_t>(&content);
    const std::string text = whole ? fmt::format("{}", *whole) : std::get<std::string>(content);
    return (change.bound == rules::Change::Bound::at_least ? "≥ " : "≤ ") + text;
  }

  void criteria() {
    Table table;
    table.id = "criteria";
    table.title = {"explain.criteria"};
    table.columns = {{"criterion", "column.criterion"},
                     {"effect", "column.effect"},
                     {"truth", "column.truth"},
                     {"question", "column.question"},
                     {"answer", "column.answer"},
                     {"by", "column.by"},
                     {"date", "column.date"}};
    for (const Judgement& each : result_.judgements) {
      const auto add = [&](const Question* question) {
        Row row;
        row.cells = {each.label(), Term{model::term(each.effect)}, Label{truth_label(each.truth)}};
        row.cells.emplace_back(question ? question->label : "");
        if (question) add_answer(row, *question);
        else row.cells.resize(table.columns.size());
        table.rows.push_back(row);
      };
      for (const Question* question : each.seen) add(question);
      for (const Question* question : each.missing)
        if (std::ranges::find(each.seen, question) == each.seen.end()) add(question);
      if (each.seen.empty() && each.missing.empty()) add(nullptr);
    }
    report_.tables.push_back(std::move(table));
  }

  void ranking(std::size_t index) {
    auto table = neighbours(state_, screening_, index, ledger_);
    if (table) return report_.tables.push_back(std::move(*table));
    report_.notes.push_back({"explain.not_ranked", {{"ranking", set_.rankings[index].label}}});
  }

  void missing() {
    Table table;
    table.id = "missing";
    table.title = {"explain.missing"};
    table.columns = {{"question", "column.question_id"}, {"label", "column.question"}};
    for (const Question* question : result_.missing()) {
      Row row;
      row.cells = {question->id, question->label};
      table.rows.push_back(row);
    }
    keep(std::move(table));
  }

  const Occasion& occasion_;
  const CountyState& state_;
  const VillageState& village_;
  const model::VillageLedger& ledger_;
  const model::RuleSet& set_;
  rules::CountyScreening screening_;
  rules::AnswerSheet answers_;
  rules::Case case_;
  rules::Screening result_;
  Report report_;
};

}  // namespace

Report explanation(const Occasion& occasion, const CountyState& state, const VillageState& village,
                   const model::RuleSet& rules) {
  return Explainer{occasion, state, village, rules}.make();
}

}  // namespace taizhang::report
