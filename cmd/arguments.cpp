#include "arguments.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "base/typed.hpp"

namespace taizhang::cmd {

struct Arguments::Parser {
  CLI::App app;
};

struct Arguments::Item {
  CLI::Option* option = nullptr;
  std::string shown;  ///< "--by", "-C" or "VILLAGE"
  DeclaredOption declared;
  bool is_positional = false;
  bool repeated = false;
  Need need = Need::optional;
  Take take;             ///< of one value
  bool* flag = nullptr;  ///< of a flag
};

namespace {

/// More than can be typed. CLI11 has its own way of saying "any number", which splits `[a,b]`.
constexpr int any_number = 1 << 20;

std::vector<std::string> split_names(std::string_view names) {
  std::vector<std::string> split;
  while (!names.empty()) {
    const std::size_t comma = std::min(names.find(','), names.size());
    split.emplace_back(names.substr(0, comma));
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return split;
}

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

/// As an office program makes of `--by`: —by, –by or －－by.
bool begins_with_wide_dash(std::string_view word) {
  for (const std::string_view dash : {"—", "–", "－", "―", "−"})
    if (word.starts_with(dash) || (word.starts_with('-') && word.substr(1).starts_with(dash)))
      return word.size() > dash.size() + 1;
  return false;
}

/// As Chinese typing makes of `"李四"`, which a shell does not take for quotes: “李四”, or “李 of
/// “李 四”. Quotes around a part of the value only are its own.
bool is_in_wide_quotes(std::string_view value) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> quotes{
      {{"“", "”"}, {"‘", "’"}, {"「", "」"}, {"『", "』"}, {"＂", "＂"}}};
  for (const auto& [opens, closes] : quotes)
    if (value.starts_with(opens)) {
      const std::size_t end = value.find(closes, opens.size());
      return end == std::string_view::npos || end + closes.size() == value.size();
    }
  return false;
}

}  // namespace

std::string nearest_option(std::string_view name, std::span<const DeclaredOption> options) {
  if (!name.starts_with("--")) return {};
  std::vector<std::string_view> known;
  for (const DeclaredOption& option : options)
    known.insert(known.end(), option.names.begin(), option.names.end());
  return std::string(nearest(name, known).value_or(""));
}

Arguments::Arguments(std::string_view command, std::string_view first_word)
    : parser_(std::make_unique<Parser>()), command_(command), first_word_(first_word) {
  parser_->app.set_help_flag();
  parser_->app.allow_extras();
}

Arguments::~Arguments() = default;

Diagnostic Arguments::wrong(std::string_view code, Facts facts) const {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.facts = std::move(facts);
  diagnostic.facts.emplace_back("command", command_);
  return diagnostic;
}

void Arguments::flag(std::string_view names, bool& value) {
  Item item;
  item.option = parser_->app.add_flag(std::string(names))->disable_flag_override();
  item.declared = {split_names(names), false, {}};
  item.shown = item.declared.names.back();
  item.repeated = true;
  item.flag = &value;
  items_.push_back(std::move(item));
}

void Arguments::add_option(std::string_view names, Need need, bool repeated, Take take) {
  Item item;
  item.option = parser_->app.add_option(std::string(names))
                    ->expected(1)
                    ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  item.declared = {split_names(names), true, {}, repeated};
  item.shown = item.declared.names.back();
  item.repeated = repeated;
  item.need = need;
  item.take = std::move(take);
  items_.push_back(std::move(item));
}

namespace {

/// Takes a word as it is.
template <class T>
auto keep_in(T& value) {
  return [&value](const std::string& word) -> std::optional<Diagnostic> {
    value = word;
    return std::nullopt;
  };
}

}  // namespace

void Arguments::option(std::string_view names, std::string& value, Need need) {
  add_option(names, need, false, keep_in(value));
}

void Arguments::option(std::string_view names, Text& value, Need need) {
  add_option(names, need, false, keep_in(value));
}

void Arguments::option(std::string_view names, std::optional<std::string>& value, Need need) {
  add_option(names, need, false, keep_in(value));
}

void Arguments::option(std::string_view names, std::vector<std::string>& values, Need need) {
  add_option(names, need, true, [&values](const std::string& word) -> std::optional<Diagnostic> {
    values.push_back(word);
    return std::nullopt;
  });
}

void Arguments::option(std::string_view names, std::optional<Date>& value, Need need) {
  add_option(names, need, false,
             [this, &value, shown = split_names(names).back()](
                 const std::string& word) -> std::optional<Diagnostic> {
               value = typed_date(word);
               if (value) return std::nullopt;
               return wrong("bad-date-option", {{"option", shown}, {"value", word}});
             });
}

void Arguments::option(std::string_view names, std::optional<Period>& value, Need need) {
  add_option(names, need, false,
             [this, &value, shown = split_names(names).back()](
                 const std::string& word) -> std::optional<Diagnostic> {
               value = parse_period(half_width(word));
               if (value) return std::nullopt;
               return wrong("bad-period-option", {{"option", shown}, {"value", word}});
             });
}

void Arguments::option(std::string_view names, std::optional<std::int64_t>& value, Need need) {
  add_option(names, need, false,
             [this, &value, shown = split_names(names).back()](
                 const std::string& word) -> std::optional<Diagnostic> {
               value = whole_number(half_width(word));
               if (value) return std::nullopt;
               return wrong("bad-number-option", {{"option", shown}, {"value", word}});
             });
}

void Arguments::add_choice(std::string_view names, std::span<const std::string_view> choices,
                           std::function<void(std::string_view)> set, Need need) {
  std::vector<std::string> known(choices.begin(), choices.end());
  add_option(names, need, false,
             [this, known, set = std::move(set), shown = split_names(names).back()](
                 const std::string& word) -> std::optional<Diagnostic> {
               if (std::ranges::find(known, word) != known.end()) {
                 set(word);
                 return std::nullopt;
               }
               const std::vector<std::string_view> views(known.begin(), known.end());
               return wrong("bad-choice-option",
                            {{"option", shown},
                             {"value", word},
                             {"choices", joined(views)},
                             {"nearest", count_code_points(word) > 1
                                             ? std::string(nearest(word, views).value_or(""))
                                             : std::string{}}});
             });
  items_.back().declared.choices = std::move(known);
}

void Arguments::choice(std::string_view names, std::string& value,
                       std::initializer_list<std::string_view> choices) {
  add_choice(
      names, choices, [&value](std::string_view word) { value = word; }, Need::optional);
}

void Arguments::add_positional(std::string_view name, Need need, bool repeated, Take take) {
  Item item;
  item.option = parser_->app.add_option(std::string(name))
                    ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  item.option->expected(repeated ? any_number : 1);
  item.shown = name;
  item.is_positional = true;
  item.repeated = repeated;
  item.need = need;
  item.take = std::move(take);
  items_.push_back(std::move(item));
}

void Arguments::positional(std::string_view name, std::string& value, Need need) {
  add_positional(name, need, false, keep_in(value));
}

void Arguments::positional(std::string_view name, Text& value, Need need) {
  add_positional(name, need, false, keep_in(value));
}

void Arguments::rest(std::string_view name, std::vector<std::string>& values, Need need) {
  add_positional(name, need, true, [&values](const std::string& word) -> std::optional<Diagnostic> {
    values.push_back(word);
    return std::nullopt;
  });
}

void Arguments::offer(std::string_view word) { items_.back().declared.choices.emplace_back(word); }

Diagnostic Arguments::unknown_option(const std::string& word) const {
  const std::string name = word.substr(0, word.find('='));
  return wrong("unknown-option", {{"option", name}, {"nearest", nearest_option(name, declared())}});
}

Diagnostics Arguments::parse(std::vector<std::string> words) {
  const auto terminator = std::ranges::find(words, "--");
  // CLI11 would take the next word for the value of `--by=`.
  for (auto word = words.begin(); word != terminator; ++word)
    if (word->starts_with("--") && word->find('=') == word->size() - 1)
      return {wrong("option-needs-value", {{"option", word->substr(0, word->size() - 1)}})};

  for (auto word = words.begin(); word != terminator; ++word)
    if (begins_with_wide_dash(*word)) return {wrong("wide-dash", {{"word", *word}})};

  try {
    std::ranges::reverse(words);  // as CLI11 wants them
    parser_->app.parse(std::move(words));
  } catch (const CLI::ArgumentMismatch& error) {
    // The only two left: "--by: 1 required TEXT missing", "dry-run was given a disallowed …".
    const std::string text = error.what();
    if (const std::size_t colon = text.find(": "); colon != std::string::npos)
      return {wrong("option-needs-value", {{"option", text.substr(0, colon)}})};
    return {wrong("flag-takes-no-value", {{"option", "--" + text.substr(0, text.find(' '))}})};
  } catch (const CLI::ParseError& error) {
    return {wrong("usage", {{"reason", error.what()}})};
  }

  const auto is_name = [this](const std::string& word) {
    return std::ranges::any_of(items_, [&](const Item& item) {
      return std::ranges::find(item.declared.names, word) != item.declared.names.end();
    });
  };
  for (const Item& item : items_)
    for (const std::string& value : item.option->results())
      if (!item.is_positional && is_in_wide_quotes(value))
        return {wrong("wide-quotes", {{"option", item.shown}, {"value", value}})};

  Diagnostics found;
  for (const std::string& word : parser_->app.remaining()) {
    if (word.size() > 1 && word.front() == '-') {
      if (word != "--") return {unknown_option(word)};
    } else if (found.empty()) {
      found.push_back(wrong("extra-argument", {{"word", word}}));
    }
  }
  for (const Item& item : items_) {
    if (item.flag) {
      if (item.option->count() > 0) *item.flag = true;
      continue;
    }
    const auto& values = item.option->results();
    if (values.empty() && item.need == Need::required) {
      if (item.is_positional) found.push_back(wrong("missing-argument", {{"word", item.shown}}));
      else found.push_back(wrong("missing-option", {{"option", item.shown}}));
    }
    if (values.size() > 1 && !item.repeated)
      found.push_back(wrong("option-twice", {{"option", item.shown}}));
    for (const std::string& value : values) {
      const bool empty = value.empty() && item.need == Need::required;
      if (empty && item.is_positional)
        found.push_back(wrong("missing-argument", {{"word", item.shown}}));
      else if (empty || (!item.is_positional && is_name(value)))
        found.push_back(wrong("option-needs-value", {{"option", item.shown}}));
      else if (auto diagnostic = item.take(value)) found.push_back(std::move(*diagnostic));
    }
  }
  return found;
}

std::vector<DeclaredOption> Arguments::declared() const {
  std::vector<DeclaredOption> all;
  for (const Item& item : items_)
    if (!item.is_positional) all.push_back(item.declared);
  return all;
}

std::vector<DeclaredWord> Arguments::declared_words() const {
  std::vector<DeclaredWord> all;
  for (const Item& item : items_)
    if (item.is_positional) all.push_back({item.shown, item.declared.choices, item.repeated});
  return all;
}

}  // namespace taizhang::cmd
