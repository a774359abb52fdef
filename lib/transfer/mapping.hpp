#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "base/diagnostic.hpp"
#include "model/ledger.hpp"
#include "sheet/header.hpp"
#include "transfer/kind.hpp"

namespace taizhang::transfer {

/// Before the id of a question, in keys of answers.
inline constexpr std::string_view answer_prefix = "answers.";

/// The column of tasks that tells their problem in its own words.
inline constexpr std::string_view problem_text = "problem_text";

/// What offices call a key at the head of such a sheet; the key itself where nothing is known. `kind` is
/// one of export_kinds.
std::string office_heading(std::string_view kind, std::string_view key);

/// The key of one of several counts: heard.members.
std::string count_key(const model::Field& field, std::string_view count);

/// Which heading means which key: the keys themselves, the usual Chinese headings (data/import), the
/// ids and labels of questions, and what the office's own mapping file says, which wins.
class Mapping {
 public:
  /// `rules` for answers only.
  explicit Mapping(const KindInfo& kind, const model::RuleSet* rules = nullptr);

  /// Takes in a mapping file: [columns] with HEADING = "key" ("" leaves a column out on purpose) and
  /// [fixed] with key = value for all rows. Diagnostics: those of document::parse, map-key-unknown,
  /// map-not-text.
  tl::expected<void, Diagnostics> add_file(std::string path, std::string text);

  /// A value for a key in all rows that have no cell of their own for it. Diagnostics:
  /// map-key-unknown.
  tl::expected<void, Diagnostic> fix(std::string_view key, std::string value);

  /// Empty for a column that is left out on purpose; nothing for a heading that nobody knows.
  std::optional<std::string> key_of(const sheet::Heading& heading) const;

  const std::map<std::string, std::string, std::less<>>& fixed() const { return fixed_; }

  /// All keys that a column can have.
  const std::vector<std::string>& keys() const { return keys_; }

 private:
  void add_alias(std::string_view heading, std::string_view key);
  bool is_key(std::string_view key) const;
  std::optional<std::string> look_up(std::string_view heading) const;

  std::vector<std::string> keys_;
  std::map<std::string, std::string, std::less<>> aliases_;
  std::map<std::string, std::string, std::less<>> own_;  ///< of the mapping file
  std::map<std::string, std::string, std::less<>> fixed_;
};

}  // namespace taizhang::transfer
