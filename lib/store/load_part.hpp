#pragma once

#include <string>

#include "store/load.hpp"

namespace taizhang::store {

/// Which ledgers of villages are wanted; what is empty leaves nothing out.
struct Part {
  std::string township;  ///< its folder
  std::string village;   ///< its ledger's file name without .toml
  std::string code =
      {};  ///< of a village: townships whose code it does not begin with are left out
  std::string says = {};  ///< bytes that a ledger must hold
};

/// Reads that part of a county and all that stands above it. For who asks only about one village.
LoadedCounty load_part(const Workspace& workspace, const CountyFolder& folder, const Part& part);

}  // namespace taizhang::store
