#pragma once

#include "model/ledger.hpp"
#include "store/tree.hpp"

namespace taizhang::report {

/// Judges the acceptance steps of a village that are decided by a sheet.
/// Findings: rules-unknown, acceptance-sheet-missing (an error where the county names a sheet or
/// scores are written, else a warning), acceptance-other-sheet (note), and those of
/// rules::check_acceptance.
model::Findings check_acceptances(const store::Tree& tree, const model::CountyLedger& county,
                                  const model::VillageLedger& village);

/// rules-unknown or acceptance-sheet-unfit when the sheet that county.toml names cannot serve.
model::Findings check_sheet_setting(const store::Tree& tree, const model::CountyLedger& county);

}  // namespace taizhang::report
