#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "model/ledger.hpp"
#include "workflow/units.hpp"

namespace taizhang::workflow {

// Reasons to look, never an accusation: each pattern has one definition (cmd/audit.md), shows its
// lines, and can be answered by a [[note]]. No person is counted or ranked.

enum class Pattern : std::uint8_t {
  reused,       ///< one file is evidence of several tasks
  similar,      ///< near-same texts in evidence or applications of several tasks
  older,        ///< evidence whose dates are all before the task began
  bulk,         ///< most of a period’s 销号 on its last day
  same_day,     ///< applied for on the day of its only 进展
  nothing_new,  ///< applied for again after 退回 or 重开 without a new 进展
  moved,        ///< deadline moved just before it passed
  backdated,    ///< written after entries that are dated much later
  back_again,   ///< the same type of problem back soon after it was solved
  mutual,       ///< two units that check each other
  removed,      ///< a record of the last commit that is gone or reads differently
  committed,    ///< committed long after the claimed date
};
inline constexpr std::size_t pattern_count = 12;

/// "reused-evidence": how a pattern is called in files and on the command line.
std::string_view name_of(Pattern pattern);

/// Where the definitions draw their lines.
struct AuditBounds {
  std::size_t letters = 30;  ///< similar: shorter texts are not compared
  double likeness = 0.9;     ///< similar: from here on
  std::size_t closings = 5;  ///< bulk: so many on the day, and more than half of the period’s
  int days_before = 3;       ///< moved: so many days before the due date, or fewer
  int days_later = 15;       ///< backdated: below an entry dated so many days later, or more
  int months = 12;           ///< back_again: within so many months
  int days_committed = 31;   ///< committed: so many days after its date, or more
};

struct AuditPlace {
  const model::VillageLedger* village = nullptr;
  std::string subject;  ///< id of a task or problem
  std::int64_t round = 0;
  Span at;
};

struct Reason {
  Pattern pattern{};
  std::vector<AuditPlace> places;  ///< the first is the one to look at first
  Facts facts;
  std::string id;                       ///< 8 digits; another reason, other digits
  const model::Note* answer = nullptr;  ///< the note that answers it
};

/// The text of a piece of evidence; empty when it is none, gone or changed.
using EvidenceText = std::function<std::string(const model::VillageLedger& village,
                                               const model::Evidence& evidence)>;

/// What git has of the county’s ledgers; without git nothing.
struct Committed {
  const model::CountyLedger* county = nullptr;  ///< as last committed
  /// The day on which an entry of that county came to its ledger; nothing when it came with the
  /// whole ledger, or nobody can tell.
  std::function<std::optional<Date>(const model::VillageLedger& village, const model::Entry& entry)>
      day_of = {};
};

/// What the county’s ledgers give reason to look at on the day, pattern by pattern, in the order of
/// the ledgers.
std::vector<Reason> audit(const model::CountyLedger& county, const Units& units, Date as_of,
                          const EvidenceText& text_of, const AuditBounds& bounds = {},
                          const Committed& committed = {});

}  // namespace taizhang::workflow
