#pragma once

#include <string_view>

#include <tl/expected.hpp>

#include "model/ledger.hpp"
#include "store/workspace.hpp"
#include "transfer/row.hpp"

namespace taizhang::transfer {

/// The county a row belongs to: by the code, by its county column, or the only one. Diagnostics, at
/// their cells: import-county-unknown, import-county-wanted, those of read_code.
tl::expected<const store::CountyFolder*, Diagnostic> find_county(
    const std::vector<store::CountyFolder>& counties, const RowCells& cells);

/// Whether a cell names the township: by its folder, name or code; 汤峪 names 汤峪镇.
bool is_township(const model::TownshipLedger& township, std::string_view cell);

struct FoundVillage {
  const model::TownshipLedger* township = nullptr;
  const model::VillageLedger* village = nullptr;
  Diagnostic why = {};        ///< when there is none
  std::string_view key = {};  ///< the column to blame
};

/// The village a row is about, by code or by township and name. Diagnostics: import-village-unknown,
/// import-village-ambiguous, import-village-differs, those of read_code.
FoundVillage find_village(const model::CountyLedger& county, const RowCells& cells);

}  // namespace taizhang::transfer
