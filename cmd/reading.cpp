#include "reading.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "arguments.hpp"
#include "base/disk.hpp"
#include "base/in_order.hpp"
#include "base/text.hpp"
#include "store/load_part.hpp"
#include "store/rule_files.hpp"
#include "store/sidecar.hpp"

namespace taizhang::cmd {

void declare_reading(Arguments& args, ReadingOptions& options) {
  args.option("--as-of", options.as_of);
  declare_revision(args, options);
  args.option("--round", options.round);
  declare_output(args, options.format);
}

void declare_revision(Arguments& args, ReadingOptions& options) {
  args.option("--rev", options.rev);
}

std::optional<Exit> refuse_revision(Session& session, const ReadingOptions& options) {
  if (options.rev.empty()) return std::nullopt;
  session.complain({Severity::error, "rev-is-for-reading", {}, {{"rev", options.rev}}});
  return Exit::usage;
}

void declare_output(Arguments& args, Output& output) {
  args.choice("--format", output.format, {"text", "csv", "json", "md", "html", "xlsx"});
  args.option("-o", output.file);
  args.choice("--csv-for", output.csv_for, {"excel"});
}

std::optional<Exit> refuse_output(Session& session, const Output& output) {
  Diagnostic diagnostic;
  diagnostic.facts = {{"file", output.file}, {"format", std::string{output.chosen()}}};
  const bool is_csv = output.chosen() == "csv";
  if (!output.csv_for.empty() && !is_csv) diagnostic.code = "csv-option-unused";
  else if (output.file.ends_with(".toml")) diagnostic.code = "output-is-ledger";
  else if (output.to_file() && !output.proves && disk::exists(store::sidecar_path(output.file)))
    diagnostic.code = "output-has-sidecar";
  else if (output.ending_unknown()) diagnostic.code = "output-ending-unknown";
  else if (output.chosen() == "xlsx" && !output.to_file() && session.shows_on_terminal())
    diagnostic.code = "xlsx-to-terminal";
  if (diagnostic.code.empty()) return std::nullopt;
  session.complain(diagnostic);
  return Exit::usage;
}

namespace {

/// Whether a file or folder says something about the place: it is in it, or stands above it.
bool concerns(const Reading& reading, const std::string& path) {
  if (reading.township.empty() || path == reading.county) return true;
  const std::string township = store::join(reading.county, reading.township);
  if (path == township || path.starts_with(township + '/')) return true;
  const std::string above = reading.county.empty() ? "" : reading.county + '/';
  return path.starts_with(above) && path.find('/', above.size()) == path.npos &&
         path.ends_with(".toml");
}

Diagnostics errors_only(const Diagnostics& all) {
  Diagnostics errors;
  for (const Diagnostic& each : all)
    if (each.severity == Severity::error) errors.push_back(each);
  return errors;
}

/// The errors of reading that keep something of the place out.
Diagnostics errors_at(const Reading& reading, const store::LoadedCounty& loaded) {
  Diagnostics errors = errors_only(loaded.diagnostics);
  std::erase_if(errors,
                [&](const Diagnostic& each) { return !concerns(reading, each.place.path); });
  return errors;
}

}  // namespace

std::optional<Exit> choose_round(Session& session, const Reading& reading,
                                 std::optional<std::int64_t>& round, Date day) {
  if (round) return std::nullopt;
  round = reading.occasion.round;
  auto over = report::over_before(reading.occasion, day);
  if (!over) return std::nullopt;
  over->facts.emplace_back("option", "--round " + std::to_string(*round));
  session.complain(*over);
  return Exit::usage;
}

std::string round_names(Session& session, const model::WorkspaceLedger& workspace) {
  std::string names;
  for (const model::Round& round : workspace.rounds) {
    if (!round.year || !round.from || !round.to) continue;
    if (!names.empty()) names += ' ';
    names += session.catalogue().text("round.span", {{"round", std::to_string(*round.year)},
                                                     {"from", format_date(*round.from)},
                                                     {"to", format_date(*round.to)}});
  }
  return names;
}

std::optional<Exit> refuse_period(Session& session, const Reading& reading, const Period& period,
                                  std::optional<std::int64_t> round) {
  if (!reading.occasion.dates) return std::nullopt;
  const auto& rounds = reading.workspace.ledger.rounds;
  const Date from = *reading.occasion.dates->from;
  const bool fits =
      round ? period.last >= from : std::ranges::any_of(rounds, [&](const model::Round& each) {
        return each.from && each.to && *each.from <= period.last && period.first <= *each.to;
      });
  if (fits) return std::nullopt;
  Diagnostic diagnostic;
  diagnostic.code = round ? "period-before-round" : "period-without-round";
  diagnostic.facts = {{"period", period_name(period)},
                      {"round", std::to_string(reading.occasion.round)},
                      {"from", format_date(from)},
                      {"rounds", round_names(session, reading.workspace.ledger)}};
  session.complain(diagnostic);
  return Exit::usage;
}

void for_each_county(Session& session, Reading& reading,
                     const std::function<void(const report::CountyState&)>& use) {
  struct Read {
    store::LoadedCounty loaded;
    Diagnostics errors;
    report::CountyState state;
  };
  const auto read = [&](std::size_t index) {
    auto made = std::make_unique<Read>();
    made->loaded = store::load_county(reading.workspace, reading.counties[index]);
    made->errors = errors_at(reading, made->loaded);  // warnings are for `check`
    made->state = report::replay_county(made->loaded, reading.occasion);
    report::narrow(made->state, reading.township, reading.village);
    return made;
  };
  in_order(reading.counties.size(), session.jobs(), read, [&](const std::unique_ptr<Read>& made) {
    session.complain(made->errors);
    const store::LoadedCounty& loaded = made->loaded;
    const bool lost =
        loaded.unreadable > 0 || loaded.ledger.village_files_read < loaded.ledger.village_files;
    if (lost && !made->errors.empty()) reading.exit = worst(reading.exit, Exit::unreadable);
    use(made->state);
  });
}

tl::expected<std::unique_ptr<OneVillage>, Exit> open_village(Session& session, Reading& reading,
                                                             Around around) {
  if (reading.village.empty()) {
    Diagnostic diagnostic;
    diagnostic.code = "village-wanted";
    diagnostic.facts = {{"place", reading.place_name()}};
    session.complain(diagnostic);
    return tl::unexpected{Exit::usage};
  }
  auto made = std::make_unique<OneVillage>();
  store::Part part;
  if (around == Around::nothing)
    part = {reading.township, reading.village_path.substr(reading.village_path.rfind('/') + 1), {}};
  made->loaded = store::load_part(reading.workspace, reading.counties.front(), part);
  made->state = report::replay_county(made->loaded, reading.occasion);
  report::narrow(made->state, reading.township, reading.village);
  const bool lost = made->state.villages.empty();  // its ledger cannot be understood
  if (lost || !made->loaded.ledger.readable) {
    session.complain(errors_at(reading, made->loaded));
    reading.exit = worst(reading.exit, Exit::unreadable);
    if (lost) return tl::unexpected{Exit::unreadable};
  }
  made->village = &made->state.villages.front();
  return made;
}

Exit unknown_task(Session& session, const OneVillage& one, const std::string& task) {
  std::vector<std::string_view> ids;
  for (const auto& life : one.village->life.tasks) ids.push_back(life.task->id);
  Diagnostic diagnostic;
  diagnostic.code = "task-unknown";
  diagnostic.facts = {{"task", task},
                      {"village", one.village->ledger->info.name},
                      {"nearest", std::string{nearest(task, ids).value_or("")}}};
  session.complain(diagnostic);
  return Exit::usage;
}

std::optional<Exit> refuse_unknown_rules(Session& session, const Reading& reading,
                                         const std::string& id) {
  const auto ids = store::rule_set_ids(*reading.workspace.tree);
  if (id.empty() || std::ranges::find(ids, id) != ids.end()) return std::nullopt;
  session.complain(store::load_rules(*reading.workspace.tree, id).diagnostics);
  return Exit::usage;
}

std::optional<model::RuleSet> county_rules(Session& session, Reading& reading,
                                           const model::CountyLedger& county,
                                           const std::string& wanted) {
  const std::string id = wanted.empty() ? std::string{county.info.rules} : wanted;
  if (id.empty()) {
    Diagnostic diagnostic;
    diagnostic.code = county.readable ? "county-without-rules" : "county-unreadable";
    diagnostic.place.path = county.path;
    diagnostic.facts = {
        {"county", county.info.name},
        {"choices",
         fmt::format("{}", fmt::join(store::rule_set_ids(*reading.workspace.tree), " "))}};
    session.complain(diagnostic);
    reading.exit = worst(reading.exit, Exit::unreadable);
    return std::nullopt;
  }
  store::LoadedRules loaded = store::load_rules(*reading.workspace.tree, id);
  const Diagnostics errors = errors_only(loaded.diagnostics);
  session.complain(errors);
  if (!loaded.rules || !errors.empty()) {
    reading.exit = worst(reading.exit, Exit::unreadable);
    return std::nullopt;
  }
  return std::move(loaded.rules);
}

}  // namespace taizhang::cmd
