#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reading.hpp"
#include "report/table.hpp"
#include "report_header.hpp"
#include "store/last_commit.hpp"
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
  /// Names the commit that was read, or the last one when that holds all that was read.
  store::Sidecar sidecar(const ReportHeader& header, const report::Report& report,
                         const std::string& folder, const NewFiles& files);

  /// What is no longer as the sidecar has it: files changed, gone or new, seen from the workspace.
  struct Changes {
    std::vector<std::string> changed, gone, added;
    bool none() const { return changed.empty() && gone.empty() && added.empty(); }
  };
  Changes changes_since(const store::Sidecar& sidecar) const;

 private:
  std::string commit_read();

  const Reading& reading_;
  std::optional<store::LastCommit> last_commit_;  ///< opened when a sidecar is made
  std::shared_ptr<store::ReadSums> sums_;
  std::vector<std::string> shipped_rules_;  ///< id, path and hash of those inside the program
};

/// Writes a report with its sidecar beside it. The sidecar is written once: another one that stands
/// there refuses both, unless only the commit is another. Complains: sidecar-exists.
Exit write_with_sidecar(Session& session, Proof& proof, const ReportHeader& header,
                        const report::Report& report, const Output& output);

}  // namespace taizhang::cmd
