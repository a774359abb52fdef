#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "arguments.hpp"
#include "field_options.hpp"
#include "rules/acceptance.hpp"
#include "store/evidence.hpp"
#include "store/rule_files.hpp"
#include "target.hpp"
#include "transfer/convert.hpp"
#include "workflow/duties.hpp"
#include "writing.hpp"

namespace taizhang::cmd {

using model::AcceptanceKind;
using model::AcceptanceResult;
using model::FollowKind;
using workflow::Stage;
using workflow::TaskLife;
using workflow::TaskState;

namespace {

struct AcceptOptions : WritingOptions {
  std::string village;
  std::string step;
  std::string result;
  std::optional<std::int64_t> round;
  model::Acceptance record;
  std::vector<std::string> scores;  ///< ITEM=VALUE
  std::vector<std::string> votes;   ///< KEY=COUNT
};

/// What a word may be in English.
struct Word {
  std::string_view english;
  std::string_view chinese;
};
constexpr std::array step_words{Word{"apply", "申请验收"}, Word{"first", "初验"},
                                Word{"final", "验收"},     Word{"delist", "摘牌"},
                                Word{"follow", "跟踪"},    Word{"review", "回头看"}};
constexpr std::array result_words{Word{"passed", "合格"}, Word{"failed", "不合格"},
                                  Word{"held", "巩固"}, Word{"relapsed", "反弹"}};

template <class Words>
std::string_view chinese(const Words& words, std::string_view typed) {
  const auto found = std::ranges::find(words, typed, &Word::english);
  return found == words.end() ? typed : found->chinese;
}

Diagnostic complaint(std::string_view code, Facts facts) {
  return {Severity::error, code, {}, std::move(facts)};
}

Stage stage_for(AcceptanceKind kind) {
  constexpr std::array<Stage, 4> stages{Stage::cleared, Stage::acceptance_applied,
                                        Stage::first_checked, Stage::accepted};
  return stages[static_cast<std::size_t>(kind)];
}

std::string points(rules::Points total) {
  std::string text = std::to_string(total / rules::one_point);
  if (const auto rest = total % rules::one_point; rest != 0) {
    std::string digits = std::to_string(rules::one_point + (rest < 0 ? -rest : rest)).substr(1);
    digits.erase(digits.find_last_not_of('0') + 1);
    text += "." + digits;
  }
  return text;
}

/// Records one step of a village's acceptance, or one follow-up after it.
class Acceptor {
 public:
  Acceptor(Session& session, const AcceptOptions& options, Writing& writing, Reading& reading)
      : session_(session), options_(options), writing_(writing), reading_(reading) {}

  Exit accept() {
    auto one = open_village(session_, reading_);
    if (!one) return one.error();
    if (!(*one)->loaded.ledger.readable) return Exit::unreadable;  // units are not known
    one_ = std::move(*one);
    const std::string_view step = chinese(step_words, options_.step);
    if (const auto kind = model::from_term<AcceptanceKind>(step)) return take_step(*kind);
    if (const auto kind = model::from_term<FollowKind>(step)) return follow(*kind);
    return unknown_word("STEP", options_.step, step_words);
  }

 private:
  const model::VillageLedger& ledger() const { return *one_->village->ledger; }
  const workflow::Units& units() const { return one_->state.units; }
  Date date() const { return options_.record.date.value_or(session_.today()); }
  Place place(Span at) const { return one_->loaded.sources.at(ledger().path).place(at); }

  template <class Words>
  Exit unknown_word(std::string_view name, const std::string& typed, const Words& words) {
    std::string choices;
    for (const Word& word : words)
      choices += (choices.empty() ? "" : " ") + std::string{word.chinese};
    session_.complain(complaint("bad-choice-option", {{"option", std::string{name}},
                                                      {"value", typed},
                                                      {"choices", choices},
                                                      {"command", "accept"}}));
    return Exit::usage;
  }

  /// The latest round up to the present one for which that holds, else the present one.
  template <class Holds>
  std::int64_t round_where(const Holds& holds) const {
    if (options_.round) return *options_.round;
    const std::int64_t present = reading_.occasion.round;
    std::int64_t found = present;
    bool any = false;
    for (const auto& round : reading_.workspace.ledger.rounds) {
      if (!round.year || *round.year > present || (any && *round.year < found)) continue;
      if (!holds(workflow::replay_village(ledger(), units(), *round.year, date()))) continue;
      found = *round.year;
      any = true;
    }
    return found;
  }

  Exit take_step(AcceptanceKind kind) {
    const std::int64_t round = round_where(
        [](const workflow::VillageLife& life) { return life.listed() && !life.delisted; });
    life_ = workflow::replay_village(ledger(), units(), round, date());
    model::Acceptance step = options_.record;
    step.round = round;
    step.date = date();
    step.kind = kind;
    if (!step.level) step.level = level_for(kind);
    if (!step.level) return level_wanted();
    if (refuse_early(kind)) return refused();
    if (const auto exit = decide(step)) return *exit;
    const auto added =
        writing_.changes().add(ledger().path, model::FileKind::village, "acceptance", step);
    if (!added) {
      session_.complain(added.error());
      return Exit::unreadable;
    }
    if (const auto refused = writing_.judge(place(ledger().info.at))) return *refused;
    const Exit exit = writing_.save("accept.done", outcome(step));
    if (exit != Exit::done || options_.dry_run) return exit;
    if (step.result == AcceptanceResult::failed)
      session_.print_line("accept.until", {{"due", format_date(*step.due)}});
    if (step.kind == AcceptanceKind::delisting)
      session_.print_line("accept.follow-ups", {{"days", days_after(*step.date)}});
    return exit;
  }

  Exit refused() {
    session_.tell("write.refused");
    return Exit::findings;
  }

  Exit level_wanted() {
    session_.complain(complaint("level-wanted", {{"unit", options_.record.unit}}));
    return Exit::usage;
  }

  /// The unit's own level, else the only one that may do this.
  std::optional<model::Level> level_for(AcceptanceKind kind) const {
    if (const auto level = units().level(options_.record.unit)) return level;
    switch (kind) {
      case AcceptanceKind::apply:
        return std::nullopt;
      case AcceptanceKind::first_check:
        return model::Level::township;
      case AcceptanceKind::acceptance:
      case AcceptanceKind::delisting:
        break;
    }
    return model::Level::county;
  }

  /// Whether the village is not at the stage for this step: tells why, with the lines.
  bool refuse_early(AcceptanceKind kind) {
    Diagnostics reasons;
    const Stage wanted = stage_for(kind);
    if (life_.stage != wanted) {
      reasons.push_back(complaint("accept-not-yet", {{"village", ledger().info.name},
                                                     {"kind", std::string{term(kind)}},
                                                     {"stage", std::string{term(life_.stage)}},
                                                     {"wanted", std::string{term(wanted)}}}));
      reasons.back().place = place(ledger().info.at);
      if (life_.stage == Stage::rectifying) what_is_open(reasons);
    }
    const auto unsound = evidence();
    reasons.insert(reasons.end(), unsound.begin(), unsound.end());
    session_.complain(reasons);
    return !reasons.empty();
  }

  Diagnostics evidence() const {
    std::vector<const model::Entry*> applications;
    for (const TaskLife& task : life_.tasks)
      if (task.application) applications.push_back(task.application);
    Diagnostics found;
    for (const auto& finding : store::check_evidence(writing_.tree(), ledger(), applications))
      found.push_back(store::locate(one_->loaded, ledger().path, finding));
    return found;
  }

  void what_is_open(Diagnostics& reasons) const {
    const std::size_t before = reasons.size();
    const auto add = [&](std::string_view code, Span at, Facts facts) {
      reasons.push_back({Severity::error, code, place(at), std::move(facts)});
    };
    for (const TaskLife& life : life_.tasks) {
      const model::Task& task = *life.task;
      if (!life.finished())
        add("accept-task-open", task.at,
            {{"task", task.id}, {"title", task.title}, {"state", std::string{term(life.state)}}});
      else if (life.definition_suspect)
        add("accept-task-suspect", life.verification->at,
            {{"task", task.id}, {"title", task.title}, {"who", life.verification->by}});
    }
    for (const model::Problem& problem : ledger().problems) {
      const bool in_round =
          problem.round == life_.decision->round && (!problem.found || *problem.found <= date());
      const bool solved = std::ranges::any_of(life_.tasks, [&](const TaskLife& life) {
        return life.task->problem == problem.id && life.state != TaskState::cancelled;
      });
      if (in_round && !solved)
        add("accept-problem-open", problem.at, {{"problem", problem.id}, {"text", problem.text}});
    }
    if (reasons.size() > before) return;
    // all is closed, so an acceptance failed and nothing new was done
    for (const model::Acceptance& step : ledger().acceptances)
      if (step.round == life_.decision->round && step.result == AcceptanceResult::failed &&
          step.date)
        reasons.push_back({Severity::error,
                           "acceptance-nothing-new",
                           place(step.at),
                           {{"failed", format_date(*step.date)},
                            {"kind", std::string{term(AcceptanceKind::apply)}}}});
  }

  /// Fills in sheet, scores, votes and the result; an exit code when that cannot be done.
  std::optional<Exit> decide(model::Acceptance& step) {
    const bool judged =
        step.kind == AcceptanceKind::first_check || step.kind == AcceptanceKind::acceptance;
    if (!options_.result.empty()) {
      step.result = model::from_term<AcceptanceResult>(chinese(result_words, options_.result));
      if (!step.result || !judged)
        return unknown_word("RESULT", options_.result,
                            std::span{result_words}.first(judged ? 2 : 0));
    }
    const bool scored = !options_.scores.empty() || !options_.votes.empty();
    if (step.sheet.empty() && (scored || step.kind == AcceptanceKind::acceptance))
      step.sheet = one_->state.county->info.sheet;
    if (!step.sheet.empty()) {
      if (const auto exit = by_sheet(step)) return exit;
    } else if (scored) {
      session_.complain(complaint("accept-sheet-wanted", {}));
      return Exit::usage;
    } else if (judged && !step.result) {
      session_.complain(complaint("accept-result-wanted", {{"kind", std::string{term(*step.kind)}},
                                                           {"choices", "合格 不合格"}}));
      return Exit::usage;
    }
    if (step.result == AcceptanceResult::failed && (step.reason.empty() || !step.due)) {
      session_.complain(complaint(
          "accept-failure-needs",
          {{"kind", std::string{term(*step.kind)}}, {"points", points_}, {"why", knocked_out_}}));
      return refused();
    }
    return std::nullopt;
  }

  std::optional<Exit> by_sheet(model::Acceptance& step) {
    const auto loaded = store::load_rules(*reading_.workspace.tree, step.sheet);
    if (!loaded.rules) {
      session_.complain(loaded.diagnostics);
      return loaded.source ? Exit::unreadable : Exit::usage;
    }
    if (!read_scores(*loaded.rules, step)) return Exit::usage;
    Diagnostics problems;
    if (rules::sheet_score(*loaded.rules)) {
      const auto verdict = rules::judge_acceptance(*loaded.rules, step, *step.date);
      if (!step.result) step.result = verdict.result;
      if (!loaded.rules->items.empty() && verdict.total.known())
        points_ = points(verdict.total.low);
      if (verdict.knocked_out) knocked_out_ = verdict.knocked_out->label;
    }
    for (const auto& finding : rules::check_acceptance(*loaded.rules, step))
      problems.push_back({finding.severity, finding.code, {}, finding.facts});
    session_.complain(problems);
    if (problems.empty()) return std::nullopt;
    return refused();
  }

  bool read_scores(const model::RuleSet& sheet, model::Acceptance& step) {
    Diagnostics problems;
    for (const std::string& word : options_.scores) {
      const auto pair = split_pair(word);
      if (!pair) {
        problems.push_back(complaint("answer-no-pair", {{"value", word}}));
        continue;
      }
      auto answer = transfer::read_typed_answer(sheet, pair->first, pair->second);
      if (answer) step.scores.push_back(std::move(*answer));
      else problems.push_back(std::move(answer.error()));
    }
    for (const std::string& word : options_.votes) {
      const auto pair = split_pair(word);
      const auto count = pair ? whole_number(pair->second) : std::nullopt;
      if (count) step.votes.emplace_back(pair->first, *count);
      else
        problems.push_back(complaint("bad-count-option", {{"option", "--vote"}, {"value", word}}));
    }
    session_.complain(problems);
    return problems.empty();
  }

  Facts outcome(const model::Acceptance& step) const {
    Facts facts{{"village", ledger().info.name},
                {"kind", std::string{term(*step.kind)}},
                {"date", format_date(*step.date)},
                {"before", std::string{term(life_.stage)}}};
    const auto passed = [&] {
      switch (*step.kind) {
        case AcceptanceKind::apply:
          return Stage::acceptance_applied;
        case AcceptanceKind::first_check:
          return Stage::first_checked;
        case AcceptanceKind::acceptance:
          return Stage::accepted;
        case AcceptanceKind::delisting:
          break;
      }
      return Stage::delisted;
    };
    const bool failed = step.result == AcceptanceResult::failed;
    facts.emplace_back("after", std::string{term(failed ? Stage::rectifying : passed())});
    if (step.result) facts.emplace_back("result", std::string{term(*step.result)});
    facts.emplace_back("points", points_);
    facts.emplace_back("why", failed ? knocked_out_ : "");
    return facts;
  }

  std::string days_after(Date delisted) const {
    std::string dates;
    for (const auto& age : workflow::follow_up_schedule(one_->state.county->info))
      dates += (dates.empty() ? "" : " ") + format_date(workflow::day_after(delisted, age));
    return dates;
  }

  Exit follow(FollowKind kind) {
    model::Follow record;
    record.round =
        round_where([](const workflow::VillageLife& life) { return life.delisted.has_value(); });
    record.date = date();
    record.kind = kind;
    record.by = options_.record.by;
    record.unit = options_.record.unit;
    record.level = options_.record.level ? options_.record.level : units().level(record.unit);
    record.text = options_.record.text.empty() ? options_.record.reason : options_.record.text;
    record.result = model::from_term<model::FollowResult>(chinese(result_words, options_.result));
    if (options_.result.empty()) {
      session_.complain(complaint("accept-result-wanted",
                                  {{"kind", std::string{term(kind)}}, {"choices", "巩固 反弹"}}));
      return Exit::usage;
    }
    if (!record.result)
      return unknown_word("RESULT", options_.result, std::span{result_words}.last(2));
    const auto added =
        writing_.changes().add(ledger().path, model::FileKind::village, "follow", record);
    if (!added) {
      session_.complain(added.error());
      return Exit::unreadable;
    }
    if (const auto refused = writing_.judge(place(ledger().info.at))) return *refused;
    return writing_.save("accept.followed", {{"village", ledger().info.name},
                                             {"kind", std::string{term(kind)}},
                                             {"date", format_date(*record.date)},
                                             {"result", std::string{term(*record.result)}},
                                             {"next", next_duty(record)}});
  }

  /// The day of the next follow-up, once the record is there.
  std::string next_duty(const model::Follow& record) const {
    model::VillageLedger after = ledger();
    after.follows.push_back(record);
    for (const auto& duty :
         workflow::duties(one_->state.county->info, after, units(), *record.date))
      if (!duty.done && duty.due >= *record.date) return format_date(duty.due);
    return {};
  }

  Session& session_;
  const AcceptOptions& options_;
  Writing& writing_;
  Reading& reading_;
  std::unique_ptr<OneVillage> one_;
  workflow::VillageLife life_;
  std::string points_;
  std::string knocked_out_;
};

}  // namespace

Runner declare_accept(Arguments& args) {
  auto options = std::make_shared<AcceptOptions>();
  model::Acceptance& record = options->record;
  args.positional("VILLAGE", options->village);
  args.positional("STEP", options->step);
  for (const Word& word : step_words) args.offer(word.chinese);
  for (const Word& word : step_words) args.offer(word.english);
  args.positional("RESULT", options->result, Need::optional);
  for (const Word& word : result_words) args.offer(word.chinese);
  for (const Word& word : result_words) args.offer(word.english);
  args.option("--by", record.by, Need::required);
  args.option("--unit", record.unit, Need::required);
  args.choice("--level", record.level);
  args.option("--date", record.date);
  args.option("--round", options->round);
  args.option("--sheet", record.sheet);
  args.option("--score", options->scores);
  args.option("--vote", options->votes);
  args.option("--reason", record.reason);
  args.option("--due", record.due);
  args.option("--text", record.text);
  declare_writing(args, *options);
  return [options](Session& session) {
    auto writing = Writing::begin(session, *options);
    if (!writing) return writing.error();
    ReadingOptions wanted;
    wanted.place = options->village;
    wanted.as_of = options->record.date;
    auto reading = open_reading(session, wanted);
    if (!reading) return reading.error();
    return Acceptor{session, *options, *writing, *reading}.accept();
  };
}

}  // namespace taizhang::cmd
