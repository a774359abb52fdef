#include "report/rank.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace taizhang::report {

using model::RankBasis;

namespace {

/// The county's own deadline where the scoring has another one.
std::string other_deadline(const CountyState& state, const TermCount& count) {
  const auto& days = state.county->info.deadline_days;
  return days && count.deadline_days && *days != *count.deadline_days ? std::to_string(*days) : "";
}

Label explained(const CountyState& state, const TermCount& count) {
  const auto number = [](std::int64_t value) { return std::to_string(value); };
  switch (*count.term->basis) {
    case RankBasis::progress:
      return {"rank.progress",
              {{"part", number(count.part)},
               {"whole", number(count.whole)},
               {"percent", fmt::format("{:.4g}", count.percent)}}};
    case RankBasis::quality:
      return {"rank.quality", {{"part", number(count.part)}, {"whole", number(count.whole)}}};
    case RankBasis::on_time:
    case RankBasis::late:
    case RankBasis::missing:
      return {"rank.reports",
              {{"times", number(count.times)},
               {"possible", number(count.possible)},
               {"days", count.deadline_days ? number(*count.deadline_days) : ""},
               {"county", other_deadline(state, count)}}};
    default:
      return {"rank.times", {{"times", number(count.times)}}};
  }
}

}  // namespace

Rank::Rank(const Occasion& occasion, const Period& period, std::string_view place)
    : occasion_(occasion), period_(period) {
  report_.schema = "taizhang.rank/1";
  report_.title = {"rank.title", {{"period", period_name(period)}}};
  report_.subtitle = subtitle(occasion, place);
}

void Rank::add(const CountyState& state, const model::RuleSet& rules) {
  coverage_.add(state);
  std::vector<TownshipScore> scores;
  for (const auto* township : state.townships)
    if (auto score = score_township(state, *township, rules, period_, occasion_))
      scores.push_back(std::move(*score));
  if (scores.empty() && std::ranges::none_of(state.villages, [](const VillageState& village) {
        return village.life.listed();
      }))
    return;  // nobody to rank and nobody to explain
  report_.subtitle.push_back(
      {"rank.rules",
       {{"county", state.county->info.name}, {"rules", rules.info.id}, {"name", rules.info.name}}});
  std::ranges::stable_sort(scores, std::ranges::greater{}, &TownshipScore::total);
  if (!scores.empty()) add_order(state, rules, scores);
  add_terms(state, scores);
  add_unranked(state, scores);
  if (rules.info.unpublished.empty() || !told_.insert(rules.info.id).second) return;
  report_.notes.push_back(
      {"rank.source", {{"rules", rules.info.id}, {"source", rules.info.source}}});
}

void Rank::add_order(const CountyState& state, const model::RuleSet& rules,
                     const std::vector<TownshipScore>& scores) {
  const Text& county = state.county->info.name;
  Table table{"order", {"rank.order", {{"county", county}}}, {}, {}, true};
  table.columns = {{"place", "column.place", Align::right}, {"township", "column.township"}};
  for (const model::RankTerm& term : rules.terms)
    table.columns.push_back({term.id, "", Align::right, term.label});
  table.columns.push_back({"points", "column.rank_points", Align::right});
  table.columns.push_back({"group", "column.rank_group", Align::right});
  const Stability found = stability(scores);
  std::int64_t place = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const bool tie = i > 0 && scores[i].total() == scores[i - 1].total();
    if (!tie) place = static_cast<std::int64_t>(i) + 1;
    Row row;
    row.cells = {place, scores[i].township};
    for (const TermCount& term : scores[i].terms) row.cells.emplace_back(Decimal{points_of(term)});
    row.cells.emplace_back(Decimal{scores[i].total()});
    row.cells.emplace_back(static_cast<std::int64_t>(found.groups[i]) + 1);
    table.rows.push_back(row);
  }
  report_.tables.push_back(std::move(table));
  report_.notes.push_back({found.stands ? "rank.stable" : "rank.unstable", {{"county", county}}});
}

void Rank::add_terms(const CountyState& state, const std::vector<TownshipScore>& scores) {
  Table table{"terms",
              {"rank.terms", {{"county", state.county->info.name}}},
              {{"township", "column.township"},
               {"term", "column.term"},
               {"points", "column.rank_points", Align::right},
               {"found", "column.found"},
               {"village", "column.village"},
               {"date", "column.date"}},
              {},
              true};
  for (const TownshipScore& score : scores)
    for (const TermCount& term : score.terms) {
      Row sum;
      sum.cells = {score.township, term.term->label, Decimal{points_of(term)},
                   explained(state, term)};
      table.rows.push_back(sum);
      for (const Counted& each : term.records) {
        Row row;
        row.cells = {score.township, term.term->label, Cell{}, each.what, each.village, Cell{}};
        if (each.deadline)
          row.cells[3] = Label{"rank.report",
                               {{"period", each.what}, {"deadline", format_date(*each.deadline)}}};
        if (each.date) row.cells[5] = *each.date;
        row.path = each.path;
        row.line = line_of(state, each.path, each.at);
        table.rows.push_back(row);
      }
    }
  if (!table.rows.empty()) report_.tables.push_back(std::move(table));
}

void Rank::add_unranked(const CountyState& state, const std::vector<TownshipScore>& scores) {
  Table table{"unranked",
              {"rank.unranked", {{"county", state.county->info.name}}},
              {{"township", "column.township"}, {"why", "column.reason"}},
              {},
              true};
  for (const auto* township : state.townships) {
    if (std::ranges::find(scores, township->folder, &TownshipScore::township) != scores.end())
      continue;
    const bool lost = township->village_files_read < township->village_files;
    const bool listed = std::ranges::any_of(state.villages, [&](const VillageState& village) {
      return village.township == township && village.life.listed();
    });
    Row row;
    row.cells = {township->folder, Label{lost     ? "rank.unreadable"
                                         : listed ? "rank.no_tasks"
                                                  : "rank.not_listed"}};
    table.rows.push_back(row);
  }
  if (!table.rows.empty()) report_.tables.push_back(std::move(table));
}

Report Rank::finish() && {
  if (report_.tables.empty()) report_.notes.push_back({"rank.nobody"});
  coverage_.tell(report_);
  return std::move(report_);
}

}  // namespace taizhang::report
