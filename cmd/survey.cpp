#include <memory>

#include "arguments.hpp"
#include "field_options.hpp"
#include "report/questions.hpp"
#include "store/rule_files.hpp"
#include "target.hpp"
#include "transfer/convert.hpp"
#include "writing.hpp"

namespace taizhang::cmd {

namespace {

struct SurveyOptions : WritingOptions {
  std::string village;
  FieldOptions fields;
  std::vector<std::string> answers;  ///< QUESTION=VALUE
  bool questions = false;            ///< only list them
};

const model::RecordKind& survey_kind() {
  return *model::find_kind(model::FileKind::village, "survey");
}

/// The answers in the types that the questions want; complains about all that are wrong.
std::optional<model::Answers> read_answers(Session& session, const model::RuleSet& rules,
                                           const std::vector<std::string>& typed) {
  model::Answers answers;
  Diagnostics problems;
  for (const std::string& word : typed) {
    const auto pair = split_pair(word);
    auto answer = pair ? transfer::read_typed_answer(rules, pair->first, pair->second)
                       : tl::expected<model::Answer, Diagnostic>{
                             tl::unexpect,
                             Diagnostic{Severity::error, "answer-no-pair", {}, {{"value", word}}}};
    if (answer) answers.push_back(std::move(*answer));
    else problems.push_back(std::move(answer.error()));
  }
  session.complain(problems);
  if (!problems.empty()) return std::nullopt;
  return answers;
}

Exit record(Session& session, const SurveyOptions& options, Writing& writing, Reading& reading) {
  model::Survey survey;
  if (const auto problems = options.fields.fill(survey_kind(), &survey); !problems.empty()) {
    session.complain(problems);
    return Exit::usage;
  }
  const auto target = open_target(session, reading, model::FileKind::village);
  if (!target) return target.error();
  if (!survey.date) survey.date = session.today();
  if (const auto over = choose_round(session, reading, survey.round, *survey.date)) return *over;
  if (!options.answers.empty()) {
    const auto rules = county_rules(session, reading, (*target)->loaded.ledger, survey.rules);
    if (!rules) return worst(reading.exit, Exit::usage);
    survey.rules = rules->info.id;
    auto answers = read_answers(session, *rules, options.answers);
    if (!answers) return Exit::usage;
    survey.answers = std::move(*answers);
  }
  const auto added = writing.changes().add_new((*target)->path, (*target)->file, "survey", survey);
  if (!added) return writing.refuse(added.error());
  if (const auto refused = writing.judge((*target)->anchor)) return *refused;
  return writing.save("survey.done", {{"village", (*target)->name},
                                      {"kind", std::string{term(*survey.kind)}},
                                      {"date", format_date(*survey.date)},
                                      {"answers", std::to_string(survey.answers.size())}});
}

Exit list_questions(Session& session, Reading& reading, const FieldOptions& fields) {
  const auto one = open_village(session, reading);
  if (!one) return one.error();
  model::Survey wanted;
  session.complain(fields.fill(survey_kind(), &wanted));
  const auto rules = county_rules(session, reading, (*one)->loaded.ledger, wanted.rules);
  if (!rules) return reading.exit;
  session.emit(report::questions(reading.occasion, (*one)->state, *(*one)->village, *rules),
               "text");
  return reading.exit;
}

}  // namespace

Runner declare_survey(Arguments& args) {
  auto options = std::make_shared<SurveyOptions>();
  args.positional("VILLAGE", options->village);
  args.flag("--questions", options->questions);
  options->fields.declare(args, survey_kind(), {"answers"}, {"round", "date", "kind"});
  args.option("--answer", options->answers);
  declare_writing(args, *options);
  return [options](Session& session) {
    if (options->questions) {
      auto reading = open_place(session, options->village);
      if (!reading) return reading.error();
      return list_questions(session, *reading, options->fields);
    }
    if (!options->fields.has("kind")) {
      session.complain(
          {Severity::error, "missing-option", {}, {{"option", "--kind"}, {"command", "survey"}}});
      return Exit::usage;
    }
    auto writing = Writing::begin(session, *options);
    if (!writing) return writing.error();
    auto reading = open_place(session, options->village);
    if (!reading) return reading.error();
    return record(session, *options, *writing, *reading);
  };
}

}  // namespace taizhang::cmd
