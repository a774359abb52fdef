#include "report_due.hpp"

#include <algorithm>
#include <deque>
#include <vector>

#include "base/disk.hpp"
#include "base/hash.hpp"
#include "base/publish.hpp"
#include "base/save.hpp"
#include "remake.hpp"
#include "report/figure_lines.hpp"
#include "report/period_report.hpp"

namespace taizhang::cmd {

namespace {

/// A period's report that stands there already, in its latest revision.
struct Standing {
  int revision = 0;  ///< 0: none
  std::optional<store::Sidecar> sidecar = {};
  bool altered = false;  ///< the file is not the one that was written
};

/// A report that is to be there.
struct Due {
  std::string_view kind;
  Period period;
  report::Occasion occasion;
  Standing standing = {};
  std::optional<report::PeriodReport> report = {};
};

/// All periods that end in a round begun and were over before the day, each once.
std::deque<Due> due_periods(const Reading& reading, std::string_view only, Date day) {
  std::deque<Due> all;
  for (const ReportKind& kind : report_kinds()) {
    if (!kind.period || kind.name != kind.kind || (!only.empty() && kind.kind != only)) continue;
    std::vector<Period> seen;
    for (const model::Round& round : reading.workspace.ledger.rounds) {
      if (!round.year || !round.from || !round.to) continue;
      for (Period each = period_of(*round.from, *kind.period);
           each.last < day && each.first <= *round.to; each = next_period(each)) {
        if (std::ranges::find(seen, each) != seen.end()) continue;
        seen.push_back(each);
        all.push_back(
            {kind.kind, each, report::occasion(reading.workspace.ledger, each.last, round.year)});
      }
    }
  }
  return all;
}

/// Where the reports of one place and format stand: a folder for each period and revision, and in it
/// files of the folder's name.
class Shelf {
 public:
  Shelf(const Reading& reading, const DueOptions& options) : folder_(options.folder) {
    prefix_ = reading.place_name();
    std::ranges::replace(prefix_, '/', '-');
    if (!prefix_.empty()) prefix_ += '-';
    const std::string_view format = options.format.chosen();
    ending_ = "." + std::string{format == "text" ? "txt" : format};
  }

  std::string name(const Period& period, int revision) const {
    return prefix_ + period_name(period) + (revision > 1 ? "-r" + std::to_string(revision) : "");
  }
  std::string folder(const Period& period, int revision) const {
    return store::join(folder_, name(period, revision));
  }
  std::string file_name(const Period& period, int revision) const {
    return name(period, revision) + ending_;
  }
  std::string file(const Period& period, int revision) const {
    return store::join(folder(period, revision), file_name(period, revision));
  }
  const std::string& ending() const { return ending_; }

  Standing standing(const Period& period) const {
    Standing found;
    while (disk::exists(file(period, found.revision + 1))) ++found.revision;
    if (found.revision == 0) return found;
    const std::string path = store::sidecar_path(file(period, found.revision));
    if (const auto text = disk::read_file(path, path, disk::max_evidence_bytes))
      found.sidecar = store::parse_sidecar(*text);
    if (!found.sidecar || found.sidecar->sums.empty()) return found;
    const std::string report = file(period, found.revision);
    const auto bytes = disk::read_file(report, report, disk::max_evidence_bytes);
    found.altered = !bytes || sha256(*bytes) != found.sidecar->sums.front().sha256;
    return found;
  }

 private:
  std::string folder_, prefix_, ending_;
};

/// Writes one report, or says why not.
class Writer {
 public:
  Writer(Session& session, const Reading& reading, Proof& proof, const Shelf& shelf,
         const DueOptions& options)
      : session_(session), reading_(reading), proof_(proof), shelf_(shelf), options_(options) {
    form_ = options.format;
    form_.format = options.format.chosen();
    form_.file = shelf.ending();  // as it looks in a file, whatever the terminal
  }

  Exit settle(Due& due) {
    const report::Report report = std::move(*due.report).finish();
    if (due.standing.revision == 0) {
      publish(due, 1, report, {});
      return Exit::done;
    }
    const std::string path = shelf_.file(due.period, due.standing.revision);
    if (!due.standing.sidecar) return complain("due-unproved", path, due, 0);
    const store::Sidecar& sidecar = *due.standing.sidecar;
    if (due.standing.altered) return complain("due-altered", path, due, 0);
    if (sidecar.figures == report::figure_lines(report)) return Exit::done;
    report::Table changes = differences(session_, sidecar, report);
    if (!options_.restate) return complain("due-differs", path, due, changes.rows.size());
    const int next = due.standing.revision + 1;
    publish(due, next, report, {slip(due, report, std::move(changes))});
    session_.tell("due.restated", {{"new", shelf_.file(due.period, next)}});
    return Exit::done;
  }

 private:
  Exit complain(std::string_view code, const std::string& path, const Due& due, std::size_t count) {
    Diagnostic diagnostic;
    diagnostic.code = code;
    diagnostic.place.path = path;
    diagnostic.facts = {{"period", period_name(due.period)}, {"count", std::to_string(count)}};
    session_.complain(diagnostic);
    return Exit::findings;
  }

  /// The correction slip as a file: its name and bytes.
  std::pair<std::string, std::string> slip(const Due& due, const report::Report& report,
                                           report::Table changes) {
    const int old = due.standing.revision;
    report::Report made;
    made.schema = "taizhang.correction/1";
    made.title = {"correction.title", {{"period", period_name(due.period)}}};
    made.subtitle = report.subtitle;
    made.tables.push_back(std::move(changes));
    made.notes.push_back({"correction.files",
                          {{"old", shelf_.file_name(due.period, old)},
                           {"new", shelf_.file_name(due.period, old + 1)}}});
    return {
        session_.catalogue().text("correction.file", {{"name", shelf_.name(due.period, old + 1)}}) +
            shelf_.ending(),
        session_.document(made, form_)};
  }

  /// All files of the period appear together. When its folder is there for another format, the
  /// report comes after what proves it.
  void publish(const Due& due, int revision, const report::Report& report, NewFiles more) {
    const std::string folder = shelf_.folder(due.period, revision);
    const std::string name = shelf_.file_name(due.period, revision);
    NewFiles files{{name, session_.document(report, form_)}};
    for (auto& each : more) files.push_back(std::move(each));
    ReportHeader header =
        header_of(session_, reading_, {due.kind, due.period, {}}, options_.format);
    header.round = due.occasion.round;
    header.as_of = due.occasion.as_of;
    header.received = due.occasion.received;
    const std::string real =
        store::join(disk::real_path(options_.folder), shelf_.name(due.period, revision));
    files.emplace_back(store::sidecar_path(name),
                       store::sidecar_text(proof_.sidecar(header, report, real, files)));
    if (disk::publish_folder(folder, files)) return;
    if (disk::exists(shelf_.file(due.period, revision))) return;  // by a run at the same time
    for (auto file = files.rbegin(); file != files.rend(); ++file)
      disk::write_document(store::join(folder, file->first), file->second);
  }

  Session& session_;
  const Reading& reading_;
  Proof& proof_;
  const Shelf& shelf_;
  const DueOptions& options_;
  Output form_;
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
  Proof proof{reading};
  const Shelf shelf{reading, options};
  std::deque<Due> all =
      due_periods(reading, options.kind, add_days(session.today(), -options.wait));
  for (Due& due : all) {
    due.standing = shelf.standing(due.period);
    // what came in later is no change of what was reported, so only days that are over count
    const auto& sidecar = due.standing.sidecar;
    const auto then = sidecar ? parse_date(sidecar->fact("received")) : std::nullopt;
    due.occasion.received = then.value_or(add_days(session.today(), -1));
    due.report.emplace(due.occasion, due.period, reading.place_name());
  }
  for_each_county(session, reading, [&](const report::CountyState& state) {
    for (Due& due : all) {
      report::CountyState then = report::replay_county(*state.loaded, due.occasion);
      report::narrow(then, reading.township, reading.village);
      due.report->add(then);
    }
  });
  // half a report that stays would be worse than one that comes a day later
  if (reading.exit != Exit::done) return refuse(session, "due-unreadable", reading.exit);
  if (all.empty()) return Exit::done;
  disk::make_folder(options.folder);
  disk::sweep(options.folder);
  Writer writer{session, reading, proof, shelf, options};
  Exit exit = Exit::done;
  for (Due& due : all) exit = worst(exit, writer.settle(due));
  return exit;
}

}  // namespace taizhang::cmd
