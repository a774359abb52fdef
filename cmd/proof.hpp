#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "reading.hpp"
#include "report/table.hpp"
#include "report_header.hpp"
#include "store/recorded_tree.hpp"
#include "store/sidecar.hpp"

namespace taizhang::cmd {

/// Files to be written: name and bytes.
using NewFiles = std::vector<std::pair<std::string, std::string>>;

/// Notes from which files a report is made, while it is made.
class Proof {
 public:
  /// From now on what is read through `reading` is noted; the rule sets that its counties name are too.
  explicit Proof(Reading& reading);

  /// What is to stand beside a report in `folder` (as disk::real_path gives it). The first of `files`
  /// is the report, the others belong to it.
  store::Sidecar sidecar(const ReportHeader& header, const report::Report& report,
                         const std::string& folder, const NewFiles& files) const;

  /// What is no longer as the sidecar has it: files changed, gone or new, seen from the workspace.
  struct Changes {
    std::vector<std::string> changed, gone, added;
    bool none() const { return changed.empty() && gone.empty() && added.empty(); }
  };
  Changes changes_since(const store::Sidecar& sidecar) const;

 private:
  const Reading& reading_;
  std::shared_ptr<store::ReadSums> sums_;
  std::vector<std::string> shipped_rules_;  ///< id, path and hash of those inside the program
};

/// Writes a report with its sidecar beside it. The sidecar is written once: another one that stands
/// there refuses both. Complains: sidecar-exists.
Exit write_with_sidecar(Session& session, const Proof& proof, const ReportHeader& header,
                        const report::Report& report, const Output& output);

}  // namespace taizhang::cmd
