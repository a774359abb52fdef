#include "report/ranking_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "report/screening.hpp"

namespace taizhang::report {

using model::Question;
using rules::Truth;

std::string rank_text(const rules::Standing& standing) {
  if (standing.best == standing.worst) return fmt::format("{}", standing.best);
  return fmt::format("{}–{}", standing.worst, standing.best);
}

Table ranking_table(const CountyState& state, const rules::CountyScreening& screening,
                    std::size_t ranking) {
  const model::RuleSet& set = *screening.rules().set;
  const auto keys = rules::keys_of(set, set.rankings[ranking]);
  const auto& villages = screening.ranked();
  const auto& standings = screening.standings(ranking);
  Table table;
  table.id = "ranking";
  table.columns = {{"rank", "column.rank", Align::right},
                   {"township", "column.township"},
                   {"village", "column.village"}};
  for (const model::RankingKey* key : keys) {
    const Question* question = rules::find_question(set, key->question);
    const auto score = std::ranges::find(set.scores, key->score, &model::Score::id);
    table.columns.push_back({key->question + key->score, "column.value", Align::right,
                             question                    ? question->label
                             : score != set.scores.end() ? score->label
                                                         : Text{}});
  }
  table.columns.push_back({"hit", "column.truth"});
  std::map<const model::VillageLedger*, std::string_view> townships;
  for (const auto& township : state.county->townships)
    for (const auto& village : township.villages) townships[&village] = township.folder;
  std::vector<std::size_t> order(villages.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return std::pair{standings[a].worst, standings[a].best} <
           std::pair{standings[b].worst, standings[b].best};
  });
  for (const std::size_t i : order) {
    const auto& ledger = *villages[i];
    const auto answers = screening.answers(ledger);
    Row row;
    row.cells = {rank_text(standings[i]), std::string{townships[&ledger]}, ledger.info.name};
    for (std::size_t k = 0; k < keys.size(); ++k) {
      row.cells.emplace_back();
      const Question* question = rules::find_question(set, keys[k]->question);
      const auto held = answers.find(keys[k]->question);
      if (question && held != answers.end())
        row.cells.back().content = answer_content(*question, held->second.answer->value);
      else if (!question && standings[i].keys[k].known())
        row.cells.back().content = fmt::format("{}", static_cast<double>(standings[i].keys[k].low) /
                                                         static_cast<double>(rules::one_point));
      else row.cells.back().content = Missing{};
    }
    row.cells.emplace_back(Label{standings[i].hit == Truth::yes  ? "explain.hit"
                                 : standings[i].hit == Truth::no ? "explain.no_hit"
                                                                 : "explain.open"});
    row.path = ledger.path;
    row.line = line_of(state, ledger.path, ledger.info.at);
    table.rows.push_back(row);
  }
  return table;
}

std::optional<Table> neighbours(const CountyState& state, const rules::CountyScreening& screening,
                                std::size_t ranking, const model::VillageLedger& village) {
  const auto& ranked = screening.ranked();
  const auto own = std::ranges::find(ranked, &village);
  if (own == ranked.end()) return std::nullopt;
  const auto& standing =
      screening.standings(ranking)[static_cast<std::size_t>(own - ranked.begin())];
  Table table = ranking_table(state, screening, ranking);
  table.title = {"explain.ranking",
                 {{"ranking", screening.rules().set->rankings[ranking].label},
                  {"rank", rank_text(standing)},
                  {"among", fmt::format("{}", standing.among)},
                  {"cut", fmt::format("{}", standing.cut)}}};
  constexpr std::size_t beside = 2;
  std::size_t at = 0;
  for (const Row& row : table.rows) {
    if (row.path == village.path) break;
    ++at;
  }
  Rows kept;
  std::size_t number = 0;
  for (const Row& row : table.rows) {
    const std::size_t distance = number > at ? number - at : at - number;
    const bool at_cut = number + beside >= standing.cut && number < standing.cut + beside;
    if (distance <= beside || at_cut) kept.push_back(row);
    ++number;
  }
  table.rows = std::move(kept);
  return table;
}

}  // namespace taizhang::report
