#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "model/ledger.hpp"
#include "report/state.hpp"
#include "sheet/header.hpp"
#include "sheet/sheet.hpp"
#include "store/change_set.hpp"
#include "store/load.hpp"
#include "transfer/mapping.hpp"

namespace taizhang::transfer {

/// 新 改 同 拒, and 略: a sum line or a remark.
enum class Fate : std::uint8_t { added, changed, same, refused, aside };

/// One fact of a record that is there already.
struct FactChange {
  std::string heading;
  std::string before;  ///< empty: was not filled in
  std::string after;
};

/// What becomes of one row.
struct RowFate {
  std::uint32_t row = 0;
  Fate fate = Fate::same;
  std::string place;   ///< of the ledger, as people call it
  std::string record;  ///< which of its records; empty for villages
  std::vector<FactChange> changes;
  Diagnostics reasons;    ///< of a refusal, each at its cell
  std::string path;       ///< of the ledger
  std::string_view kind;  ///< of the record
};

/// A column of the sheet that rows are read from.
struct BoundColumn {
  std::uint32_t column = 0;
  std::string heading;
  std::string key;
  std::vector<sheet::Merged> merged;  ///< cells of several rows that begin here, by their first row
};

/// A sheet with its header understood.
struct BoundSheet {
  std::string path;  ///< as messages call the file
  const sheet::Sheet* sheet = nullptr;
  sheet::Header header;
  std::vector<BoundColumn> columns;   ///< two of one column of the sheet where it tells two keys
  std::vector<std::string> left_out;  ///< headings that nobody knows, with their columns
  std::string sibling;                ///< tasks for problems and the other way round
  std::vector<std::string> siblings;  ///< headings that it knows; one sheet may hold both
  /// Warnings: import-sheet-left (another could be read too), import-sheet-skipped (no header, or one
  /// that lacks a needed column).
  Diagnostics other_sheets;

  const BoundColumn* find(std::string_view key) const;
};

/// Finds the sheet and the header. Diagnostics: import-no-sheet, import-no-header, import-no-column,
/// import-column-twice, import-redacted.
tl::expected<BoundSheet, Diagnostics> bind_sheet(std::string path,
                                                 const std::vector<sheet::Sheet>& sheets,
                                                 const Mapping& mapping, const KindInfo& kind,
                                                 std::string_view wanted_sheet = {});

/// A ledger that an import makes.
struct NewLedger {
  std::string path;
  model::VillageInfo village;    ///< of village ledgers
  model::TownshipInfo township;  ///< of township ledgers
  bool is_township = false;
};

/// Everything an import would do, before anybody judged it.
struct Plan {
  std::string path;            ///< of the sheet, as messages call it
  std::vector<RowFate> fates;  ///< by row
  std::vector<NewLedger> created;
};

/// What an import knows of the world.
struct Surroundings {
  const store::Workspace* workspace = nullptr;
  std::vector<store::CountyFolder> counties;  ///< the ones that rows may belong to
  report::Occasion occasion;                  ///< of records without a round
  Date today{};
  const model::RuleSet* rules = nullptr;  ///< for answers
  std::function<void(std::size_t row)> progress = {};
};

/// Compares the rows with the ledgers and notes the changes; `refused` are rows that must not be
/// taken. Nothing but the ledgers is ever compared with: the same sheet again
/// changes nothing.
Plan make_plan(const Surroundings& surroundings, const KindInfo& kind, const BoundSheet& bound,
               const Mapping& mapping, const std::map<std::uint32_t, RowFate>& refused,
               store::ChangeSet& changes);

/// The rows whose record the finding is about, by its place in the text as it would be.
std::vector<std::uint32_t> rows_at(const Plan& plan, const std::string& path,
                                   const std::string& new_text, std::uint32_t line);

/// Which key stands on that line of the text.
std::string key_at(const std::string& path, const std::string& text, std::uint32_t line);

}  // namespace taizhang::transfer
