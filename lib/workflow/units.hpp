#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "model/ledger.hpp"

namespace taizhang::workflow {

/// The county's units: one identity for a unit's name and its aliases.
class Units {
 public:
  explicit Units(std::span<const model::Unit> units);

  /// The name that stands for the unit: its listed name, else what was written, trimmed and NFC.
  std::string identity(std::string_view written) const;

  /// The listed level; nothing for a unit that the county does not list.
  std::optional<model::Level> level(std::string_view written) const;

  bool lists(std::string_view written) const;

  /// The county's own unit that an unlisted spelling was likely meant for; empty when none is near.
  std::string nearest_to(std::string_view written) const;

 private:
  struct Listed {
    std::string name;  ///< canonical
    std::optional<model::Level> level;
  };
  const Listed* find(std::string_view written) const;

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const {
      return std::hash<std::string_view>{}(name);
    }
  };
  /// By canonical names and aliases.
  std::unordered_map<std::string, Listed, Hash, std::equal_to<>> by_name_;
};

/// Units of a village's tasks, supports and reassignments that the county does not list, but nearly.
/// Findings: unit-misspelt (warning).
model::Findings check_units(const model::VillageLedger& village, const Units& units);

}  // namespace taizhang::workflow
