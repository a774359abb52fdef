#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "arguments.hpp"
#include "base/text.hpp"
#include "field_options.hpp"
#include "model/next_id.hpp"
#include "new_ledger.hpp"
#include "target.hpp"
#include "writing.hpp"

namespace taizhang::cmd {

namespace {

using model::FileKind;

struct Thing {
  std::string_view word;   ///< as typed; the name of its record too
  std::string_view label;  ///< message id
};

constexpr std::array things{
    Thing{"village", "type.thing_village"}, Thing{"problem", "type.thing_problem"},
    Thing{"plan", "type.thing_plan"},       Thing{"income", "type.thing_income"},
    Thing{"task", "type.thing_task"},       Thing{"milestone", "type.thing_milestone"},
    Thing{"unit", "type.thing_unit"},       Thing{"contact", "type.thing_contact"},
    Thing{"grid", "type.thing_grid"},       Thing{"leader", "type.thing_leader"},
    Thing{"round", "type.thing_round"},
};

struct AddOptions : WritingOptions {
  std::string thing;
  std::string place;
  FieldOptions fields;
};

const Thing* find_thing(std::string_view word) {
  const auto found = std::ranges::find(things, word, &Thing::word);
  return found == things.end() ? nullptr : &*found;
}

/// Of things only.
const model::RecordKind* kind_named(std::string_view word) {
  for (const model::RecordKind& kind : model::record_kinds())
    if (kind.name == word && find_thing(word)) return &kind;
  return nullptr;
}

Diagnostic complaint(std::string_view code, Facts facts) {
  return {Severity::error, code, {}, std::move(facts)};
}

/// Adds one record to the ledger that the place names.
class Adder {
 public:
  Adder(Session& session, const AddOptions& options, Writing& writing, Reading& reading)
      : session_(session), options_(options), writing_(writing), reading_(reading) {}

  Exit add() {
    const auto& thing = options_.thing;
    if (thing == "village") return add_village();
    if (thing == "problem") return add_problem();
    if (thing == "plan") return add_plan();
    if (thing == "income") return add_income();
    if (thing == "task") return add_task();
    if (thing == "milestone") return add_milestone();
    if (thing == "unit") return add_other(model::Unit{}, &model::Unit::name);
    if (thing == "contact") return add_other(model::Contact{}, &model::Contact::leader);
    if (thing == "grid") return add_other(model::Grid{}, &model::Grid::area);
    if (thing == "leader") return add_other(model::Leader{}, &model::Leader::role);
    return add_round();
  }

 private:
  template <class Record>
  bool fill(Record& record) {
    const Diagnostics problems = options_.fields.fill(*kind_named(options_.thing), &record);
    session_.complain(problems);
    return problems.empty();
  }

  template <class Record>
  Exit put(const Target& target, const Record& record, const std::string& what,
           std::string_view task = {}) {
    const auto added =
        writing_.changes().add_new(target.path, target.file, options_.thing, record, task);
    if (!added) return writing_.refuse(added.error());
    if (const auto refused = writing_.judge(target.anchor)) return *refused;
    return writing_.save("add.done", {{"place", target.name},
                                      {"thing", std::string{find_thing(options_.thing)->label}},
                                      {"what", what}});
  }

  Exit add_village() {
    model::VillageInfo info;
    if (!fill(info)) return Exit::usage;
    const auto township = open_target(session_, reading_, FileKind::township);
    if (!township) return township.error();
    if (!is_file_name(info.name)) {
      session_.complain(complaint("bad-file-name", {{"value", info.name}}));
      return Exit::usage;
    }
    info.township = reading_.township;
    const std::string& above = (*township)->path;
    const std::string path =
        store::join(above.substr(0, above.rfind('/') == std::string::npos ? 0 : above.rfind('/')),
                    info.name + ".toml");
    const std::array records{render::new_record(FileKind::village, "village", info)};
    const auto created = writing_.changes().create(
        path, ledger_text(session_.catalogue(), FileKind::village, path, records));
    if (!created) {
      session_.complain(created.error());
      return Exit::findings;
    }
    if (const auto refused = writing_.judge((*township)->anchor)) return *refused;
    const Exit exit = writing_.save(
        "add.village-done", {{"place", (*township)->name}, {"name", info.name}, {"path", path}});
    if (exit == Exit::done && !options_.dry_run)
      session_.print_line("add.next-survey",
                          {{"at", session_.other_folder()},
                           {"village", store::join((*township)->name, info.name)}});
    return exit;
  }

  Exit add_problem() {
    model::Problem problem;
    if (!fill(problem)) return Exit::usage;
    const auto target = open_target(session_, reading_, FileKind::village);
    if (!target) return target.error();
    if (problem.id.empty()) problem.id = next_id("P", (*target)->village->problems);
    if (!problem.found) problem.found = session_.today();
    if (const auto over = choose_round(session_, reading_, problem.round, *problem.found))
      return *over;
    return put(**target, problem, problem.id);
  }

  Exit add_plan() {
    model::Plan plan;
    if (!fill(plan)) return Exit::usage;
    const auto target = open_target(session_, reading_, FileKind::village);
    if (!target) return target.error();
    if (!plan.date) plan.date = session_.today();
    if (const auto over = choose_round(session_, reading_, plan.round, *plan.date)) return *over;
    return put(**target, plan, std::to_string(*plan.round));
  }

  Exit add_income() {
    model::Income income;
    if (!fill(income)) return Exit::usage;
    const auto target = open_target(session_, reading_, FileKind::village);
    if (!target) return target.error();
    return put(**target, income, std::to_string(*income.year));
  }

  Exit add_task() {
    model::Task task;
    if (!fill(task)) return Exit::usage;
    const auto target = open_target(session_, reading_, FileKind::village);
    if (!target) return target.error();
    if (task.id.empty()) task.id = next_id(model::id_prefix(*task.kind), (*target)->village->tasks);
    if (!task.opened) task.opened = session_.today();
    if (const auto over = choose_round(session_, reading_, task.round, *task.opened)) return *over;
    return put(**target, task, task.id);
  }

  Exit add_milestone() {
    model::Milestone milestone;
    if (!fill(milestone)) return Exit::usage;
    const auto target = open_target(session_, reading_, FileKind::village);
    if (!target) return target.error();
    if (milestone.id.empty()) milestone.id = next_id("M", (*target)->village->milestones);
    return put(**target, milestone, milestone.id, milestone.task);
  }

  template <class Record>
  Exit add_other(Record record, Text Record::*name) {
    if (!fill(record)) return Exit::usage;
    const auto target = open_target(session_, reading_, kind_named(options_.thing)->file);
    if (!target) return target.error();
    return put(**target, record, record.*name);
  }

  Exit add_round() {
    model::Round round;
    if (!fill(round)) return Exit::usage;
    const auto target = open_target(session_, reading_, FileKind::workspace);
    if (!target) return target.error();
    return put(**target, round, std::to_string(*round.year));
  }

  Session& session_;
  const AddOptions& options_;
  Writing& writing_;
  Reading& reading_;
};

Exit unknown_thing(Session& session, const std::string& word) {
  std::vector<std::string_view> words;
  for (const Thing& thing : things) words.push_back(thing.word);
  session.complain(
      complaint("add-unknown",
                {{"word", word}, {"nearest", std::string{nearest(word, words).value_or("")}}}));
  return Exit::usage;
}

}  // namespace

Runner declare_add(Arguments& args) {
  auto options = std::make_shared<AddOptions>();
  args.positional("WHAT", options->thing);
  for (const Thing& thing : things) args.offer(thing.word);
  const model::RecordKind* kind = kind_named(args.first_word());
  const bool has_place = args.first_word() != "round";
  if (has_place) args.positional("PLACE", options->place, kind ? Need::required : Need::optional);
  const auto declare = [&](const model::RecordKind& one) {
    options->fields.declare(args, one, {"township"}, {"id", "round", "opened", "found", "date"},
                            kind != nullptr);
  };
  if (kind) declare(*kind);
  else
    for (const Thing& thing : things) declare(*kind_named(thing.word));
  declare_writing(args, *options);
  return [options](Session& session) {
    if (!kind_named(options->thing)) return unknown_thing(session, options->thing);
    auto writing = Writing::begin(session, *options);
    if (!writing) return writing.error();
    auto reading = open_place(session, options->place);
    if (!reading) return reading.error();
    return Adder{session, *options, *writing, *reading}.add();
  };
}

}  // namespace taizhang::cmd
