#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/ledger.hpp"

namespace taizhang::workflow {

// What the records of a file, or of several, say against each other. Replays are judged by
// `replay_village`; how a single value is written is judged when it is read.

/// A finding and the file it belongs to.
struct FileFinding {
  std::string path;
  model::Finding finding;
};

/// Judges one village's ledger by itself. `rounds` are the years of the workspace; nothing may be
/// dated after `today`.
/// Findings: duplicate-id, dangling-reference(-near), round-unknown, date-in-future, date-order,
/// problem-required, target-range, task-incomplete (warning), heard-more-than-there-are (warning),
/// code-outside-township, township-differs, file-name-differs (note), step-result-missing,
/// step-reason-missing, withdrawal-reason-missing.
model::Findings check_village(const model::VillageLedger& village,
                              const model::TownshipLedger& township,
                              const std::vector<std::int64_t>& rounds, Date today);

/// Judges what several files of a county say together.
/// Findings: code-outside-county, township-differs, township-unknown, date-order,
/// village-unknown, unit-twice, submission-twice (warning), submission-before-period,
/// former-code-in-use, follow-up-unreadable, and what check_village, check_chain and check_shortcuts
/// find in each village.
std::vector<FileFinding> check_county(const model::CountyLedger& county,
                                      const std::vector<std::int64_t>& rounds, Date today);

}  // namespace taizhang::workflow
