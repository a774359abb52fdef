#pragma once

#include <string>

#include <tl/expected.hpp>

#include "model/field.hpp"
#include "reading.hpp"

namespace taizhang::cmd {

/// The ledger that a writing command is about.
struct Target {
  model::FileKind file{};
  std::string path;  ///< from the workspace's root
  std::string name;  ///< of the village, township, county or workspace
  Place anchor;      ///< where its identity stands: refusals of new records are shown there
  store::LoadedCounty loaded;  ///< the county it belongs to; empty for taizhang.toml
  const model::VillageLedger* village = nullptr;  ///< of a village's ledger
};

/// Opens the ledger of that kind which the place names: taizhang.toml for none, a county's,
/// township's or village's. Complains and gives an exit code when the place is larger or smaller
/// (village-wanted, township-wanted, county-wanted), or the ledger cannot be read.
tl::expected<std::unique_ptr<Target>, Exit> open_target(Session& session, const Reading& reading,
                                                        model::FileKind file);

/// The ledger of whatever the place names: village, township or county; else taizhang.toml.
tl::expected<std::unique_ptr<Target>, Exit> open_target(Session& session, const Reading& reading);

}  // namespace taizhang::cmd
