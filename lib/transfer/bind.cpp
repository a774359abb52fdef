#include <algorithm>
#include <map>

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

std::string joined(const std::vector<std::vector<std::string_view>>& groups) {
  std::string text;
  for (const auto& group : groups) {
    if (!text.empty()) text += ", ";
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (i > 0) text += '/';
      text += group[i];
    }
  }
  return text;
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
  for (const sheet::Sheet& sheet : sheets) {
    if (wanted_sheet.empty() ? sheet.hidden : sheet.name != wanted_sheet) continue;
    auto header = sheet::find_header(sheet, known, least_known(kind));
    if (!header || (bound.sheet && header->known <= bound.header.known)) continue;
    bound.sheet = &sheet;
    bound.header = std::move(*header);
  }
  const auto needed = needed_keys(kind.kind);
  if (!bound.sheet)
    return tl::make_unexpected(Diagnostics{complaint("import-no-header", bound.path,
                                                     {{"kind", std::string{kind.name}},
                                                      {"keys", joined(needed)},
                                                      {"sheet", std::string{wanted_sheet}}})});

  Diagnostics problems;
  std::map<std::string, std::string> taken;
  for (const sheet::Heading& heading : bound.header.headings) {
    if (heading.text == "redacted" || heading.text == office_heading("place", "redacted"))
      problems.push_back(complaint("import-redacted", bound.path, {}));
    const auto key = mapping.key_of(heading);
    const std::string where = sheet::column_name(heading.column);
    if (!key) {
      if (heading.text.empty() && !has_content_below(*bound.sheet, bound.header, heading.column))
        continue;
      bound.left_out.push_back(heading.whole.empty() ? where : heading.whole + " (" + where + ")");
    } else if (!key->empty()) {
      const auto [first, is_new] = taken.emplace(*key, where);
      if (!is_new)
        problems.push_back(complaint("import-column-twice", bound.path,
                                     {{"key", *key}, {"column", where}, {"other", first->second}}));
      bound.columns.push_back({heading.column, heading.whole, *key});
    }
  }
  for (const auto& group : needed) {
    const bool there = std::ranges::any_of(group, [&](std::string_view key) {
      return bound.find(key) || std::ranges::any_of(mapping.fixed(), [&](const auto& fixed) {
               return fixed.first == key;
             });
    });
    if (!there)
      problems.push_back(complaint("import-no-column", bound.path,
                                   {{"keys", joined({group})}, {"kind", std::string{kind.name}}}));
  }
  if (!problems.empty()) return tl::make_unexpected(std::move(problems));
  return bound;
}

}  // namespace taizhang::transfer
