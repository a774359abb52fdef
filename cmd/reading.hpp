#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "base/period.hpp"
#include "command.hpp"
#include "report/state.hpp"
#include "session.hpp"
#include "store/load.hpp"
#include "store/workspace.hpp"

namespace taizhang::cmd {

/// What every reading command takes: for which place, day and round, and in which format.
struct ReadingOptions {
  std::string place;  ///< county, township or village; empty: everything
  std::optional<Date> as_of;
  std::optional<std::int64_t> round;
  std::string
      rev;  ///< a commit or day of which the ledgers are read; empty: as they are on the disk
  bool staged = false;  ///< what is staged for the next commit, instead
  Output format;
};

/// Declares --format, -o and --csv-for.
void declare_output(Arguments& args, Output& output);

/// Complains and gives the exit code when such a document cannot go there: a workbook on a terminal, a
/// file that would stand where a ledger may, a CSV option for something else.
std::optional<Exit> refuse_output(Session& session, const Output& output);

/// Declares --rev.
void declare_revision(Arguments& args, ReadingOptions& options);

/// Complains and gives the exit code when somebody wants to write into what was committed.
std::optional<Exit> refuse_revision(Session& session, const ReadingOptions& options);

/// Declares --as-of, --rev, --round and what declare_output does.
void declare_reading(Arguments& args, ReadingOptions& options);

/// An opened workspace and a place in it.
struct Reading {
  store::Workspace workspace;
  std::string commit;  ///< the id of the one that is read; empty when the disk is
  report::Occasion occasion;
  std::vector<store::CountyFolder> counties;  ///< the ones that the place is in
  std::string county;  ///< of the place: folder names and a code, empty where the place is larger
  std::string township;
  std::string village;       ///< 12-digit code
  std::string village_path;  ///< of its ledger, without .toml
  std::string village_name;
  Exit exit = Exit::done;

  /// What reports call the place; empty for the whole workspace.
  std::string place_name() const;
};

enum class Complaints : std::uint8_t { told, kept };  ///< about taizhang.toml and folders

/// Opens the workspace and finds the place: a county, `county/township`, township, 12-digit code,
/// path of a ledger, `township/village` or the name of one village.
/// With --rev all that is read comes from that commit, which is told on standard error.
/// Complains and gives an exit code when there is no workspace, no such revision or no such place.
tl::expected<Reading, Exit> open_reading(Session& session, const ReadingOptions& options,
                                         Complaints complaints = Complaints::told);
/// The same for a place as it is today, with nothing else asked for.
tl::expected<Reading, Exit> open_place(Session& session, const std::string& place);

/// The round of something new on that day, unless it has one: the present one. Complains and gives the
/// exit code when that was over before the day.
std::optional<Exit> choose_round(Session& session, const Reading& reading,
                                 std::optional<std::int64_t>& round, Date day);

/// The rounds of the workspace with their dates, for a message.
std::string round_names(Session& session, const model::WorkspaceLedger& workspace);

/// Complains and gives the exit code when the period is in no round, or was over before the one asked for.
std::optional<Exit> refuse_period(Session& session, const Reading& reading, const Period& period,
                                  std::optional<std::int64_t> round);

/// Loads the place's counties with the session's workers, complains about what cannot be read, and hands
/// each on with the ledgers of the place only: one at a time and in their order, but on any worker.
void for_each_county(Session& session, Reading& reading,
                     const std::function<void(const report::CountyState&)>& use);

/// The one village of the place; complains and gives an exit code when the place is larger.
struct OneVillage {
  store::LoadedCounty loaded;
  report::CountyState state;
  const report::VillageState* village = nullptr;
};

/// How much of the village's county is read. Who asks only about the village itself needs no other.
enum class Around : std::uint8_t { county, nothing };
tl::expected<std::unique_ptr<OneVillage>, Exit> open_village(Session& session, Reading& reading,
                                                             Around around = Around::county);

/// Complains that the village has no such task, with the nearest id.
Exit unknown_task(Session& session, const OneVillage& one, const std::string& task);

/// Complains when no rule set has that id, and gives the exit code; an empty id is none to complain of.
std::optional<Exit> refuse_unknown_rules(Session& session, const Reading& reading,
                                         const std::string& id);

/// The rule set the county names, or `wanted`; complains and gives nothing when it cannot be used.
std::optional<model::RuleSet> county_rules(Session& session, Reading& reading,
                                           const model::CountyLedger& county,
                                           const std::string& wanted = "");

}  // namespace taizhang::cmd
