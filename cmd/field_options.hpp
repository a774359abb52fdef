#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "base/typed.hpp"
#include "model/field.hpp"

namespace taizhang::cmd {

class Arguments;

/// Options made from the field table: `--heard` for `heard`, `--target-max` for `target_max`. Lists
/// are given by repeating the option, counts and answers as KEY=NUMBER and QUESTION=VALUE.
class FieldOptions {
 public:
  /// Declares an option for every field of the kind except those in `without` and those declared
  /// already. Required fields must be given, but for those in `filled` (the command fills them in)
  /// and unless told not to insist.
  void declare(Arguments& args, const model::RecordKind& kind,
               std::initializer_list<std::string_view> without = {},
               std::initializer_list<std::string_view> filled = {}, bool insist = true);

  /// Puts what was typed into a record of that kind, without white space around it. Diagnostics:
  /// bad-count-option, list-item-joined.
  Diagnostics fill(const model::RecordKind& kind, void* record) const;

  /// Whether a text, choice or date was typed.
  bool has(std::string_view key) const;

  /// What was typed for a list, counts or answers field.
  const std::vector<std::string>& list(std::string_view key) const;

 private:
  std::set<std::string, std::less<>> declared_;
  std::map<std::string, std::string, std::less<>> texts_;
  std::map<std::string, std::optional<std::int64_t>, std::less<>> wholes_;
  std::map<std::string, std::optional<Date>, std::less<>> dates_;
  std::map<std::string, std::vector<std::string>, std::less<>> lists_;
  std::map<std::string, bool, std::less<>> flags_;
};

/// Counts typed as KEY=NUMBER, word by word; others are added to `problems` (bad-count-option).
model::Counts read_counts(std::string_view option, const std::vector<std::string>& words,
                          Diagnostics& problems);

/// Whether one item of a list has a comma in it, as names of units, townships and methods never do.
bool looks_joined(std::string_view item);

}  // namespace taizhang::cmd
