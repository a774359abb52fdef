#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "base/lent_text.hpp"
#include "base/period.hpp"
#include "model/terms.hpp"

namespace taizhang::cmd {

enum class Need : std::uint8_t { optional, required };

/// One option as declared.
struct DeclaredOption {
  std::vector<std::string> names;  ///< "-n", "--dry-run"
  bool takes_value = false;
  std::vector<std::string> choices;  ///< empty when any value will do
  bool repeated = false;             ///< may be given again and again
};

/// One word without a dash as declared.
struct DeclaredWord {
  std::string name;                  ///< "VILLAGE"
  std::vector<std::string> choices;  ///< what was offered for it
  bool repeated = false;             ///< takes all further words
};

/// The name of one of `options` that was likely meant by `name`; empty when none is near. A single
/// letter is no clue.
std::string nearest_option(std::string_view name, std::span<const DeclaredOption> options);

/// The options and words a command takes, bound to variables which must outlive `parse`. What they
/// mean stands in the command's page. `names` are like "-n,--dry-run".
class Arguments {
 public:
  /// `command` is what messages call it; empty for the program itself.
  explicit Arguments(std::string_view command, std::string_view first_word = {});
  ~Arguments();
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;

  /// What was typed first after the command's name: some commands take other options with each
  /// kind of thing. Empty when nothing is known of it.
  std::string_view first_word() const { return first_word_; }

  void flag(std::string_view names, bool& value);
  void option(std::string_view names, std::string& value, Need need = Need::optional);
  void option(std::string_view names, Text& value, Need need = Need::optional);
  void option(std::string_view names, std::optional<std::string>& value,
              Need need = Need::optional);
  void option(std::string_view names, std::optional<Date>& value, Need need = Need::optional);
  void option(std::string_view names, std::optional<Period>& value, Need need = Need::optional);
  void option(std::string_view names, std::optional<std::int64_t>& value,
              Need need = Need::optional);
  /// May be given again and again; values in the order typed.
  void option(std::string_view names, std::vector<std::string>& values, Need need = Need::optional);

  /// The value must be one of `choices`; `value` keeps its default when the option is not given.
  void choice(std::string_view names, std::string& value,
              std::initializer_list<std::string_view> choices);

  /// The same with the choices of a field of the file format.
  void choice(std::string_view names, std::string& value, std::span<const std::string_view> choices,
              Need need = Need::optional) {
    add_choice(
        names, choices, [&value](std::string_view word) { value = word; }, need);
  }

  /// One of the terms of an enum of the file format.
  template <class Enum>
  void choice(std::string_view names, std::optional<Enum>& value, Need need = Need::optional) {
    add_choice(
        names, model::terms_of<Enum>,
        [&value](std::string_view word) { value = model::from_term<Enum>(word); }, need);
  }

  /// A word without a dash in front; they are taken in the order declared.
  void positional(std::string_view name, std::string& value, Need need = Need::required);
  void positional(std::string_view name, Text& value, Need need = Need::required);
  /// All further words; declared last.
  void rest(std::string_view name, std::vector<std::string>& values, Need need = Need::optional);

  /// A word that the one declared last can be. For completion only: whether a typed word will do,
  /// the command says itself.
  void offer(std::string_view word);

  /// Reads the words (without program and command name) into the variables. Diagnostics:
  /// unknown-option, option-needs-value, option-twice, flag-takes-no-value, bad-date-option,
  /// bad-period-option, bad-number-option, bad-choice-option, missing-option, missing-argument,
  /// extra-argument, wide-dash, wide-quotes.
  Diagnostics parse(std::vector<std::string> words);

  /// In the order declared, without positionals.
  std::vector<DeclaredOption> declared() const;
  /// The positionals, in the order declared.
  std::vector<DeclaredWord> declared_words() const;

 private:
  using Take = std::function<std::optional<Diagnostic>(const std::string& word)>;
  struct Item;

  void add_option(std::string_view names, Need need, bool repeated, Take take);
  void add_choice(std::string_view names, std::span<const std::string_view> choices,
                  std::function<void(std::string_view)> set, Need need);
  void add_positional(std::string_view name, Need need, bool repeated, Take take);
  Diagnostic wrong(std::string_view code, Facts facts) const;
  Diagnostic unknown_option(const std::string& word) const;

  struct Parser;  ///< CLI11, kept out of every other file
  std::unique_ptr<Parser> parser_;
  std::vector<Item> items_;
  std::string command_;
  std::string first_word_;
};

}  // namespace taizhang::cmd
