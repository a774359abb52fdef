#include "target.hpp"

#include <algorithm>

namespace taizhang::cmd {

using model::FileKind;

namespace {

/// The kind of ledger that the place names.
FileKind kind_of(const Reading& reading) {
  if (!reading.village.empty()) return FileKind::village;
  if (!reading.township.empty()) return FileKind::township;
  return reading.place_name().empty() ? FileKind::workspace : FileKind::county;
}

std::string_view wanted_code(FileKind file) {
  switch (file) {
    case FileKind::village:
      return "village-wanted";
    case FileKind::township:
      return "township-wanted";
    default:
      return "county-wanted";
  }
}

/// Fills in path, name and the record's place; false when the ledger could not be read.
bool find_ledger(const Reading& reading, Target& target) {
  const model::CountyLedger& county = target.loaded.ledger;
  Span record{};
  if (target.file == FileKind::county) {
    target.path = county.path;
    target.name = county.info.name;
    record = county.info.at;
  }
  for (const model::TownshipLedger& township : county.townships) {
    if (township.folder != reading.township) continue;
    if (target.file == FileKind::township) {
      target.path = township.path;
      target.name = township.folder;
      record = township.info.at;
    }
    for (const model::VillageLedger& village : township.villages) {
      const std::string_view path =
          std::string_view(village.path).substr(0, village.path.size() - 5);
      if (target.file != FileKind::village || path != reading.village_path) continue;
      target.path = village.path;
      target.name = store::join(township.folder, village.info.name);
      target.village = &village;
      record = village.info.at;
    }
  }
  const auto source = target.loaded.sources.find(target.path);
  if (source == target.loaded.sources.end()) return false;
  target.anchor = source->second.place(record);
  return true;
}

}  // namespace

tl::expected<std::unique_ptr<Target>, Exit> open_target(Session& session, const Reading& reading,
                                                        FileKind file) {
  if (kind_of(reading) != file) {
    Diagnostic diagnostic;
    diagnostic.code = wanted_code(file);
    diagnostic.facts = {{"place", reading.place_name()}};
    session.complain(diagnostic);
    return tl::unexpected{Exit::usage};
  }
  auto target = std::make_unique<Target>();
  target->file = file;
  if (file == FileKind::workspace) {
    target->path = reading.workspace.ledger.path;
    target->name = reading.workspace.ledger.info.name;
    target->anchor.path = target->path;
    return target;
  }
  target->loaded = store::load_county(reading.workspace, reading.counties.front());
  if (target->loaded.ledger.readable && find_ledger(reading, *target)) return target;
  session.complain(target->loaded.diagnostics);
  return tl::unexpected{Exit::unreadable};
}

tl::expected<std::unique_ptr<Target>, Exit> open_target(Session& session, const Reading& reading) {
  return open_target(session, reading, kind_of(reading));
}

}  // namespace taizhang::cmd
