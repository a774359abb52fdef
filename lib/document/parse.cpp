#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "document/document.hpp"
#include "document/findings.hpp"
#include "document/guard.hpp"
#include "document/lexer.hpp"
#include "document/reader.hpp"
#include "document/syntax.hpp"

namespace taizhang::document {

namespace {

/// The statement that stands at `offset`.
std::size_t statement_at(const std::vector<Statement>& all, std::uint32_t offset) {
  const auto after = std::ranges::upper_bound(all, offset, {},
                                              [](const Statement& one) { return one.span.begin; });
  return after == all.begin() ? 0 : static_cast<std::size_t>(after - all.begin()) - 1;
}

/// The statement at fault: an earlier one if its open bracket took the text up to there in.
std::size_t statement_at_fault(const std::vector<Statement>& all, std::uint32_t offset) {
  const std::size_t index = statement_at(all, offset);
  for (std::size_t i = 0; i < index; ++i)
    if (all[i].left_open) return i;
  return index;
}

/// Writes spaces over a statement, over the whole block if it is a header: lines and byte positions
/// stay. False when nothing was left to write over.
bool blank_out(std::string& text, const std::vector<Statement>& all, std::size_t index) {
  std::size_t last = index;
  if (all[index].header) {
    const auto name = key_parts(text, all[index]);
    const auto belongs = [&](const Statement& next) {
      if (!next.header) return true;
      const auto parts = key_parts(text, next);
      return parts.size() > name.size() && std::equal(name.begin(), name.end(), parts.begin());
    };
    while (last + 1 < all.size() && belongs(all[last + 1])) ++last;
  }
  bool changed = false;
  for (std::size_t at = all[index].span.begin; at < all[last].span.end; ++at) {
    if (text[at] == '\n' || text[at] == '\r' || text[at] == ' ') continue;
    text[at] = ' ';
    changed = true;
  }
  return changed;
}

/// After these the rest of the text cannot be trusted to be what was meant.
bool forbids_reading_on(const Diagnostic& finding) {
  static constexpr std::string_view codes[] = {
      "invalid-utf8",     "looks-like-gbk", "looks-like-utf16",  "line-too-long",  "merge-conflict",
      "nesting-too-deep", "key-too-deep",   "control-character", "string-unclosed"};
  return std::ranges::find(codes, finding.code) != std::end(codes);
}

/// All that can be said about a text of which something was refused: what is known to be wrong is
/// blanked out and the rest read again.
Diagnostics all_refusals(const Source& source, Diagnostics found, std::optional<Refusal> refusal) {
  if (!found.empty()) refusal.reset();
  const bool read_on = std::ranges::none_of(found, forbids_reading_on);
  Findings findings(source);
  std::string text = source.text();
  if (!found.empty()) {
    const std::vector<Statement> all = statements(text);
    for (Diagnostic& finding : found) {
      const std::uint32_t at = source.offset(finding.place.line, finding.place.column);
      if (read_on && !all.empty()) blank_out(text, all, statement_at(all, at));
      findings.add(std::move(finding));
    }
    if (!read_on || !guard(Source({}, text)).empty()) return findings.take();
  }
  while (!findings.full()) {
    if (!refusal) {
      const auto result = read_toml(text);
      if (std::holds_alternative<Content>(result)) break;
      refusal = std::get<Refusal>(result);
    }
    const std::vector<Statement> all = statements(text);
    if (all.empty()) break;
    const std::size_t index = statement_at_fault(all, refusal->offset);
    findings.add(explain(source, text, all, index, *refusal));
    if (!blank_out(text, all, index)) break;
    refusal.reset();
  }
  return findings.take();
}

}  // namespace

tl::expected<Document, Diagnostics> parse(std::string path, std::string text) {
  Source source(std::move(path), std::move(text));
  auto result = read_toml(source.text());
  if (const Refusal* refusal = std::get_if<Refusal>(&result))
    return tl::unexpected(all_refusals(source, guard(source), *refusal));
  Content& content = std::get<Content>(result);
  if (content.has_conflict_marks)
    if (Diagnostics found = guard(source); !found.empty())
      return tl::unexpected(all_refusals(source, std::move(found), std::nullopt));
  return Document{std::move(source), std::move(content.root)};
}

}  // namespace taizhang::document
