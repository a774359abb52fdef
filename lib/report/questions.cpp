#include "report/questions.hpp"

#include <fmt/format.h>

#include "report/screening.hpp"
#include "rules/answers.hpp"

namespace taizhang::report {

namespace {

/// What may be written: the choices, the range with its unit, else the type's own way.
Content how(const model::Question& question) {
  if (!question.choices.empty()) return fmt::format("{}", fmt::join(question.choices, " "));
  const std::string bound =
      question.min && question.max ? fmt::format("{}–{}", *question.min, *question.max) : "";
  if (!bound.empty() || !question.unit.empty()) return fmt::format("{}{}", bound, question.unit);
  switch (question.type.value_or(model::QuestionType::whole)) {
    case model::QuestionType::flag:
      return Label{"type.typed_flag"};
    case model::QuestionType::date:
      return Label{"type.typed_date"};
    case model::QuestionType::poll:
      return Label{"type.typed_poll"};
    case model::QuestionType::whole:
    case model::QuestionType::number:
    case model::QuestionType::choice:
      break;
  }
  return {};
}

}  // namespace

Report questions(const Occasion& occasion, const CountyState& state, const VillageState& village,
                 const model::RuleSet& rules) {
  const auto answers = rules::answers_in_force(*village.ledger, occasion.round, occasion.as_of);
  Report report;
  report.schema = "taizhang.questions/1";
  report.title = {"questions.title",
                  {{"village", village.ledger->info.name}, {"rules", rules.info.id}}};
  report.subtitle = subtitle(occasion, state.county->info.name);
  Table table;
  table.id = "questions";
  table.columns = {{"question", "column.question_id", Align::left, {}, true},
                   {"label", "column.question"},
                   {"type", "column.question_type"},
                   {"how", "column.how"},
                   {"answer", "column.answer"}};
  for (const model::Question& question : rules.questions) {
    Row row;
    row.cells = {question.id, question.label,
                 question.type ? Content{Term{term(*question.type)}} : Content{}, how(question)};
    const auto found = answers.find(question.id);
    if (found == answers.end()) row.cells.emplace_back(Missing{});
    else {
      row.cells.emplace_back(answer_content(question, found->second.answer->value));
      row.path = village.ledger->path;
      row.line = line_of(state, row.path, found->second.answer->at);
    }
    table.rows.push_back(row);
  }
  report.tables.push_back(std::move(table));
  return report;
}

}  // namespace taizhang::report
