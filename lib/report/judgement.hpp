#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "store/workspace.hpp"

namespace taizhang::report {

/// Everything that can be said against some ledgers, from syntax to replays.
struct Judgement {
  Diagnostics diagnostics;
  std::size_t ledgers = 0;     ///< of villages
  std::size_t unreadable = 0;  ///< files of which nothing could be used
};

/// Judges a county as `check` does; nothing in it may be dated after `today`.
Judgement judge_county(const store::Workspace& workspace, const store::CountyFolder& folder,
                       Date today, bool strict = false);

/// Judges the workspace's own rule sets.
Judgement judge_rules(const store::Workspace& workspace, bool strict = false);

/// How `judge` goes about it.
struct Manner {
  std::size_t jobs = 1;  ///< counties at once
  bool strict = false;   ///< toml++ reads every file as well; code readers-disagree
};

/// Judges taizhang.toml, the rule sets and those counties, in the order of their places.
Judgement judge(const store::Workspace& workspace, const std::vector<store::CountyFolder>& counties,
                Date today, Manner manner);

/// The findings of `after` that `before` did not have, wherever in its file each stands.
Diagnostics news(const Diagnostics& before, const Diagnostics& after);

}  // namespace taizhang::report
