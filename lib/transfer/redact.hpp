#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/ledger.hpp"

namespace taizhang::transfer {

/// Takes persons' names out of what leaves the office. Who is named is told by the county's own
/// records: supports, leaders, contacts, grids.
class Redaction {
 public:
  explicit Redaction(const model::CountyLedger& county);

  /// Who did or answers for something: a role stays, a known name becomes the post, what can only be a
  /// name becomes surname and 同志; a name behind a role goes.
  std::string person(const std::string& text) const;

  /// Running text with known names as surname and 同志, private numbers masked.
  std::string words(std::string text) const;

  /// Narrative, which may tell of anybody, is left out as a whole.
  static bool leaves_out(std::string_view key);
  static bool names_person(std::string_view key);

  /// Votes below this number could tell who voted how.
  static constexpr std::int64_t fewest_votes = 5;

 private:
  void know(const std::string& name, const std::string& post);

  std::vector<std::pair<std::string, std::string>> posts_;  ///< by name, the longest name first
};

}  // namespace taizhang::transfer
