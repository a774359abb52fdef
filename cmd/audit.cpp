#include <algorithm>
#include <memory>

#include "arguments.hpp"
#include "reading.hpp"
#include "report/audit_report.hpp"
#include "writing.hpp"

namespace taizhang::cmd {

namespace {

struct AuditOptions : WritingOptions {
  ReadingOptions reading;
  model::Note note;  ///< with `audit` it answers that reason
};

/// What git has of the ledgers on the disk; nothing when older ones are read or there is no git.
std::unique_ptr<report::CommitHistory> history_of(const AuditOptions& options,
                                                  const Reading& reading) {
  if (!options.reading.rev.empty()) return nullptr;
  return report::CommitHistory::open(reading.workspace.root);
}

Exit show(Session& session, const AuditOptions& options) {
  auto reading = open_reading(session, options.reading);
  if (!reading) return reading.error();
  const auto history = history_of(options, *reading);
  report::AuditReport report{reading->occasion, reading->place_name(), history.get()};
  for_each_county(session, *reading, [&](const auto& state) { report.add(state); });
  session.emit(std::move(report).finish(), options.reading.format, Places::shown);
  return reading->exit;
}

Diagnostic complaint(std::string_view code, Facts facts) {
  return {Severity::error, code, {}, std::move(facts)};
}

/// Where the note goes: the ledger of the reason’s first place.
struct Found {
  std::string path;
  Place anchor;
  std::string answered;  ///< the day of the note that is there already
};

Exit answer(Session& session, const AuditOptions& options) {
  for (const auto& [option, value] :
       {std::pair{"--by", &options.note.by}, {"--text", &options.note.text}})
    if (value->empty()) {
      session.complain(complaint("missing-option", {{"option", option}, {"command", "audit"}}));
      return Exit::usage;
    }
  if (const auto refused = refuse_revision(session, options.reading)) return *refused;
  auto writing = Writing::begin(session, options);
  if (!writing) return writing.error();
  auto reading = open_reading(session, options.reading);
  if (!reading) return reading.error();
  const auto history = history_of(options, *reading);
  std::optional<Found> found;
  for_each_county(session, *reading, [&](const report::CountyState& state) {
    for (const auto& reason : report::reasons(state, reading->occasion, history.get())) {
      if (found || reason.id != options.note.audit) continue;
      const auto& place = reason.places.front();
      if (!state.loaded->sources.contains(place.village->path)) continue;  // its ledger is gone
      const auto& source = state.loaded->sources.at(place.village->path);
      found = Found{place.village->path, source.place(place.village->info.at), {}};
      if (reason.answer) found->answered = format_date(*reason.answer->date);
    }
  });
  if (!found) {
    session.complain(complaint("audit-id-unknown", {{"id", options.note.audit}}));
    return Exit::usage;
  }
  if (!found->answered.empty()) {
    session.complain(
        complaint("audit-answered", {{"id", options.note.audit}, {"date", found->answered}}));
    return Exit::findings;
  }
  model::Note note = options.note;
  if (!note.date) note.date = session.today();
  const auto added = writing->changes().add(found->path, model::FileKind::village, "note", note);
  if (!added) {
    session.complain(added.error());
    return Exit::unreadable;
  }
  if (const auto refused = writing->judge(found->anchor)) return *refused;
  return writing->save("audit.noted", {{"id", note.audit}, {"path", found->path}});
}

}  // namespace

Runner declare_audit(Arguments& args) {
  auto options = std::make_shared<AuditOptions>();
  args.positional("PLACE", options->reading.place, Need::optional);
  declare_reading(args, options->reading);
  args.option("--answer", options->note.audit);
  args.option("--by", options->note.by);
  args.option("--unit", options->note.unit);
  args.option("--date", options->note.date);
  args.option("--text", options->note.text);
  declare_writing(args, *options);
  return [options](Session& session) {
    return options->note.audit.empty() ? show(session, *options) : answer(session, *options);
  };
}

}  // namespace taizhang::cmd
