// The only file that knows toml++. Its compiled library is used, never its headers alone: those
// abort on a lone `[` unless NDEBUG is set. Nothing reaches it that `guard` refuses.
#define TOML_HEADER_ONLY 0
#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "document/document.hpp"
#include "document/findings.hpp"
#include "document/guard.hpp"
#include "document/lexer.hpp"
#include "document/syntax.hpp"

namespace taizhang::document {

namespace {

/// Turns toml++'s tree into ours.
class Conversion {
 public:
  explicit Conversion(const Source& source) : source_(source), text_(source.text()) {}

  Table table(const toml::table& from) {
    std::vector<std::pair<const toml::key*, const toml::node*>> members;
    members.reserve(from.size());
    for (const auto& [key, node] : from) members.emplace_back(&key, &node);
    std::ranges::sort(members, [](const auto& a, const auto& b) {
      return a.first->source().begin < b.first->source().begin;
    });
    Table to;
    to.is_inline = from.is_inline();
    to.members.reserve(members.size());
    for (const auto& [key, node] : members) {
      Member& member = to.members.emplace_back();
      member.key = std::string(key->str());
      member.key_span = {offset(key->source().begin), offset(key->source().end)};
      member.value = value(*node);
      if (const toml::table* table = node->as_table(); table && !table->is_inline())
        member.value.span = table_span(member.value.span, member.key_span);
    }
    return to;
  }

 private:
  Value value(const toml::node& from) {
    Value to;
    to.span.begin = offset(from.source().begin);
    if (const auto* table_node = from.as_table()) to.data = table(*table_node);
    if (const auto* array_node = from.as_array()) to.data = array(*array_node);
    to.span.end = offset(from.source().end);
    if (to.array() && to.array()->of_tables) to.span.end = to.array()->items.back().span.end;
    if (from.is_value()) scalar(from, to);
    return to;
  }

  Array array(const toml::array& from) {
    Array to;
    to.items.reserve(from.size());
    for (const toml::node& item : from) to.items.push_back(value(item));
    const toml::table* first = from.empty() ? nullptr : from.front().as_table();
    to.of_tables = first && !first->is_inline();
    return to;
  }

  void scalar(const toml::node& from, Value& to) const {
    if (const auto* text = from.as_string()) to.data = text->get();
    if (const auto* integer = from.as_integer()) to.data = integer->get();
    if (const auto* real = from.as_floating_point()) to.data = real->get();
    if (const auto* boolean = from.as_boolean()) to.data = boolean->get();
    if (const auto* date = from.as_date()) {
      const toml::date& day = date->get();
      to.data = Date{std::chrono::year{day.year}, std::chrono::month{day.month},
                     std::chrono::day{day.day}};
    }
    if (from.is_time() || from.is_date_time())
      to.data = TimeText{std::string(text_.substr(to.span.begin, to.span.end - to.span.begin))};
  }

  /// A table with a header has the header's brackets, any other the key that made it.
  Span table_span(Span span, Span key) const {
    if (text_[span.begin] != '[') return key;
    if (key.begin < span.begin || key.end > span.end)
      return span;  // first named by a longer header
    const std::size_t next = text_.find_first_not_of(" \t", key.end);
    return next != std::string_view::npos && text_[next] == '.' ? key : span;
  }

  /// Positions mostly come in ascending order, so that a long line is walked once.
  std::uint32_t offset(toml::source_position position) {
    if (position.line != last_.line || position.column < last_.column) {
      last_ = {position.line, 1};
      last_offset_ = source_.offset(position.line, 1);
    }
    while (last_.column < position.column && last_offset_ < text_.size()) {
      ++last_offset_;
      while (last_offset_ < text_.size() &&
             (static_cast<unsigned char>(text_[last_offset_]) & 0xC0) == 0x80)
        ++last_offset_;
      ++last_.column;
    }
    return last_offset_;
  }

  const Source& source_;
  std::string_view text_;
  toml::source_position last_{0, 0};
  std::uint32_t last_offset_ = 0;
};

struct Refusal {
  std::uint32_t offset;
  std::string detail;
};

/// What toml++ makes of a text that the guard let pass.
std::variant<Table, Refusal> read(const Source& source) {
  try {
    const toml::table root = toml::parse(std::string_view(source.text()));
    return Conversion(source).table(root);
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    return Refusal{source.offset(at.line, at.column), std::string(error.description())};
  }
}

/// The statement that stands at `offset`.
std::size_t statement_at(const std::vector<Statement>& all, std::uint32_t offset) {
  const auto after = std::ranges::upper_bound(all, offset, {},
                                              [](const Statement& one) { return one.span.begin; });
  return after == all.begin() ? 0 : static_cast<std::size_t>(after - all.begin()) - 1;
}

/// The statement at fault: an earlier one if its open bracket took the text up to there in. toml++
/// notices some wrong headers only at the line after them.
std::size_t statement_at_fault(const std::vector<Statement>& all, const Refusal& refusal) {
  std::size_t index = statement_at(all, refusal.offset);
  for (std::size_t i = 0; i < index; ++i)
    if (all[i].left_open) return i;
  if (refusal.detail.find("table header") != std::string::npos)
    while (index > 0 && !all[index].header) --index;
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
      auto result = read(Source({}, text));
      if (std::holds_alternative<Table>(result)) break;
      refusal = std::move(std::get<Refusal>(result));
    }
    const std::vector<Statement> all = statements(text);
    if (all.empty()) break;
    const std::size_t index = statement_at_fault(all, *refusal);
    findings.add(explain(source, text, all, index, refusal->offset, refusal->detail));
    if (!blank_out(text, all, index)) break;
    refusal.reset();
  }
  return findings.take();
}

}  // namespace

tl::expected<Document, Diagnostics> parse(std::string path, std::string text) {
  Source source(std::move(path), std::move(text));
  Diagnostics found = guard(source);
  if (!found.empty()) return tl::unexpected(all_refusals(source, std::move(found), std::nullopt));
  auto result = read(source);
  if (Refusal* refusal = std::get_if<Refusal>(&result))
    return tl::unexpected(all_refusals(source, {}, std::move(*refusal)));
  return Document{std::move(source), std::move(std::get<Table>(result))};
}

}  // namespace taizhang::document
