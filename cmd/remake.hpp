#pragma once

#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "proof.hpp"

namespace taizhang::cmd {

/// A report as it was found, with what stands beside it.
struct OldReport {
  std::string file, bytes;
  std::optional<store::Sidecar> sidecar;
  ReportHeader header;
};

/// The same report made again.
struct Remade {
  report::Report report;
  std::string bytes;
  Proof::Changes inputs;  ///< none without a sidecar
};

/// Complains: those of disk::read_file, sidecar-unreadable, reproduce-no-header, reproduce-altered.
tl::expected<OldReport, Exit> read_old_report(Session& session, const std::string& file);

/// Opens the workspace for the place, day and round of the report, as it is or as it was committed.
tl::expected<Reading, Exit> open_for(Session& session, const ReportHeader& header,
                                     const std::string& commit = {});

/// Makes it again from the files of the reading.
Remade remake(Session& session, Reading& reading, const OldReport& old);

/// What the report said, by its sidecar, and what it says now.
report::Table differences(Session& session, const store::Sidecar& sidecar,
                          const report::Report& now);

}  // namespace taizhang::cmd
