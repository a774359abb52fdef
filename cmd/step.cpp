#include <algorithm>
#include <memory>

#include "arguments.hpp"
#include "field_options.hpp"
#include "rules/screen.hpp"
#include "target.hpp"
#include "writing.hpp"

namespace taizhang::cmd {

namespace {

struct StepOptions : WritingOptions {
  std::string village;
  std::string kind;
  std::string result;
  FieldOptions fields;
};

const model::RecordKind& step_kind() { return *model::find_kind(model::FileKind::village, "step"); }

/// A word that must be one of the terms.
template <class Enum>
std::optional<Enum> choose(Session& session, std::string_view option, const std::string& word) {
  const auto value = model::from_term<Enum>(word);
  if (value) return value;
  std::string choices;
  for (const std::string_view term : model::terms_of<Enum>)
    choices += (choices.empty() ? "" : ", ") + std::string{term};
  session.complain({Severity::error,
                    "bad-choice-option",
                    {},
                    {{"option", std::string{option}},
                     {"value", word},
                     {"choices", choices},
                     {"command", "step"}}});
  return std::nullopt;
}

/// What an 审定 rests on: the rule set as it is now and the criteria that the village meets.
void record_grounds(const Target& target, const model::RuleSet& rules, model::Step& step) {
  const rules::CountyScreening screening{rules, target.loaded.ledger, *step.round, *step.date};
  step.rules = rules.info.id;
  step.rules_sha256 = rules.sha256;
  if (!step.criteria.empty()) return;
  for (const rules::Judgement& each : screening.screen(*target.village).judgements)
    if (each.truth == rules::Truth::yes && each.effect == model::Effect::list)
      step.criteria.push_back(each.id());
}

/// The rule set's words for the criteria that a step names; an id that it does not know stays.
std::string words_of(const std::vector<std::string>& ids,
                     const std::optional<model::RuleSet>& rules) {
  std::string all;
  for (const std::string& id : ids) {
    std::string_view word = id;
    if (rules)
      if (const auto found = std::ranges::find(rules->criteria, id, &model::Criterion::id);
          found != rules->criteria.end())
        word = found->label;
    if (!all.empty()) all += "、";
    all += word;
  }
  return all;
}

Exit record(Session& session, const StepOptions& options, Writing& writing, Reading& reading) {
  model::Step step;
  step.kind = choose<model::StepKind>(session, "KIND", options.kind);
  if (!step.kind) return Exit::usage;
  if (!options.result.empty()) {
    step.result = choose<model::StepResult>(session, "RESULT", options.result);
    if (!step.result) return Exit::usage;
  }
  options.fields.fill(step_kind(), &step);
  const auto target = open_target(session, reading, model::FileKind::village);
  if (!target) return target.error();
  if (!step.date) step.date = session.today();
  if (const auto over = choose_round(session, reading, step.round, *step.date)) return *over;
  std::optional<model::RuleSet> rules;
  const bool decides = step.kind == model::StepKind::approval;
  if (decides && !(*target)->loaded.ledger.info.rules.empty()) {
    rules = county_rules(session, reading, (*target)->loaded.ledger, step.rules);
    if (!rules) return worst(reading.exit, Exit::unreadable);
    record_grounds(**target, *rules, step);
  }
  const auto added = writing.changes().add_new((*target)->path, (*target)->file, "step", step);
  if (!added) return writing.refuse(added.error());
  if (const auto refused = writing.judge((*target)->anchor)) return *refused;
  return writing.save("step.done", {{"village", (*target)->name},
                                    {"kind", options.kind},
                                    {"result", options.result},
                                    {"date", format_date(*step.date)},
                                    {"criteria", words_of(step.criteria, rules)}});
}

}  // namespace

Runner declare_step(Arguments& args) {
  auto options = std::make_shared<StepOptions>();
  args.positional("VILLAGE", options->village);
  args.positional("KIND", options->kind);
  for (const std::string_view kind : model::terms_of<model::StepKind>) args.offer(kind);
  args.positional("RESULT", options->result, Need::optional);
  for (const std::string_view result : model::terms_of<model::StepResult>) args.offer(result);
  options->fields.declare(args, step_kind(), {"kind", "result", "rules_sha256"}, {"round"});
  declare_writing(args, *options);
  return [options](Session& session) {
    auto writing = Writing::begin(session, *options);
    if (!writing) return writing.error();
    auto reading = open_place(session, options->village);
    if (!reading) return reading.error();
    return record(session, *options, *writing, *reading);
  };
}

}  // namespace taizhang::cmd
