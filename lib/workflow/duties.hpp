#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/ledger.hpp"
#include "workflow/units.hpp"

namespace taizhang::workflow {

// What is to be done after 摘牌 arises by itself, from the day of 摘牌 and county.toml's `follow_up`.

/// "30天", "6个月", "半年", "1年"; nothing for any other text, zero, or more than twenty years.
std::optional<model::Age> parse_age(std::string_view text);

/// The day so long after another one; a month later is the same day of the next month, or its last.
Date day_after(Date day, const model::Age& age);

/// The county's follow-ups in the order of their length; those of 30 days, half a year and one year
/// when it names none. What cannot be read is left out.
std::vector<model::Age> follow_up_schedule(const model::CountyInfo& county);

/// One duty after a 摘牌: the last of a round is 回头看, the others are 跟踪.
struct Duty {
  std::int64_t round = 0;
  model::FollowKind kind{};
  Date delisted{};
  Date due{};
  const model::Follow* done = nullptr;  ///< the record that fulfils it; nullptr while it is open

  bool overdue(Date as_of) const { return !done && due < as_of; }
};

/// The duties of all rounds on the day, by round and due date. A record fulfils every open duty whose
/// time has begun, halfway from the one before (or 摘牌) to its day; only 回头看 fulfils 回头看. After a
/// 反弹, and after a listing in a later round, nothing more is due of the earlier one.
std::vector<Duty> duties(const model::CountyInfo& county, const model::VillageLedger& village,
                         const Units& units, Date as_of);

/// follow-up-unreadable for every length in county.toml that cannot be read.
model::Findings check_follow_up(const model::CountyInfo& county);

}  // namespace taizhang::workflow
