#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "document/records.hpp"

namespace taizhang::document {

/// What a merge has to know of the records.
struct MergeRules {
  Identify identify;
  /// The thing a record belongs to, e.g. the task of an entry; empty where it stands for itself.
  Identify group;
  /// What records added at one place are ordered by, e.g. their day.
  Identify order;
  /// What people call a record.
  Identify name;
  /// Those that are ordered alike stand the other way round: which comes first is nobody's word.
  bool reversed = false;
};

/// Two sides that say different things of the same.
struct MergeConflict {
  enum class Why : std::uint8_t {
    value,      ///< of one key
    removed,    ///< by one side, and changed by the other
    twice,      ///< two new records with one identity
    contested,  ///< records that do not go together
  };
  Why why = Why::value;
  std::string kind;  ///< of the record; empty for the keys above all headers
  std::string name;  ///< of the record, or the group that is contested
  std::string key;
  std::string ours, theirs;  ///< whole lines
};

using MergePiece = std::variant<std::string, MergeConflict>;

/// The merged text in pieces; without conflicts they are the text.
struct Merged {
  std::vector<MergePiece> pieces;

  bool clean() const;
  std::string text() const;
};

/// Merges two versions of a text that both come from `base`, record by record and key by key. What only
/// one side touched is taken over byte by byte with its comments and spacing; both sides' new records
/// are kept, each side's in its order. New records of a `contested` group become a conflict. Which
/// side is ours changes nothing but the order within conflicts and the choice between two spellings.
Merged merge(const Document& base, const Document& ours, const Document& theirs,
             const MergeRules& rules, const std::set<std::string>& contested = {});

}  // namespace taizhang::document
