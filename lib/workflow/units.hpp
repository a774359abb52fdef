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

/// What a county says of a unit.
struct ListedUnit {
  std::string name;  ///< canonical
  std::optional<model::Level> level;
};

/// A unit as somebody wrote it, and what the county says of it. Equal are those of one identity.
class FoundUnit {
 public:
  FoundUnit(std::string_view written, const ListedUnit* listed)
      : written_(written), listed_(listed) {}

  bool is_listed() const { return listed_ != nullptr; }

  /// The listed level; nothing for a unit that the county does not list.
  std::optional<model::Level> level() const { return listed_ ? listed_->level : std::nullopt; }

  /// The name that stands for the unit: its listed name, else what was written, trimmed and NFC.
  std::string identity() const;

  friend bool operator==(const FoundUnit& one, const FoundUnit& other);

 private:
  std::string_view written_;
  const ListedUnit* listed_ = nullptr;
};

/// The county's units: one identity for a unit's name and its aliases.
class Units {
 public:
  explicit Units(std::span<const model::Unit> units);

  /// The unit that is meant; it must not outlive this list, nor what was written.
  FoundUnit find(std::string_view written) const;

  std::string identity(std::string_view written) const { return find(written).identity(); }
  std::optional<model::Level> level(std::string_view written) const {
    return find(written).level();
  }
  bool lists(std::string_view written) const { return find(written).is_listed(); }

  /// The county's own unit that an unlisted spelling was likely meant for; empty when none is near.
  std::string nearest_to(std::string_view written) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const {
      return std::hash<std::string_view>{}(name);
    }
  };
  /// By canonical names and aliases.
  std::unordered_map<std::string, ListedUnit, Hash, std::equal_to<>> by_name_;
};

/// Units of a village's tasks, supports and reassignments that the county does not list, but nearly.
/// Findings: unit-misspelt (warning).
model::Findings check_units(const model::VillageLedger& village, const Units& units);

}  // namespace taizhang::workflow
