#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "document/document.hpp"

namespace taizhang::report {

/// One fact that two versions of a ledger do not say alike.
struct FactChange {
  enum class What : std::uint8_t { added, removed, changed, unreadable };

  What what = What::changed;
  std::string kind;                  ///< of the record; empty for the keys above all headers
  std::string name;                  ///< of the record, as people call it
  std::string task;                  ///< that it belongs to
  std::string key;                   ///< of a change
  std::string old_value, new_value;  ///< of a change; of a record what it is about

  friend bool operator==(const FactChange&, const FactChange&) = default;
};

/// What became different, in the order of the later text, what is gone last. A text that is not there
/// is nothing; one that cannot be understood gives `unreadable`. Comments and places say nothing.
std::vector<FactChange> fact_changes(const std::optional<std::string>& before,
                                     const std::optional<std::string>& after);

}  // namespace taizhang::report
