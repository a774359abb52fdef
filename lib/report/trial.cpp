#include "report/trial.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "report/figures.hpp"
#include "report/ranking_table.hpp"
#include "report/screening.hpp"
#include "rules/reason.hpp"

namespace taizhang::report {

using model::Effect;
using rules::Verdict;

namespace {

constexpr double near_share = 0.1;

/// Not listed but watched.
bool watches(const rules::Screening& screening) {
  return screening.verdict != Verdict::listed &&
         std::ranges::any_of(screening.judgements, [](const auto& each) {
           return each.effect == Effect::watch && each.truth == rules::Truth::yes;
         });
}

/// What is hit with that effect.
std::string labels_of(const rules::Screening& screening, Effect effect) {
  std::string all;
  for (const auto& each : screening.judgements)
    if (each.effect == effect && each.truth == rules::Truth::yes)
      all += (all.empty() ? "" : "; ") + each.label();
  return all;
}

std::string said(const Content& content) {
  if (const auto* text = std::get_if<std::string>(&content)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&content)) return fmt::format("{}", *whole);
  if (const auto* date = std::get_if<Date>(&content)) return format_date(*date);
  return {};
}

/// How far apart two answers are, as a share of what the answer may be.
double distance(const model::Question& question, const model::AnswerValue& a,
                const model::AnswerValue& b) {
  if (const auto* left = std::get_if<model::Counts>(&a)) {
    const auto* right = std::get_if<model::Counts>(&b);
    double valid = 0;
    double moved = 0;
    for (const auto& [name, votes] : *left) {
      if (name == "valid") valid = static_cast<double>(votes);
      if (!right) continue;
      for (const auto& [other, more] : *right)
        if (other == name) moved = std::max(moved, std::abs(static_cast<double>(votes - more)));
    }
    return valid > 0 ? moved / valid : 1;
  }
  const auto left = rules::as_number(a);
  const auto right = rules::as_number(b);
  if (!left || !right) return 1;
  constexpr double year = 365;
  double range = question.type == model::QuestionType::date ? year
                 : question.min && question.max             ? *question.max - *question.min
                                                : std::max(std::abs(*left), std::abs(*right));
  return range > 0 ? std::abs(*left - *right) / range : 1;
}

std::optional<NearMiss> near_rank(const rules::CountyScreening& screening,
                                  const rules::Screening& result) {
  const auto& rankings = screening.rules().set->rankings;
  for (std::size_t i = 0; i < result.standings.size(); ++i) {
    const auto& standing = result.standings[i];
    const auto margin = std::max<std::size_t>(
        1, static_cast<std::size_t>(near_share * static_cast<double>(standing.cut)));
    if (rankings[i].effect == Effect::list && standing.worst <= standing.cut + margin)
      return NearMiss{rankings[i].label, rank_text(standing), fmt::format("≤ {}", standing.cut)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<NearMiss> near_miss(const rules::CountyScreening& screening,
                                  const model::VillageLedger& village) {
  const auto result = screening.screen(village);
  if (result.verdict != Verdict::not_listed) return std::nullopt;
  if (auto ranked = near_rank(screening, result)) return ranked;
  const auto answers = screening.answers(village);
  const rules::Case found{screening.rules(), screening.rules().values(answers), result.standings};
  const auto turn = rules::turns(found).front();
  if (turn.changes.size() != 1) return std::nullopt;
  const rules::Change& change = turn.changes.front();
  const auto held = answers.find(change.question->id);
  if (held == answers.end() || change.question->type == model::QuestionType::flag ||
      change.question->type == model::QuestionType::choice)
    return std::nullopt;
  // a grade of three is no measure of which one is a tenth; the next one is near
  const bool next = change.question->type == model::QuestionType::whole &&
                    std::abs(*rules::as_number(held->second.answer->value) -
                             *rules::as_number(change.value)) <= 1 &&
                    change.question->max.value_or(100) - change.question->min.value_or(0) >= 5;
  if (!next && distance(*change.question, held->second.answer->value, change.value) > near_share)
    return std::nullopt;
  return NearMiss{change.question->label,
                  said(answer_content(*change.question, held->second.answer->value)),
                  said(answer_content(*change.question, change.value))};
}

TrialReport::TrialReport(const Occasion& occasion, std::string_view place, std::string changes)
    : occasion_(occasion), changes_(std::move(changes)) {
  report_.schema = "taizhang.whatif/1";
  report_.title = {"whatif.title"};
  report_.subtitle = subtitle(occasion, place);
}

void TrialReport::add(const CountyState& state, const model::RuleSet& now,
                      const model::RuleSet& then) {
  coverage_.add(state);
  const rules::CountyScreening before{now, *state.county, occasion_.round, occasion_.as_of};
  const rules::CountyScreening after{then, *state.county, occasion_.round, occasion_.as_of};
  const auto table = [](std::string_view id, std::string_view title) {
    Table made;
    made.id = id;
    made.title = {title};
    made.columns = {{"township", "column.township"},  {"village", "column.village"},
                    {"before", "column.verdict_now"}, {"after", "column.verdict_then"},
                    {"criteria", "column.criterion"}, {"decision", "column.decision"}};
    return made;
  };
  Table enter = table("enter", "whatif.enter");
  Table leave = table("leave", "whatif.leave");
  Table other = table("other", "whatif.other");
  Table near;
  near.id = "near";
  near.title = {"whatif.near"};
  near.columns = {{"township", "column.township"},
                  {"village", "column.village"},
                  {"what", "column.threshold"},
                  {"now", "column.answer_now"},
                  {"wanted", "column.would_list"}};
  struct Counts {
    std::array<std::int64_t, 3> verdicts{};
    std::int64_t watched = 0;
    void add(const rules::Screening& screening) {
      ++verdicts[static_cast<std::size_t>(screening.verdict)];
      watched += watches(screening);
    }
  };
  Counts counts_now, counts_then;
  for (const VillageState& village : state.villages) {
    const auto& ledger = *village.ledger;
    if (!before.judges(ledger) && !after.judges(ledger)) continue;
    const auto was = before.screen(ledger);
    const auto is = after.screen(ledger);
    counts_now.add(was);
    counts_then.add(is);
    Row row;
    row.path = ledger.path;
    row.line = line_of(state, ledger.path, ledger.info.at);
    row.cells = {village.township->folder, ledger.info.name};
    const bool same = was.verdict == is.verdict;
    if (!same || watches(was) != watches(is)) {
      const Effect effect = same ? Effect::watch : Effect::list;
      for (const auto* each : {&was, &is})
        row.cells.emplace_back(
            Term{same && watches(*each) ? model::term(Effect::watch) : rules::term(each->verdict)});
      const bool in = same ? watches(is) : is.verdict == Verdict::listed;
      row.cells.emplace_back(labels_of(in ? is : was, effect));
      row.cells.emplace_back();
      if (const auto* step = village.life.decision; step && step->result)
        row.cells.back().content = Term{model::term(*step->result)};
      else row.cells.back().content = Missing{};
      (same                             ? other
       : is.verdict == Verdict::listed  ? enter
       : was.verdict == Verdict::listed ? leave
                                        : other)
          .rows.push_back(row);
    } else if (const auto close = near_miss(after, ledger)) {
      row.cells.emplace_back(close->what);
      row.cells.emplace_back(close->now);
      row.cells.emplace_back(close->wanted);
      near.rows.push_back(row);
    }
  }

  Table figures;
  figures.id = "figures";
  figures.title = {"whatif.of",
                   {{"county", state.county->info.name},
                    {"now", now.info.id},
                    {"then", then.info.id},
                    {"changes", changes_}}};
  figures.columns = {{"verdict", "column.verdict"},
                     {"now", "column.now", Align::right},
                     {"then", "column.then", Align::right}};
  for (const Verdict verdict : {Verdict::listed, Verdict::not_listed, Verdict::undecided}) {
    const auto at = static_cast<std::size_t>(verdict);
    Row row;
    row.cells = {Term{rules::term(verdict)}, counts_now.verdicts[at], counts_then.verdicts[at]};
    figures.rows.push_back(row);
  }
  Row watched;
  watched.cells = {Term{model::term(Effect::watch)}, counts_now.watched, counts_then.watched};
  figures.rows.push_back(watched);
  report_.tables.push_back(std::move(figures));
  for (Table* each : {&enter, &leave, &other, &near})
    if (!each->rows.empty()) report_.tables.push_back(std::move(*each));
}

Report TrialReport::finish() && {
  coverage_.tell(report_);
  report_.notes.push_back({"whatif.note"});
  return std::move(report_);
}

}  // namespace taizhang::report
