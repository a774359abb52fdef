#include "report/screening.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "report/figures.hpp"
#include "report/ranking_table.hpp"
#include "rules/reason.hpp"

namespace taizhang::report {

using model::Question;
using rules::Screening;
using rules::Truth;
using rules::Verdict;

struct ScreeningReport::Tables {
  Table hits, watched, open;
  std::int64_t villages = 0;
  std::int64_t visited = 0;
  std::int64_t hit = 0;
};

namespace {

Table village_table(std::string_view id, std::string_view title, std::vector<Column> more) {
  Table table;
  table.id = id;
  table.title = {title};
  table.columns = {{"township", "column.township"}, {"village", "column.village"}};
  for (Column& column : more) table.columns.push_back(std::move(column));
  return table;
}

Content decision_of(const VillageState& village) {
  const auto* step = village.life.decision;
  if (!step || !step->result) return Missing{};
  return Term{model::term(*step->result)};
}

std::string labels(const std::vector<const Question*>& questions) {
  std::string text;
  for (const Question* question : questions) text += (text.empty() ? "" : "; ") + question->label;
  return text;
}

}  // namespace

Content answer_content(const Question& question, const model::AnswerValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return Label{*flag ? "value.yes" : "value.no"};
  if (const auto* whole = std::get_if<std::int64_t>(&value))
    return question.unit.empty() ? Content{*whole} : fmt::format("{}{}", *whole, question.unit);
  if (const auto* real = std::get_if<double>(&value))
    return fmt::format("{}{}", *real, question.unit);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* date = std::get_if<Date>(&value)) return *date;
  std::string counts;
  for (const auto& [name, count] : std::get<model::Counts>(value))
    counts += fmt::format("{}{}={}", counts.empty() ? "" : " ", name, count);
  return counts;
}

ScreeningReport::ScreeningReport(const Occasion& occasion, std::string_view place)
    : occasion_(occasion) {
  report_.schema = "taizhang.screening/1";
  report_.title = {"screen.title"};
  report_.subtitle = subtitle(occasion, place);
}

void ScreeningReport::add(const CountyState& state, const model::RuleSet& rules) {
  coverage_.add(state);
  const std::vector<Column> hit_columns{{"criterion", "column.criterion"},
                                        {"question", "column.question"},
                                        {"answer", "column.answer"},
                                        {"decision", "column.decision"}};
  Tables tables{
      village_table("hits", "screen.hits", hit_columns),
      village_table("watched", "screen.watched", hit_columns),
      village_table("undecided", "screen.undecided",
                    {{"unanswered", "column.unanswered"}, {"decision", "column.decision"}}),
      0,
      0,
      0};
  const rules::CountyScreening screening{rules, *state.county, occasion_.round, occasion_.as_of};
  for (const VillageState& village : state.villages)
    if (screening.judges(*village.ledger)) add_village(state, village, screening, tables);

  Figures figures{
      "figures",
      {"screen.rules",
       {{"county", state.county->info.name}, {"rules", rules.info.id}, {"name", rules.info.name}}}};
  figures.add("figure.villages", count_or_missing(state.whole_roster(), tables.villages));
  figures.add("figure.visited", count_or_missing(state.whole_roster(), tables.visited));
  figures.add("figure.screened", tables.villages);
  figures.add("figure.hit", tables.hit);
  figures.add("figure.undecided", static_cast<std::int64_t>(tables.open.rows.size()));
  report_.tables.push_back(std::move(figures).take());
  for (Table* table : {&tables.hits, &tables.watched, &tables.open})
    if (!table->rows.empty()) report_.tables.push_back(std::move(*table));
  for (std::size_t i = 0; i < rules.rankings.size(); ++i) add_ranking(state, screening, i);
}

/// Who is hit or may be, in the order of the ranks, and the first who is not.
void ScreeningReport::add_ranking(const CountyState& state, const rules::CountyScreening& screening,
                                  std::size_t ranking) {
  const std::string& label = screening.rules().set->rankings[ranking].label;
  if (screening.ranked().empty()) {
    report_.notes.push_back(
        {"screen.not_ranked", {{"county", state.county->info.name}, {"ranking", label}}});
    return;
  }
  Table table = ranking_table(state, screening, ranking);
  const auto& standings = screening.standings(ranking);
  const auto hit = std::ranges::count(standings, Truth::yes, &rules::Standing::hit);
  table.title = {"screen.ranking",
                 {{"ranking", label},
                  {"among", fmt::format("{}", standings.front().among)},
                  {"cut", fmt::format("{}", standings.front().cut)},
                  {"hit", fmt::format("{}", hit)}}};
  Rows kept;
  bool out = false;
  for (const Row& row : table.rows) {
    const bool is_out = std::get<Label>(row.cells.back().content).id == "explain.no_hit";
    if (!is_out || !std::exchange(out, true)) kept.push_back(row);
  }
  table.rows = std::move(kept);
  report_.tables.push_back(std::move(table));
}

void ScreeningReport::add_village(const CountyState& state, const VillageState& village,
                                  const rules::CountyScreening& screening, Tables& tables) const {
  const model::VillageLedger& ledger = *village.ledger;
  ++tables.villages;
  tables.visited += rules::is_visited(ledger, occasion_.round, occasion_.as_of);
  const auto answers = screening.answers(ledger);
  const Screening result = screening.screen(ledger);
  tables.hit += result.verdict == Verdict::listed;
  Row row;
  row.path = ledger.path;
  if (result.verdict == Verdict::undecided) {
    row.cells = {village.township->folder, ledger.info.name, labels(result.missing()), Cell{}};
    row.cells.back().content = decision_of(village);
    row.line = line_of(state, ledger.path, ledger.info.at);
    tables.open.rows.push_back(row);
  }
  const rules::Case found{screening.rules(), screening.rules().values(answers),
                          screening.standings(ledger)};
  for (const auto& each : result.judgements) {
    if (each.truth != Truth::yes || each.ranking) continue;  // rankings have tables of their own
    auto questions = rules::grounds(found, each);
    if (questions.empty()) questions.push_back(nullptr);
    for (const Question* question : questions) {
      row.cells = {village.township->folder,        ledger.info.name, each.label(),
                   question ? question->label : "", Cell{},           Cell{}};
      if (question) {
        const auto& held = answers.at(question->id);
        row.cells[4].content = answer_content(*question, held.answer->value);
        row.line = line_of(state, ledger.path, held.answer->at);
      }
      row.cells.back().content = decision_of(village);
      const bool lists = each.effect == model::Effect::list;
      (lists ? tables.hits : tables.watched).rows.push_back(row);
    }
  }
}

Report ScreeningReport::finish() && {
  coverage_.tell(report_);
  return std::move(report_);
}

}  // namespace taizhang::report
