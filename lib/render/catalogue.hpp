#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/diagnostic.hpp"
#include "model/terms.hpp"

namespace taizhang::render {

using model::Language;

/// The texts of data/messages in one language. A part of a text within ⟨…⟩ is printed only when all
/// facts it names are there and not empty: "remove the line⟨, or write \"{nearest}\"⟩".
class Catalogue {
 public:
  explicit Catalogue(Language language);

  /// Commands in remedies say `-C folder` from here on, as whoever reads them has to.
  void point_to(std::string folder) { folder_ = std::move(folder); }

  Language language() const { return language_; }

  /// The text of `id` with `{name}` replaced by the facts (values are made visible; a value that is
  /// a term, and in diagnostics each of a list of terms, is printed in English as "apply (申请销号)"; one that is the id of a type.… or condition.…
  /// label as that label). An id that is unknown prints as itself.
  std::string text(std::string_view id, const Facts& facts = {}) const;

  /// What to do about the diagnostic `id`; empty when the catalogue has none.
  std::string remedy(std::string_view id, const Facts& facts = {}) const;

  /// Text and remedy where no facts are at hand: … stands for each.
  std::string bare_text(std::string_view id) const;
  std::string bare_remedy(std::string_view id) const;

  /// A Chinese term in this language; unknown terms stay as they are.
  std::string term(std::string_view zh) const;

  bool has(std::string_view id) const;

  /// The codes of all diagnostics, sorted.
  std::vector<std::string_view> codes() const;

  /// The code of a diagnostic that was probably meant.
  std::optional<std::string_view> nearest_code(std::string_view word) const;

 private:
  struct Message {
    std::string_view text;
    std::string_view remedy;
  };
  const Message* find(std::string_view id) const;
  std::string fill(std::string_view text, const Facts& facts, bool with_lists) const;
  std::string fact_text(std::string_view value, bool with_lists) const;
  /// Keys of records with what they are called: "field.task.measure field.task.due".
  std::string field_names(std::string_view ids) const;
  std::string list_of_terms(std::string_view words) const;

  Language language_;
  std::string folder_;
  std::unordered_map<std::string_view, Message> messages_;            ///< by id
  std::vector<std::pair<std::string_view, std::string_view>> terms_;  ///< sorted by zh
};

}  // namespace taizhang::render
