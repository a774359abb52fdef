#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/ledger.hpp"
#include "report/table.hpp"
#include "store/load.hpp"
#include "workflow/units.hpp"
#include "workflow/village_life.hpp"

namespace taizhang::report {

/// For which workspace, round and day a report speaks.
struct Occasion {
  std::string workspace;  ///< its name
  bool example = false;   ///< 示例数据 goes into every heading
  std::int64_t round = 0;
  std::optional<model::Round> dates;  ///< of the round, when the workspace names them
  Date as_of{};
  std::shared_ptr<const store::Tree> evidence = {};  ///< where it is; none: it is not looked at
  /// The last day whose submissions count: a report is handed in after its period's end. Absent is
  /// the day itself.
  std::optional<Date> received = {};

  Date received_by() const { return received.value_or(as_of); }
};

/// The round that holds the day, else the latest one begun, else the first; the day's year when the
/// workspace names none. `wanted` wins.
Occasion occasion(const model::WorkspaceLedger& workspace, Date as_of,
                  std::optional<std::int64_t> wanted = std::nullopt);

/// Why something new of that day does not go into the round without a word: it was over before
/// (round-over).
std::optional<Diagnostic> over_before(const Occasion& occasion, Date day);

struct VillageState {
  const model::TownshipLedger* township = nullptr;
  const model::VillageLedger* ledger = nullptr;
  workflow::VillageLife life;
  std::size_t refused = 0;                   ///< records that the replay did not count
  const document::Source* source = nullptr;  ///< the ledger's text
};

/// A county's complete ledgers, replayed up to the day. Ledgers that are not complete stay out.
struct CountyState {
  const store::LoadedCounty* loaded = nullptr;
  const model::CountyLedger* county = nullptr;
  workflow::Units units{std::span<const model::Unit>{}};
  std::vector<VillageState> villages;  ///< townships and villages by code
  std::vector<const model::TownshipLedger*>
      townships;  ///< whether their ledgers can be read or not
  bool keeps_steps =
      false;  ///< whether the county, not only the place, has such records in the round
  bool keeps_tasks = false;
  std::size_t files = 0;       ///< ledgers of villages found
  std::size_t files_read = 0;  ///< of which complete

  bool whole_roster() const { return county->info.roster == model::Roster::complete; }
};

/// Leaves of a county what is in the township's folder, and of that the village with the code; an
/// empty word leaves all.
void narrow(CountyState& state, std::string_view township, std::string_view village);

/// Gives each village the tasks of every round that exist on the day.
void take_every_task(CountyState& state, Date as_of);

CountyState replay_county(const store::LoadedCounty& loaded, const Occasion& occasion);

/// The line on which the span begins in the village's ledger.
std::uint32_t line_of(const VillageState& village, Span span);

/// The same in any ledger of the county.
std::uint32_t line_of(const CountyState& state, const std::string& path, Span span);

/// A row whose source is that place in the village's ledger.
Row row_at(const VillageState& village, Span at, std::vector<Cell> cells);

/// Counts of tasks; cancelled ones are in no other figure.
struct Tally {
  std::int64_t total = 0;
  std::int64_t pending = 0;
  std::int64_t active = 0;
  std::int64_t applied = 0;
  std::int64_t verified = 0;
  std::int64_t closed = 0;
  std::int64_t cancelled = 0;
  std::int64_t overdue = 0;
  std::int64_t check_overdue = 0;
  std::int64_t suspect = 0;

  void add(const workflow::TaskLife& life, Date as_of);
  void add(const Tally& other);
  Share completion() const { return {closed, total}; }
};

/// A count, or 未填 when the office keeps no record of that kind.
Content count_or_missing(bool kept, std::int64_t count);

/// The user's text, or 未填 when it is empty.
Content text_or_missing(std::string_view text);

/// The date, or 未填.
Content date_or_missing(const std::optional<Date>& date);

/// Lines under every title: whose ledgers, round, day, and 示例数据 where the workspace says so.
std::vector<Label> subtitle(const Occasion& occasion, std::string_view place);

/// Ledgers found and read, over any number of counties.
struct Coverage {
  std::size_t found = 0;
  std::size_t read = 0;
  std::size_t refused = 0;  ///< records that the rules do not count

  void add(const CountyState& state);
  /// Says under the title and at the end what was not read, at the end also what was not counted.
  void tell(Report& report) const;
};

/// Which counties the figures of a report are from, when it spans several.
class Scope {
 public:
  void add(const CountyState& state);
  bool keeps_steps() const { return !steps_.empty(); }
  bool keeps_tasks() const { return !tasks_.empty(); }
  std::size_t counties() const { return all_.size(); }
  /// Notes when the villages listed or the tasks are those of some of the counties only; when there
  /// are none at all, which command comes next.
  std::vector<Label> notes() const;

 private:
  std::vector<std::string> all_, steps_, tasks_;  ///< names of counties
  std::string without_villages_, without_rules_;  ///< the first such county
  bool has_villages_ = false;
};

/// Light of a task: red 逾期, yellow due within `soon_days` or late checks, green closed.
Light light_of(const workflow::TaskLife& life, Date as_of, int soon_days = 7);

}  // namespace taizhang::report
