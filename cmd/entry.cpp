#include "entry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "arguments.hpp"
#include "bulk.hpp"
#include "evidence.hpp"
#include "field_options.hpp"
#include "reading.hpp"
#include "store/evidence.hpp"
#include "store/read_value.hpp"
#include "workflow/fingerprint.hpp"
#include "workflow/task_rules.hpp"

namespace taizhang::cmd {

using model::Action;

namespace {

struct EntryOptions : WritingOptions {
  std::string village;
  model::Entry entry;
  std::vector<std::string> evidence;  ///< as typed
  std::vector<std::string> sources;   ///< as typed
  BulkOptions bulk;
};

Diagnostic complaint(std::string_view code, Facts facts) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.facts = std::move(facts);
  return diagnostic;
}

const workflow::TaskLife* find_task(const report::VillageState& village, std::string_view id) {
  const auto found = std::ranges::find_if(village.life.tasks,
                                          [&](const auto& life) { return life.task->id == id; });
  return found == village.life.tasks.end() ? nullptr : &*found;
}

/// Writes one entry of one task.
class EntryWriter {
 public:
  EntryWriter(Session& session, const EntryOptions& options, Writing& writing, Reading& reading)
      : session_(session), options_(options), writing_(writing), reading_(reading) {}

  Exit write() {
    const auto one = open_village(session_, reading_, Around::nothing);
    if (!one) return one.error();
    if (!(*one)->loaded.ledger.readable) return Exit::unreadable;  // units are not known
    report::take_every_task((*one)->state, reading_.occasion.as_of);
    const report::VillageState& village = *(*one)->village;
    const workflow::TaskLife* life = find_task(village, options_.entry.task);
    if (!life) return unknown_task(session_, **one, options_.entry.task);
    model::Entry entry = options_.entry;
    if (!entry.date) entry.date = session_.today();
    if (!choose_level(session_, entry, (*one)->state.units)) return Exit::usage;
    if (!entry.voids.empty() && !store::has_format(entry.voids, model::Format::short_hash))
      return writing_.refuse({complaint("voids-not-a-hash", {{"value", entry.voids}})});
    if (const Diagnostics gone = lost_evidence(**one, *life); !gone.empty())
      return writing_.refuse(gone);
    if (entry.action == Action::verify) entry.definition = workflow::definition_hash(*life->task);
    if (!options_.evidence.empty()) {
      auto evidence =
          take_evidence(session_, writing_.root(), village.ledger->path, options_.evidence);
      if (!evidence) return evidence.error();
      entry.evidence = std::move(*evidence);
    }
    const std::string& path = village.ledger->path;
    if (const auto added = note_entry(writing_, path, entry); !added)
      return writing_.refuse(added.error());
    const Place task_place = (*one)->loaded.sources.at(path).place(life->task->at);
    if (const auto refused = writing_.judge(task_place)) return *refused;
    return writing_.save("entry.done", outcome(village, *life, entry));
  }

 private:
  /// Who verifies or closes vouches for the evidence as it was handed in.
  Diagnostics lost_evidence(const OneVillage& one, const workflow::TaskLife& life) const {
    Diagnostics gone;
    const Action action = *options_.entry.action;
    if ((action != Action::verify && action != Action::close) || !life.application) return gone;
    const model::VillageLedger& ledger = *one.village->ledger;
    for (const auto& finding :
         store::check_evidence(writing_.tree(), ledger, std::span{&life.application, 1}))
      gone.push_back(store::locate(one.loaded, ledger.path, finding));
    return gone;
  }

  /// What the line says that tells what was done: the states before and after.
  Facts outcome(const report::VillageState& village, const workflow::TaskLife& before,
                const model::Entry& entry) {
    Facts facts{{"village", store::join(village.township->folder, village.ledger->info.name)},
                {"task", entry.task},
                {"action", std::string{term(*entry.action)}},
                {"date", format_date(*entry.date)}};
    Reading later = reading_;
    later.workspace = writing_.after();
    const auto after = open_village(session_, later, Around::nothing);
    if (after) report::take_every_task((*after)->state, later.occasion.as_of);
    const workflow::TaskLife* life = after ? find_task(*(*after)->village, entry.task) : nullptr;
    if (!life) return facts;
    const std::string state{workflow::term(life->state)};
    if (life->state == before.state) facts.emplace_back("still", state);
    else {
      facts.emplace_back("before", std::string{workflow::term(before.state)});
      facts.emplace_back("after", state);
    }
    if (life->due) facts.emplace_back("due", format_date(*life->due));
    if (const auto target = life->task->target)
      facts.emplace_back("count",
                         fmt::format("{}/{}{}", life->count, *target, life->task->target_unit));
    return facts;
  }

  Session& session_;
  const EntryOptions& options_;
  Writing& writing_;
  Reading& reading_;
};

}  // namespace

tl::expected<void, Diagnostics> note_entry(Writing& writing, const std::string& path,
                                           const model::Entry& entry) {
  const auto village = model::FileKind::village;
  if (entry.action == Action::progress)
    return writing.changes().add_new(path, village, "entry", entry, entry.task);
  return writing.changes().add(path, village, "entry", entry, entry.task);
}

bool choose_level(Session& session, model::Entry& entry, const workflow::Units& units) {
  if (entry.level) return true;
  entry.level = units.level(entry.unit);
  if (!entry.level && !workflow::rule_of(*entry.action).levels.has(model::Level::township))
    entry.level = model::Level::county;
  if (!entry.level) session.complain(complaint("level-wanted", {{"unit", entry.unit}}));
  return entry.level.has_value();
}

Runner declare_entry(Arguments& args, Action action) {
  auto options = std::make_shared<EntryOptions>();
  model::Entry& entry = options->entry;
  entry.action = action;
  const workflow::TaskRule& rule = workflow::rule_of(action);
  const auto need = [&](std::string_view key) {
    return std::ranges::find(rule.needs, key) != rule.needs.end() ? Need::required : Need::optional;
  };
  const bool bulk = can_be_bulk(action);
  args.positional("VILLAGE", options->village);
  if (!bulk) args.positional("TASK", entry.task);
  if (rule.uses("voids")) args.positional("ENTRY", entry.voids);
  args.option("--by", entry.by, Need::required);
  args.option("--unit", entry.unit, Need::required);
  args.choice("--level", entry.level);
  args.option("--date", entry.date);
  args.option("--text", entry.text, need("text"));
  if (rule.uses("reason")) args.option("--reason", entry.reason, need("reason"));
  if (rule.uses("due")) args.option("--due", entry.due, need("due"));
  if (rule.uses("count")) args.option("--count", entry.count);
  if (rule.uses("sources")) args.option("--sources", options->sources);
  if (rule.uses("milestone")) args.option("--milestone", entry.milestone);
  if (rule.uses("evidence")) args.option("--evidence", options->evidence, need("evidence"));
  if (rule.uses("new_owner")) args.option("--new-owner", entry.new_owner);
  if (rule.uses("new_unit")) args.option("--new-unit", entry.new_unit);
  declare_writing(args, *options);
  if (bulk) declare_bulk(args, options->bulk);
  return [options, bulk](Session& session) {
    if (bulk && !options->bulk.all && options->bulk.tasks.empty()) {
      session.complain(complaint("missing-argument",
                                 {{"word", "TASK"}, {"command", std::string{session.command()}}}));
      return Exit::usage;
    }
    if (options->bulk.all && !options->bulk.tasks.empty()) {
      session.complain(complaint("all-with-tasks", {{"task", options->bulk.tasks.front()}}));
      return Exit::usage;
    }
    if (!options->bulk.all && (options->bulk.kind || !options->bulk.owner.empty())) {
      session.complain(complaint("filter-without-all", {}));
      return Exit::usage;
    }
    Diagnostics problems;
    options->entry.sources = read_counts("--sources", options->sources, problems);
    session.complain(problems);
    if (!problems.empty()) return Exit::usage;
    const bool many = options->bulk.all || options->bulk.tasks.size() > 1;
    if (bulk && !many) options->entry.task = options->bulk.tasks.front();
    auto writing = Writing::begin(session, *options);
    if (!writing) return writing.error();
    auto reading = open_place(session, options->village);
    if (!reading) return reading.error();
    if (many) return write_bulk(session, *writing, *reading, options->entry, options->bulk);
    return EntryWriter{session, *options, *writing, *reading}.write();
  };
}

}  // namespace taizhang::cmd
