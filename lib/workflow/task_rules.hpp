#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "model/records.hpp"
#include "model/terms.hpp"
#include "workflow/task_life.hpp"

namespace taizhang::workflow {

// The task table of the file format as data; README and help print it from here.

/// A set of states or levels as bits.
template <class Enum>
struct Set {
  std::uint8_t bits = 0;
  constexpr Set() = default;
  constexpr Set(std::initializer_list<Enum> items) {
    for (Enum item : items) bits |= static_cast<std::uint8_t>(1u << static_cast<unsigned>(item));
  }
  constexpr bool has(Enum item) const { return (bits >> static_cast<unsigned>(item)) & 1u; }
};

/// One line of the table: where an action is allowed, where it leads, what its entry needs.
struct TaskRule {
  model::Action action{};
  Set<TaskState> from;
  std::optional<TaskState> to;                ///< nothing: the state stays
  Set<model::Level> levels;                   ///< who may write it
  bool no_doer = false;                       ///< person and unit must not be among the doers
  std::span<const std::string_view> needs;    ///< keys without which the entry is refused
  std::span<const std::string_view> accepts;  ///< further keys that mean something in it

  /// Keys of an entry besides those that every entry has (`common_entry_keys`).
  bool uses(std::string_view key) const;
  /// Needed keys that the entry does not have.
  std::vector<std::string_view> missing_keys(const model::Entry& entry) const;
  /// Keys that the entry has and that mean nothing in it.
  std::vector<std::string_view> unused_keys(const model::Entry& entry) const;
};

/// task, date, action, by, unit, level and text: every entry may have them.
std::span<const std::string_view> common_entry_keys();

const TaskRule& rule_of(model::Action action);
std::span<const TaskRule> task_rules();

}  // namespace taizhang::workflow
