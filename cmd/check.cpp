#include <algorithm>
#include <memory>

#include "arguments.hpp"
#include "reading.hpp"
#include "render/diagnostics.hpp"
#include "rules/check.hpp"
#include "store/evidence.hpp"
#include "store/rule_files.hpp"
#include "workflow/consistency.hpp"

namespace taizhang::cmd {

namespace {

struct CheckOptions {
  std::string place;
  std::string fail_on = "error";
  std::string format = "text";
};

/// Everything that can be said about the ledgers of a place, from syntax to replays.
class Checker {
 public:
  Checker(Session& session, Reading& reading) : session_(session), reading_(reading) {
    for (const auto& round : reading.workspace.ledger.rounds)
      if (round.year) rounds_.push_back(*round.year);
  }

  Diagnostics check() {
    for (auto& loaded : store::load_local_rules(*reading_.workspace.tree)) check_rules(loaded);
    for (const auto& folder : reading_.counties) check_county(folder);
    sort_by_place(all_);
    return std::move(all_);
  }

  std::size_t ledgers() const { return ledgers_; }
  std::size_t unreadable() const { return unreadable_; }

 private:
  void take(const store::LoadedCounty& loaded, const std::string& path,
            const model::Findings& findings) {
    for (const auto& finding : findings) all_.push_back(store::locate(loaded, path, finding));
  }

  void check_rules(store::LoadedRules& loaded) {
    if (loaded.rules && loaded.source)
      for (const auto& finding : rules::check_rules(*loaded.rules))
        loaded.diagnostics.push_back(store::locate(*loaded.source, finding));
    else ++unreadable_;
    all_.insert(all_.end(), loaded.diagnostics.begin(), loaded.diagnostics.end());
  }

  void check_county(const store::CountyFolder& folder) {
    store::LoadedCounty loaded = store::load_county(reading_.workspace, folder);
    const auto& county = loaded.ledger;
    all_.insert(all_.end(), loaded.diagnostics.begin(), loaded.diagnostics.end());
    unreadable_ += loaded.unreadable;
    ledgers_ += county.village_files;
    for (const auto& found : workflow::check_county(county, rounds_, session_.today()))
      all_.push_back(store::locate(loaded, found.path, found.finding));
    const auto rules = rules_of(county);
    const workflow::Units units{county.units};
    for (const auto& township : county.townships)
      for (const auto& village : township.villages) {
        if (rules) take(loaded, village.path, rules::check_answers(village, *rules, true));
        replay(loaded, units, village);
      }
  }

  std::optional<model::RuleSet> rules_of(const model::CountyLedger& county) {
    if (county.info.rules.empty()) return std::nullopt;
    auto loaded = store::load_rules(*reading_.workspace.tree, county.info.rules);
    if (!loaded.source)  // local files were judged already; here only an unknown id is news
      for (Diagnostic& diagnostic : loaded.diagnostics) {
        diagnostic.place.path = county.path;
        all_.push_back(std::move(diagnostic));
      }
    return std::move(loaded.rules);
  }

  void replay(const store::LoadedCounty& loaded, const workflow::Units& units,
              const model::VillageLedger& village) {
    for (const std::int64_t round : rounds_) {
      model::Findings findings;
      const auto life =
          workflow::replay_village(village, units, round, session_.today(), &findings);
      take(loaded, village.path, findings);
      std::vector<const model::Entry*> applications;
      for (const auto& task : life.tasks)
        if (task.application) applications.push_back(task.application);
      take(loaded, village.path,
           store::check_evidence(reading_.workspace.root, village, applications));
    }
  }

  Session& session_;
  Reading& reading_;
  std::vector<std::int64_t> rounds_;
  Diagnostics all_;
  std::size_t ledgers_ = 0;
  std::size_t unreadable_ = 0;
};

Severity severity_of(const std::string& word) {
  if (word == "note") return Severity::note;
  return word == "warning" ? Severity::warning : Severity::error;
}

}  // namespace

Runner declare_check(Arguments& args) {
  auto options = std::make_shared<CheckOptions>();
  args.positional("PLACE", options->place, Need::optional);
  args.choice("--fail-on", options->fail_on, {"error", "warning", "note"});
  args.choice("--format", options->format, {"text", "json"});
  return [options](Session& session) {
    ReadingOptions wanted;
    wanted.place = options->place;
    auto reading = open_reading(session, wanted, Complaints::kept);
    if (!reading) return reading.error();
    Checker checker{session, *reading};
    Diagnostics found = checker.check();
    found.insert(found.begin(), reading->workspace.diagnostics.begin(),
                 reading->workspace.diagnostics.end());
    sort_by_place(found);
    if (options->format == "json")
      session.print(render::render_diagnostics_json(session.catalogue(), found));
    else
      for (const Diagnostic& each : found)
        session.print(render::render_diagnostic(session.catalogue(), each));
    const auto count = [&](Severity severity) {
      return std::to_string(std::ranges::count(found, severity, &Diagnostic::severity));
    };
    if (options->format == "text")
      session.print_line("check.summary", {{"ledgers", std::to_string(checker.ledgers())},
                                           {"errors", count(Severity::error)},
                                           {"warnings", count(Severity::warning)},
                                           {"notes", count(Severity::note)}});
    const Severity least = severity_of(options->fail_on);
    Exit exit = reading->exit;
    if (std::ranges::any_of(found, [&](const Diagnostic& each) { return each.severity >= least; }))
      exit = worst(exit, Exit::findings);
    return checker.unreadable() > 0 ? worst(exit, Exit::unreadable) : exit;
  };
}

}  // namespace taizhang::cmd
