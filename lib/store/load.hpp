#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "document/document.hpp"
#include "model/ledger.hpp"
#include "store/workspace.hpp"

namespace taizhang::store {

/// A county with all its ledgers, and the texts they were read from, which lend theirs to the ledgers.
struct LoadedCounty {
  model::CountyLedger ledger;
  Diagnostics diagnostics;                          ///< reading only; sorted by place
  std::map<std::string, document::Source> sources;  ///< by shown path
  std::size_t unreadable = 0;  ///< files and folders of which nothing could be used
};

/// Reads every ledger below the county's folder; one bad file never hides the others.
LoadedCounty load_county(const Workspace& workspace, const CountyFolder& folder);

/// Turns a finding about a record into a diagnostic at its place in the file's text.
Diagnostic locate(const LoadedCounty& county, const std::string& path,
                  const model::Finding& finding);
Diagnostic locate(const document::Source& source, const model::Finding& finding);

}  // namespace taizhang::store
