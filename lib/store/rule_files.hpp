#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "document/document.hpp"
#include "model/ledger.hpp"
#include "store/tree.hpp"

namespace taizhang::store {

/// A rule set as read: usable only without errors.
struct LoadedRules {
  std::optional<model::RuleSet> rules;
  Diagnostics diagnostics;
  std::optional<document::Source> source;
};

/// Reads `rules/<id>.toml` of the workspace, else the one inside the program.
/// Diagnostics: rules-unknown (with the nearest id), those of reading, rules-id-differs.
LoadedRules load_rules(const Tree& tree, std::string_view id);

/// Every file of the workspace's folder rules/, by name, whether good or not. A folder that cannot be
/// listed is one rule set that was lost.
std::vector<LoadedRules> load_local_rules(const Tree& tree);

/// Ids of all rule sets at hand, local and inside the program, sorted, each once.
std::vector<std::string> rule_set_ids(const Tree& tree);

}  // namespace taizhang::store
