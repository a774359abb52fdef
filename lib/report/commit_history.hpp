#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/load.hpp"
#include "store/revision.hpp"
#include "store/workspace.hpp"
#include "workflow/audit.hpp"

namespace taizhang::report {

/// What git has of a workspace: the ledgers as last committed, and when their entries came to them.
class CommitHistory {
 public:
  /// Nothing when the workspace is in no git repository, or nothing is committed there.
  static std::unique_ptr<CommitHistory> open(const std::string& root);

  /// Of the county with that county.toml; nothing when it was not committed. Failures: git-failed.
  workflow::Committed of(const model::CountyLedger& county);

 private:
  struct Line {
    std::string commit;
    Date day{};
  };

  CommitHistory(store::Revision head, store::Workspace workspace)
      : head_(std::move(head)), workspace_(std::move(workspace)) {}
  const std::vector<Line>& lines(const std::string& path);
  std::optional<Date> day_of(const store::LoadedCounty& county, const model::VillageLedger& village,
                             const model::Entry& entry);

  store::Revision head_;
  store::Workspace workspace_;
  std::map<std::string, std::unique_ptr<store::LoadedCounty>> counties_;  ///< by path
  std::map<std::string, std::vector<Line>> lines_;                        ///< by path
};

}  // namespace taizhang::report
