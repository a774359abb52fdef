#include <algorithm>
#include <deque>
#include <vector>

#include "base/disk.hpp"
#include "base/failure.hpp"
#include "base/save.hpp"
#include "report/period_report.hpp"
#include "report_kinds.hpp"
#include "store/workspace.hpp"

namespace taizhang::cmd {

namespace {

/// A report that is to be there.
struct Due {
  Period period;
  report::Occasion occasion;
  std::optional<report::PeriodReport> report = {};
};

/// All periods that end in a round begun and are over on the day, each once.
std::deque<Due> due_periods(const Reading& reading, std::string_view only, Date today) {
  std::deque<Due> all;
  for (const ReportKind& kind : report_kinds()) {
    if (!kind.period || kind.name != kind.kind || (!only.empty() && kind.kind != only)) continue;
    std::vector<Period> seen;
    for (const model::Round& round : reading.workspace.ledger.rounds) {
      if (!round.year || !round.from || !round.to) continue;
      for (Period each = period_of(*round.from, *kind.period);
           each.last < today && each.first <= *round.to; each = next_period(each)) {
        if (std::ranges::find(seen, each) != seen.end()) continue;
        seen.push_back(each);
        all.push_back({each, report::occasion(reading.workspace.ledger, each.last, round.year)});
      }
    }
  }
  return all;
}

std::string file_name(const Reading& reading, const Period& period, int revision,
                      std::string_view ending) {
  std::string name = reading.place_name();
  std::ranges::replace(name, '/', '-');
  if (!name.empty()) name += '-';
  name += period_name(period);
  if (revision > 1) name += "-r" + std::to_string(revision);
  return name + "." + std::string{ending};
}

/// Without the lines of a JSON report that say where in a ledger a row comes from: those move when
/// something is written above them.
std::string figures_of(std::string_view bytes, std::string_view format) {
  if (format != "json") return std::string{bytes};
  std::string kept;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    const std::string_view line = bytes.substr(0, end);
    const std::size_t text = std::min(line.find_first_not_of(' '), line.size());
    if (!line.substr(text).starts_with("\"line\": ")) kept += line;
    bytes.remove_prefix(end);
  }
  return kept;
}

/// Writes one report, or says why not.
class Writer {
 public:
  Writer(Session& session, const Reading& reading, const DueOptions& options)
      : session_(session), reading_(reading), options_(options) {
    format_ = options.format.chosen();
    ending_ = format_ == "text" ? "txt" : format_;
  }

  Exit write(const Period& period, const report::Report& report) {
    const std::string bytes = session_.document(report, for_file());
    int revision = 1;
    while (disk::exists(path_of(period, revision + 1))) ++revision;
    const std::string path = path_of(period, revision);
    if (!disk::exists(path)) {
      disk::write_document(path, bytes);
      return Exit::done;
    }
    const auto old = disk::read_file(path, path, disk::max_evidence_bytes);
    if (!old) {
      session_.complain(old.error());
      return Exit::unreadable;
    }
    if (figures_of(*old, format_) == figures_of(bytes, format_)) return Exit::done;
    Diagnostic diagnostic;
    diagnostic.place.path = path;
    diagnostic.facts = {{"period", period_name(period)}};
    if (options_.restate) {
      const std::string beside = path_of(period, revision + 1);
      disk::write_document(beside, bytes);
      session_.tell("due.restated", {{"old", path}, {"new", beside}});
      return Exit::done;
    }
    diagnostic.code = "due-differs";
    session_.complain(diagnostic);
    return Exit::findings;
  }

 private:
  /// As it looks in a file, whatever the terminal.
  Output for_file() const {
    Output output = options_.format;
    output.format = format_;
    output.file = "." + ending_;
    return output;
  }

  std::string path_of(const Period& period, int revision) const {
    return store::join(options_.folder, file_name(reading_, period, revision, ending_));
  }

  Session& session_;
  const Reading& reading_;
  const DueOptions& options_;
  std::string format_, ending_;
};

Exit refuse(Session& session, std::string_view code, Exit exit) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  session.complain(diagnostic);
  return exit;
}

}  // namespace

Exit write_due(Session& session, Reading& reading, const DueOptions& options) {
  if (reading.workspace.ledger.rounds.empty())
    return refuse(session, "due-needs-round", Exit::usage);
  std::deque<Due> all = due_periods(reading, options.kind, session.today());
  for (Due& due : all) due.report.emplace(due.occasion, due.period, reading.place_name());
  for_each_county(session, reading, [&](const report::CountyState& state) {
    for (Due& due : all) {
      report::CountyState then = report::replay_county(*state.loaded, due.occasion);
      report::narrow(then, reading.township, reading.village);
      due.report->add(then);
    }
  });
  // half a report that stays would be worse than one that comes a day later
  if (reading.exit != Exit::done) return refuse(session, "due-unreadable", reading.exit);
  disk::make_folder(options.folder);
  Writer writer{session, reading, options};
  Exit exit = Exit::done;
  for (Due& due : all)
    exit = worst(exit, writer.write(due.period, std::move(*due.report).finish()));
  return exit;
}

}  // namespace taizhang::cmd
