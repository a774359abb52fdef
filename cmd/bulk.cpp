#include "bulk.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "entry.hpp"
#include "progress.hpp"
#include "report/state.hpp"
#include "workflow/fingerprint.hpp"
#include "workflow/task_rules.hpp"

namespace taizhang::cmd {

using model::Action;
using report::VillageState;
using workflow::TaskState;

bool can_be_bulk(Action action) {
  return action == Action::progress || action == Action::verify || action == Action::close;
}

void declare_bulk(Arguments& args, BulkOptions& options) {
  args.flag("--all", options.all);
  args.choice("--kind", options.kind);
  args.option("--owner", options.owner);
  declare_confirmation(args, options.confirmation);
  args.rest("TASK", options.tasks);
}

namespace {

/// Whether the action is what the task waits for.
bool is_next(Action action, TaskState state) {
  switch (action) {
    case Action::progress:
      return state == TaskState::pending || state == TaskState::active;
    case Action::verify:
      return state == TaskState::applied;
    default:
      return state == TaskState::verified;
  }
}

class BulkWriter {
 public:
  BulkWriter(Session& session, Writing& writing, Reading& reading, const model::Entry& entry,
             const BulkOptions& options)
      : session_(session), writing_(writing), reading_(reading), entry_(entry), options_(options) {}

  Exit write() {
    loaded_ = store::load_county(reading_.workspace, reading_.counties.front());
    if (!loaded_.ledger.readable) {  // units are not known
      session_.complain(loaded_.diagnostics);
      return Exit::unreadable;
    }
    state_ = report::replay_county(loaded_, reading_.occasion);
    report::narrow(state_, reading_.township, reading_.village);
    report::take_every_task(state_, reading_.occasion.as_of);
    if (const auto exit = choose()) return *exit;
    if (!entry_.date) entry_.date = session_.today();
    if (!choose_level(session_, entry_, state_.units)) return Exit::usage;
    if (chosen_.empty()) {
      session_.complain(Diagnostic{Severity::error,
                                   "bulk-none",
                                   {},
                                   {{"place", reading_.place_name()},
                                    {"action", std::string{model::term(*entry_.action)}}}});
      return Exit::findings;
    }
    if (const auto exit = refuse_all()) return *exit;
    std::size_t noted = 0;
    for (const Chosen& each : chosen_) {
      if (++noted % 50 == 0)
        progress_.show("entry.bulk-noting", {{"count", fmt::format("{}", noted)}});
      if (const auto added = note_entry(writing_, each.village->ledger->path, entry_for(each));
          !added)
        return writing_.refuse(added.error());
    }
    progress_.show("entry.bulk-checking", {{"count", fmt::format("{}", chosen_.size())}});
    const VillageState& first = *chosen_.front().village;
    if (const auto refused =
            writing_.judge(loaded_.sources.at(first.ledger->path).place(first.ledger->info.at)))
      return *refused;
    const std::string list = session_.document(listed(), Output{"text"});
    if (!writing_.dry_run()) {
      session_.write_error(list + "\n");
      if (const auto exit = confirm(session_, options_.confirmation, chosen_.size())) return *exit;
    }
    progress_.show("entry.bulk-saving", {{"count", fmt::format("{}", chosen_.size())}});
    return writing_.save("entry.bulk-done", {{"count", fmt::format("{}", chosen_.size())},
                                             {"action", std::string{model::term(*entry_.action)}},
                                             {"date", format_date(*entry_.date)}});
  }

 private:
  struct Chosen {
    const VillageState* village = nullptr;
    const workflow::TaskLife* life = nullptr;
    const workflow::TaskView* view = nullptr;
  };

  std::optional<Exit> choose() {
    if (!options_.all) return choose_named();
    for (const VillageState& village : state_.villages)
      for (std::size_t i = 0; i < village.life.tasks.size(); ++i) {
        const workflow::TaskLife& life = village.life.tasks[i];
        if (!is_next(*entry_.action, life.state)) continue;
        if (options_.kind && life.task->kind != options_.kind) continue;
        if (!options_.owner.empty() && canonical_name(life.owner) != canonical_name(options_.owner))
          continue;
        chosen_.push_back({&village, &life, &village.life.views[i]});
      }
    return std::nullopt;
  }

  std::optional<Exit> choose_named() {
    const auto one = open_village(session_, reading_);  // complains of a larger place
    if (!one) return one.error();
    report::take_every_task((*one)->state, reading_.occasion.as_of);
    const VillageState& village = state_.villages.front();
    for (const std::string& id : options_.tasks) {
      const auto& tasks = village.life.tasks;
      const auto found =
          std::ranges::find_if(tasks, [&](const auto& life) { return life.task->id == id; });
      if (found == tasks.end()) return unknown_task(session_, **one, id);
      const auto index = static_cast<std::size_t>(found - tasks.begin());
      const bool again =
          std::ranges::any_of(chosen_, [&](const Chosen& each) { return each.life == &*found; });
      if (!again) chosen_.push_back({&village, &*found, &village.life.views[index]});
    }
    return std::nullopt;
  }

  model::Entry entry_for(const Chosen& chosen) const {
    model::Entry entry = entry_;
    entry.task = chosen.life->task->id;
    if (entry.action == Action::verify)
      entry.definition = workflow::definition_hash(*chosen.life->task);
    return entry;
  }

  /// Complains of every task to which the table refuses the entry on its day.
  std::optional<Exit> refuse_all() {
    Diagnostics refused;
    std::size_t tasks = 0;
    for (const Chosen& each : chosen_) {
      const model::Entry entry = entry_for(each);
      const auto life = workflow::replay(*each.view, state_.units, *entry.date);
      auto findings = workflow::may(life, *each.view, entry, state_.units);
      tasks += !findings.empty();
      for (model::Finding& finding : findings) {
        finding.record = each.life->task->at;
        finding.key = {};
        refused.push_back(store::locate(loaded_, each.village->ledger->path, finding));
      }
    }
    if (refused.empty()) return std::nullopt;
    session_.complain(refused);
    session_.tell("entry.bulk-refused", {{"count", fmt::format("{}", chosen_.size())},
                                         {"refused", fmt::format("{}", tasks)}});
    return Exit::findings;
  }

  report::Report listed() const {
    report::Report list;
    list.title = {"entry.bulk-list",
                  {{"action", std::string{model::term(*entry_.action)}},
                   {"count", fmt::format("{}", chosen_.size())}}};
    report::Table table;
    table.id = "tasks";
    table.columns = {{"township", "column.township"}, {"village", "column.village"},
                     {"task", "column.task_id"},      {"title", "column.task"},
                     {"state", "column.state"},       {"owner", "column.owner"}};
    for (const Chosen& each : chosen_) {
      report::Row row;
      row.cells = {each.village->township->folder,
                   each.village->ledger->info.name,
                   each.life->task->id,
                   each.life->task->title,
                   report::Term{workflow::term(each.life->state)},
                   std::string{each.life->owner}};
      table.rows.push_back(row);
    }
    list.tables.push_back(std::move(table));
    return list;
  }

  Session& session_;
  Writing& writing_;
  Reading& reading_;
  model::Entry entry_;
  const BulkOptions& options_;
  store::LoadedCounty loaded_;
  report::CountyState state_;
  std::vector<Chosen> chosen_;
  Progress progress_{session_};
};

}  // namespace

Exit write_bulk(Session& session, Writing& writing, Reading& reading, const model::Entry& entry,
                const BulkOptions& options) {
  return BulkWriter{session, writing, reading, entry, options}.write();
}

}  // namespace taizhang::cmd
