#include "report/explanation.hpp"

#include <fmt/format.h>

#include "report/figures.hpp"
#include "report/screening.hpp"

namespace taizhang::report {

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

}  // namespace

Report explanation(const Occasion& occasion, const CountyState& state, const VillageState& village,
                   const model::RuleSet& rules) {
  const model::VillageLedger& ledger = *village.ledger;
  const rules::CountyScreening screening{rules, *state.county, occasion.round, occasion.as_of};
  const auto answers = screening.answers(ledger);
  const rules::Screening result = screening.screen(ledger);

  Report report;
  report.schema = "taizhang.explanation/1";
  report.title = {"explain.title",
                  {{"village", ledger.info.name}, {"township", village.township->folder}}};
  report.subtitle = subtitle(occasion, state.county->info.name);

  Figures figures{"verdict", {}, Align::left};
  figures.add("column.verdict", Term{rules::term(result.verdict)});
  figures.add("explain.rules", fmt::format("{} {}", rules.info.id, rules.info.name));
  figures.add("explain.source", rules.info.source);
  figures.add("explain.rules_sha256", rules.sha256);
  const auto* step = village.life.decision;
  figures.add("column.decision", step && step->result ? Content{Term{model::term(*step->result)}}
                                                      : Content{Missing{}});
  if (step) {
    figures.add("explain.decided_by", text_or_missing(step->by));
    figures.add("explain.decided_on", date_or_missing(step->date));
    if (!step->reason.empty()) figures.add("column.reason", step->reason);
  }
  report.tables.push_back(std::move(figures).take());

  Table criteria;
  criteria.id = "criteria";
  criteria.title = {"explain.criteria"};
  criteria.columns = {{"criterion", "column.criterion"},
                      {"effect", "column.effect"},
                      {"truth", "column.truth"},
                      {"question", "column.question"},
                      {"answer", "column.answer"},
                      {"by", "column.by"},
                      {"date", "column.date"}};
  const auto add = [&](const rules::Judgement& each, const model::Question* question) {
    Row row;
    row.cells = {each.label(),
                 Term{model::term(each.effect)},
                 Label{truth_label(each.truth)},
                 question ? question->label : "",
                 Cell{},
                 Cell{},
                 Cell{}};
    row.path = ledger.path;
    const auto held = question ? answers.find(question->id) : answers.end();
    if (held == answers.end()) {
      row.cells[4].content = Missing{};
    } else {
      row.cells[4].content = answer_content(*question, held->second.answer->value);
      row.cells[5].content =
          held->second.self_check
              ? Content{Label{"explain.self_check", {{"by", held->second.survey->by}}}}
              : text_or_missing(held->second.survey->by);
      row.cells[6].content = *held->second.survey->date;
      row.line = line_of(state, ledger.path, held->second.answer->at);
    }
    if (row.line == 0) row.path.clear();
    criteria.rows.push_back(std::move(row));
  };
  for (const auto& each : result.judgements) {
    for (const auto* question : each.seen) add(each, question);
    for (const auto* question : each.missing) add(each, question);
    if (each.seen.empty() && each.missing.empty()) add(each, nullptr);
  }
  report.tables.push_back(std::move(criteria));

  Table missing;
  missing.id = "missing";
  missing.title = {"explain.missing"};
  missing.columns = {{"question", "column.question_id"}, {"label", "column.question"}};
  for (const auto* question : result.missing()) {
    Row row;
    row.cells = {question->id, question->label};
    missing.rows.push_back(std::move(row));
  }
  if (!missing.rows.empty()) report.tables.push_back(std::move(missing));
  return report;
}

}  // namespace taizhang::report
