#pragma once

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "exit.hpp"
#include "model/records.hpp"

namespace taizhang::cmd {

class Session;

/// The files as evidence of a ledger at `ledger_path`: seen from where the user stands, else from
/// the ledger's folder; recorded from the ledger's folder, with their hashes. Complains about what
/// is missing or lies outside the workspace.
tl::expected<std::vector<model::Evidence>, Exit> take_evidence(
    Session& session, const std::string& root, const std::string& ledger_path,
    const std::vector<std::string>& files);

}  // namespace taizhang::cmd
