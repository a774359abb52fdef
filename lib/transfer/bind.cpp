#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include "transfer/plan.hpp"

namespace taizhang::transfer {

namespace {

/// Keys without which a row belongs nowhere; one of each group.
std::vector<std::vector<std::string_view>> needed_keys(Kind kind) {
  switch (kind) {
    case Kind::villages:
      return {{"code"}, {"name"}};
    case Kind::answers:
    case Kind::problems:
      return {{"code", "village"}};
    case Kind::tasks:
      return {{"code", "village"}, {"title"}};
    case Kind::submissions:
      return {{"township"}, {"period"}};
  }
  return {};
}

std::size_t least_known(const KindInfo& kind) {
  return std::max<std::size_t>(2, needed_keys(kind.kind).size());
}

using Keys = std::vector<std::optional<std::string>>;

bool holds(const Keys& keys, const Mapping& mapping, std::string_view wanted) {
  return std::ranges::any_of(keys, [&](const auto& key) { return key == wanted; }) ||
         mapping.fixed().contains(wanted);
}

/// What each heading means, as Mapping::key_of says. In a sheet of problems with their measures the
/// measure is what is to be done: such tasks have no other title, and it is their measure too.
Keys keys_of(Kind kind, const sheet::Header& header, const Mapping& mapping) {
  Keys keys;
  for (const sheet::Heading& heading : header.headings) keys.push_back(mapping.key_of(heading));
  if (kind == Kind::tasks && !holds(keys, mapping, "title"))
    for (auto& key : keys)
      if (key == "measure") key = "title";
  return keys;
}

/// Of the needed keys those that neither a column nor a value for all rows gives.
std::vector<std::vector<std::string_view>> lacking_keys(Kind kind, const sheet::Header& header,
                                                        const Mapping& mapping) {
  const Keys keys = keys_of(kind, header, mapping);
  auto groups = needed_keys(kind);
  std::erase_if(groups, [&](const auto& group) {
    return std::ranges::any_of(group, [&](auto key) { return holds(keys, mapping, key); });
  });
  return groups;
}

/// 编码 (code)
std::string named(const KindInfo& kind, std::string_view key) {
  return office_heading(kind.name, key) + " (" + std::string{key} + ")";
}

std::string joined(const KindInfo& kind, const std::vector<std::vector<std::string_view>>& groups) {
  std::string text;
  for (const auto& group : groups)
    for (std::size_t i = 0; i < group.size(); ++i)
      text += (i > 0 ? "/" : text.empty() ? "" : "、") + named(kind, group[i]);
  return text;
}

std::string joined(const std::vector<std::string>& items) {
  return fmt::format("{}", fmt::join(items, "、"));
}

/// What may be the same in all rows.
std::string fixable_key(const std::vector<std::vector<std::string_view>>& groups) {
  for (const auto& group : groups)
    if (group.front() == "township" || group.front() == "period") return std::string{group.front()};
  return {};
}

Diagnostic complaint(std::string_view code, const std::string& path, Facts facts) {
  Diagnostic diagnostic{Severity::error, code, {}, std::move(facts)};
  diagnostic.place.path = path;
  return diagnostic;
}

bool has_content_below(const sheet::Sheet& sheet, const sheet::Header& header,
                       std::uint32_t column) {
  return std::ranges::any_of(sheet.rows, [&](const sheet::Row& row) {
    return row.number > header.last_row && row.find(column);
  });
}

std::vector<sheet::Merged> merged_below(const sheet::Sheet& sheet, const sheet::Header& header,
                                        std::uint32_t column) {
  std::vector<sheet::Merged> merged;
  std::ranges::copy_if(sheet.merged, std::back_inserter(merged), [&](const sheet::Merged& each) {
    return each.first_column == column && each.first_row > header.last_row &&
           each.last_row > each.first_row;
  });
  return merged;
}

/// A sheet that was looked at, and its header if it has one.
struct Seen {
  const sheet::Sheet* sheet = nullptr;
  std::optional<sheet::Header> header;
};

/// What to say of the sheets beside the one that is read.
Diagnostics others_than(const sheet::Sheet* taken, const std::vector<Seen>& seen,
                        const KindInfo& kind, const Mapping& mapping, const std::string& path) {
  Diagnostics told;
  bool before = true;
  for (const auto& [sheet, header] : seen) {
    before = before && sheet != taken;
    if (sheet == taken || (!header && (!before || sheet->rows.empty()))) continue;
    const auto lacking = header ? lacking_keys(kind.kind, *header, mapping)
                                : std::vector<std::vector<std::string_view>>{};
    const bool usable = header && lacking.empty();
    Diagnostic diagnostic = complaint(usable ? "import-sheet-left" : "import-sheet-skipped", path,
                                      {{"sheet", sheet->name},
                                       {"kind", header ? std::string{} : std::string{kind.name}},
                                       {"keys", joined(kind, lacking)}});
    diagnostic.severity = Severity::warning;
    told.push_back(std::move(diagnostic));
  }
  return told;
}

/// No header was found; the fullest of the first rows may be what was meant to be one.
Diagnostic no_header(const std::string& path, const std::vector<Seen>& seen, const KindInfo& kind,
                     std::string_view wanted_sheet) {
  const sheet::Row* fullest = nullptr;
  for (const auto& [sheet, header] : seen)
    for (std::size_t i = 0; i < std::min<std::size_t>(sheet->rows.size(), 30); ++i)
      if (!fullest || sheet->rows[i].cells.size() > fullest->cells.size())
        fullest = &sheet->rows[i];
  std::vector<std::string> texts;
  if (fullest)
    for (const sheet::Cell& cell : fullest->cells)
      if (texts.size() < 12) texts.push_back(cell.text);
  return complaint("import-no-header", path,
                   {{"kind", std::string{kind.name}},
                    {"keys", joined(kind, needed_keys(kind.kind))},
                    {"sheet", std::string{wanted_sheet}},
                    {"row", fullest ? std::to_string(fullest->number) : std::string{}},
                    {"texts", joined(texts)}});
}

std::optional<Diagnostic> refuse_unknown_sheet(const std::string& path,
                                               const std::vector<sheet::Sheet>& sheets,
                                               std::string_view wanted) {
  if (wanted.empty() || std::ranges::find(sheets, wanted, &sheet::Sheet::name) != sheets.end())
    return std::nullopt;
  std::vector<std::string> names;
  for (const sheet::Sheet& sheet : sheets)
    if (!sheet.name.empty()) names.push_back(sheet.name);
  return complaint("import-no-sheet", path,
                   {{"sheet", std::string{wanted}},
                    {"sheets", joined(names)},
                    {"file", names.empty() ? path : std::string{}}});
}

}  // namespace

const BoundColumn* BoundSheet::find(std::string_view key) const {
  const auto found = std::ranges::find(columns, key, &BoundColumn::key);
  return found == columns.end() ? nullptr : &*found;
}

tl::expected<BoundSheet, Diagnostics> bind_sheet(std::string path,
                                                 const std::vector<sheet::Sheet>& sheets,
                                                 const Mapping& mapping, const KindInfo& kind,
                                                 std::string_view wanted_sheet) {
  const auto known = [&](const sheet::Heading& heading) {
    const auto key = mapping.key_of(heading);
    return key && !key->empty();
  };
  BoundSheet bound;
  bound.path = std::move(path);
  if (auto none = refuse_unknown_sheet(bound.path, sheets, wanted_sheet))
    return tl::make_unexpected(Diagnostics{std::move(*none)});
  std::vector<Seen> seen;
  for (const sheet::Sheet& sheet : sheets) {
    if (wanted_sheet.empty() ? sheet.hidden : sheet.name != wanted_sheet) continue;
    auto header = sheet::find_header(sheet, known, least_known(kind));
    seen.push_back({&sheet, header});
    if (!header || (bound.sheet && header->known <= bound.header.known)) continue;
    bound.sheet = &sheet;
    bound.header = std::move(*header);
  }
  if (!bound.sheet)
    return tl::make_unexpected(Diagnostics{no_header(bound.path, seen, kind, wanted_sheet)});

  std::optional<Mapping> sibling;
  if (kind.kind == Kind::problems) bound.sibling = "tasks";
  if (kind.kind == Kind::tasks) bound.sibling = "problems";
  if (!bound.sibling.empty()) sibling.emplace(*find_kind(bound.sibling));

  Diagnostics problems;
  std::map<std::string, std::string> taken;
  const auto keys = keys_of(kind.kind, bound.header, mapping);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const sheet::Heading& heading = bound.header.headings[i];
    const std::optional<std::string>& key = keys[i];
    if (heading.text == "redacted" || heading.text == office_heading("place", "redacted"))
      problems.push_back(complaint("import-redacted", bound.path, {}));
    const std::string where = sheet::column_name(heading.column);
    if (!key) {
      if (heading.text.empty() && !has_content_below(*bound.sheet, bound.header, heading.column))
        continue;
      auto& unknown = sibling && sibling->key_of(heading) ? bound.siblings : bound.left_out;
      unknown.push_back(heading.whole.empty() ? where : heading.whole + " (" + where + ")");
    } else if (!key->empty()) {
      const auto [first, is_new] = taken.emplace(*key, where);
      if (!is_new)
        problems.push_back(
            complaint("import-column-twice", bound.path,
                      {{"key", named(kind, *key)}, {"column", where}, {"other", first->second}}));
      BoundColumn column{heading.column, heading.whole, *key,
                         merged_below(*bound.sheet, bound.header, heading.column)};
      bound.columns.push_back(column);
      if (*key == "title" && mapping.key_of(heading) == "measure") {
        column.key = "measure";
        bound.columns.push_back(std::move(column));
      }
    }
  }
  const auto lacking = lacking_keys(kind.kind, bound.header, mapping);
  if (!lacking.empty())
    problems.push_back(complaint("import-no-column", bound.path,
                                 {{"keys", joined(kind, lacking)},
                                  {"sheet", bound.sheet->name},
                                  {"unknown", joined(bound.left_out)},
                                  {"map", bound.path + ".map.toml"},
                                  {"set", fixable_key(lacking)}}));
  if (!problems.empty()) return tl::make_unexpected(std::move(problems));
  bound.other_sheets = others_than(bound.sheet, seen, kind, mapping, bound.path);
  return bound;
}

}  // namespace taizhang::transfer
