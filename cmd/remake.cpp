#include "remake.hpp"

#include "base/disk.hpp"
#include "base/hash.hpp"
#include "render/cell.hpp"
#include "report/correction.hpp"
#include "report/figure_lines.hpp"

namespace taizhang::cmd {

namespace {

tl::unexpected<Exit> refuse(Session& session, std::string_view code, const std::string& file,
                            Exit exit) {
  session.complain({Severity::error, code, {}, {{"file", file}}});
  return tl::unexpected{exit};
}

}  // namespace

tl::expected<OldReport, Exit> read_old_report(Session& session, const std::string& file) {
  auto bytes = disk::read_file(file, file, disk::max_evidence_bytes);
  if (!bytes) {
    session.complain(bytes.error());
    return tl::unexpected{Exit::unreadable};
  }
  OldReport old{file, std::move(*bytes), {}, {}};
  const std::string beside = store::sidecar_path(file);
  if (disk::exists(beside)) {
    const auto text = disk::read_file(beside, beside, disk::max_evidence_bytes);
    if (text) old.sidecar = store::parse_sidecar(*text);
    if (!old.sidecar) return refuse(session, "sidecar-unreadable", beside, Exit::unreadable);
    // a report that was edited says nothing about the ledgers
    if (old.sidecar->sums.front().sha256 != sha256(old.bytes))
      return refuse(session, "reproduce-altered", file, Exit::findings);
  }
  const auto header = old.sidecar ? header_in(*old.sidecar) : header_in(old.bytes);
  if (!header) return refuse(session, "reproduce-no-header", file, Exit::usage);
  old.header = *header;
  return old;
}

tl::expected<Reading, Exit> open_for(Session& session, const ReportHeader& header,
                                     const std::string& commit) {
  ReadingOptions wanted;
  wanted.rev = commit;
  wanted.as_of = header.as_of;
  wanted.round = header.round;
  auto all = open_reading(session, wanted, Complaints::kept);
  if (!all) return all;
  if (header.place != all->occasion.workspace) wanted.place = header.place;
  auto reading = open_reading(session, wanted);
  if (reading) reading->occasion.received = header.received;
  return reading;
}

Remade remake(Session& session, Reading& reading, const OldReport& old) {
  const Proof proof{reading};
  Remade made{make_report(session, reading, old.header.wanted), {}, {}};
  Output output = old.header.output;
  output.file = ".";  // as in a file: no colour
  const model::Language language = session.catalogue().language();
  session.set_language(old.header.language);
  made.bytes = session.document(made.report, output);
  session.set_language(language);
  if (old.sidecar) made.inputs = proof.changes_since(*old.sidecar);
  return made;
}

report::Table differences(Session& session, const store::Sidecar& sidecar,
                          const report::Report& now) {
  return report::correction_table(sidecar.figures, report::figure_lines(now), now,
                                  [&](const report::Content& content) {
                                    return render::content_text(session.catalogue(), content);
                                  });
}

}  // namespace taizhang::cmd
