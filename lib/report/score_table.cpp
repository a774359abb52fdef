#include "report/score_table.hpp"

#include <fmt/format.h>

#include <string>

namespace taizhang::report {

namespace {

/// A number, or from what to what it may be.
Content said(rules::Reach reach) {
  const auto one = [](rules::Points points) {
    if (points >= rules::boundless / 2 || points <= -rules::boundless / 2) return std::string{"…"};
    return fmt::format("{}", static_cast<double>(points) / static_cast<double>(rules::one_point));
  };
  if (reach.known()) return one(reach.low);
  return fmt::format("{}–{}", one(reach.low), one(reach.high));
}

}  // namespace

Table score_table(const rules::ScoreResult& score) {
  Table table;
  table.id = "score";
  table.title = {"explain.score", {{"score", score.score->label}}};
  table.columns = {{"item", "column.item"}, {"points", "column.points", Align::right}};
  const auto add = [&](Content item, Content value, bool total = false) {
    Row row;
    row.cells = {Cell{}, Cell{}};
    row.cells[0].content = std::move(item);
    row.cells[1].content = std::move(value);
    row.total = total;
    table.rows.push_back(row);
  };
  if (score.score->base)
    add(Label{"explain.base"},
        said({rules::to_points(*score.score->base), rules::to_points(*score.score->base)}));
  for (const rules::ItemResult& item : score.items)
    add(!item.item->label.empty() ? item.item->label
        : item.question           ? item.question->label
                                  : item.item->question,
        said(item.points));
  add(Label{"value.total"}, said(score.total), true);
  if (score.knocked_out) add(Label{"explain.knocked_out"}, score.knocked_out->label, true);
  std::string bands;
  for (const auto* band : score.bands) bands += (bands.empty() ? "" : " / ") + band->label;
  add(Label{"explain.band"}, bands, true);
  return table;
}

}  // namespace taizhang::report
