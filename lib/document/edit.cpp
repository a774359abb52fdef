#include "document/edit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/failure.hpp"
#include "document/meaning.hpp"
#include "document/reader.hpp"
#include "document/splice.hpp"

namespace taizhang::document {

namespace {

std::string splice(std::string_view old, const std::vector<Splice>& splices) {
  std::string text;
  std::size_t at = 0;
  for (const Splice& one : splices) {
    text += old.substr(at, one.span.begin - at);
    text += one.text;
    at = one.span.end;
  }
  text += old.substr(at);
  return text;
}

/// Whether the text is the old one but for the splices, seen from its end.
bool is_untouched_elsewhere(std::string_view old, std::string_view text,
                            const std::vector<Splice>& splices) {
  for (auto one = splices.rbegin(); one != splices.rend(); ++one) {
    const std::string_view kept = old.substr(one->span.end);
    if (!text.ends_with(kept)) return false;
    text.remove_suffix(kept.size());
    if (!text.ends_with(one->text)) return false;
    text.remove_suffix(one->text.size());
    old = old.substr(0, one->span.begin);
  }
  return text == old;
}

/// The longest line, in bytes.
std::size_t longest_line(std::string_view text) {
  std::size_t longest = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    longest = std::max(longest, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return longest;
}

Value as_value(Table table) { return {std::move(table), {}}; }

}  // namespace

void Edit::set_value(Span record, Key key, Value value) {
  changes_.push_back(SetValue{record, std::move(key), std::move(value)});
}

void Edit::insert_key(Span record, Key key, Value value) {
  changes_.push_back(InsertKey{record, std::move(key), std::move(value)});
}

void Edit::remove_key(Span record, Key key, Comments above) {
  changes_.push_back(RemoveKey{record, std::move(key), above});
}

void Edit::append_to_array(Span record, Key key, Value item) {
  changes_.push_back(Append{record, std::move(key), std::move(item)});
}

void Edit::insert_record(Where where, NewRecord record) {
  changes_.push_back(InsertRecord{std::move(where), std::move(record)});
}

void Edit::remove_record(Span record) { changes_.push_back(RemoveRecord{record}); }

tl::expected<std::string, Diagnostics> Edit::apply() const {
  Diagnostics refusals;
  Table meant = meaning_after(document_, changes_, refusals);
  if (!refusals.empty()) return tl::unexpected(std::move(refusals));
  const std::vector<Splice> made = splices(document_, changes_, refusals);
  if (!refusals.empty()) return tl::unexpected(std::move(refusals));

  const std::string& old = document_.source.text();
  const std::string& path = document_.source.path();
  std::string text = splice(old, made);
  if (const std::size_t bytes = longest_line(text); bytes > max_line_bytes) {
    Diagnostic refusal{Severity::error, "edit-line-too-long", {}, {}};
    refusal.place.path = path;
    refusal.facts = {{"bytes", fmt::format("{}", bytes)},
                     {"limit", fmt::format("{}", max_line_bytes)}};
    return tl::unexpected(Diagnostics{std::move(refusal)});
  }
  const auto read = parse(path, text);
  if (!read || !is_confirmed(*read) || !is_untouched_elsewhere(old, text, made) ||
      !same_meaning(as_value(read->root), as_value(std::move(meant))))
    throw Failure("edit-not-proven", {}, path);
  return text;
}

}  // namespace taizhang::document
