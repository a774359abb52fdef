#include "transfer/places.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "store/folders.hpp"
#include "transfer/convert.hpp"
#include "transfer/mapping.hpp"

namespace taizhang::transfer {

namespace {

Diagnostic reason(std::string_view code, Facts facts = {}) {
  return {Severity::error, code, {}, std::move(facts)};
}

/// A township's name without what kind of office it is.
std::string stem_of(std::string_view name) {
  constexpr std::array<std::string_view, 6> endings{"街道办事处", "街道办", "街道",
                                                    "办事处",     "镇",     "乡"};
  std::string whole = canonical_name(name);
  for (const std::string_view ending : endings)
    if (whole.size() > ending.size() && whole.ends_with(ending))
      return whole.substr(0, whole.size() - ending.size());
  return whole;
}

bool same_office(std::string_view a, std::string_view b) {
  const std::string whole_a = canonical_name(a), whole_b = canonical_name(b);
  if (whole_a == whole_b) return true;
  const std::string stem_a = stem_of(a), stem_b = stem_of(b);
  // One of them is the bare name, or both are 街道 in different words: a 镇 is never a 街道.
  const bool bare = stem_a == whole_a || stem_b == whole_b;
  const auto is_street = [](const std::string& name) {
    return name.ends_with("街道") || name.ends_with("街道办") || name.ends_with("办事处");
  };
  return stem_a == stem_b && (bare || (is_street(whole_a) && is_street(whole_b)));
}

bool is_village(const model::VillageLedger& village, std::string_view cell) {
  const std::string name = canonical_name(cell);
  return canonical_name(village.info.name) == name || canonical_name(village.file_name) == name;
}

/// 镇/村 of the village that may be meant; in the township that the row names before all others.
std::string nearest_village(const model::CountyLedger& county, std::string_view name,
                            const std::optional<sheet::Cell>& township) {
  for (const bool there : {true, false}) {
    std::vector<std::string> names, places;
    for (const model::TownshipLedger& each : county.townships)
      if (!there || (township && is_township(each, township->text)))
        for (const model::VillageLedger& village : each.villages) {
          names.push_back(canonical_name(village.info.name));
          places.push_back(store::join(each.folder, village.info.name));
        }
    const std::vector<std::string_view> views{names.begin(), names.end()};
    if (const auto near = nearest(canonical_name(name), views))
      return places[static_cast<std::size_t>(std::ranges::find(views, *near) - views.begin())];
  }
  return {};
}

}  // namespace

tl::expected<const store::CountyFolder*, Diagnostic> find_county(
    const std::vector<store::CountyFolder>& counties, const RowCells& cells) {
  const auto by = [&](auto hit) -> const store::CountyFolder* {
    const auto found = std::ranges::find_if(counties, hit);
    return found == counties.end() ? nullptr : &*found;
  };
  if (const auto cell = cells.find("code")) {
    const auto code = read_code(*cell, 12);
    if (!code) return tl::make_unexpected(cells.at(code.error(), "code"));
    const std::string wanted = code->substr(0, 6);
    if (const auto* county = by([&](const auto& each) { return each.code == wanted; }))
      return county;
    return tl::make_unexpected(
        cells.at(reason("import-county-unknown", {{"county", wanted}, {"code", *code}}), "code"));
  }
  if (const auto cell = cells.find("county")) {
    const std::string name = canonical_name(cell->text);
    if (const auto* county = by([&](const auto& each) {
          return each.name == name || each.folder == name || each.code == name;
        }))
      return county;
    return tl::make_unexpected(
        cells.at(reason("import-county-unknown", {{"county", name}}), "county"));
  }
  if (counties.size() == 1) return &counties.front();
  return tl::make_unexpected(cells.at(reason("import-county-wanted"), "county"));
}

bool is_township(const model::TownshipLedger& township, std::string_view cell) {
  return same_office(township.folder, cell) || same_office(township.info.name, cell) ||
         township.info.code == trim(cell);
}

FoundVillage find_village(const model::CountyLedger& county, const RowCells& cells) {
  const auto named = cells.find("village");
  const auto township = cells.find("township");
  std::string code;
  if (const auto cell = cells.find("code")) {
    auto read = read_code(*cell, 12);
    if (!read) return {nullptr, nullptr, std::move(read.error()), "code"};
    code = std::move(*read);
  }
  if (code.empty() && !named)
    return {nullptr, nullptr,
            reason("import-missing", {{"key", office_heading("place", "village")}}), "village"};
  FoundVillage found;
  std::size_t hits = 0;
  for (const model::TownshipLedger& each : county.townships) {
    if (code.empty() && township && !is_township(each, township->text)) continue;
    for (const model::VillageLedger& village : each.villages) {
      if (code.empty() ? !is_village(village, named->text) : village.info.code != code) continue;
      ++hits;
      found = {&each, &village, {}, code.empty() ? "village" : "code"};
    }
  }
  const std::string value = code.empty() ? named->text : code;
  if (hits == 0)
    return {
        nullptr, nullptr,
        reason("import-village-unknown",
               {{"value", value},
                {"nearest", code.empty() ? nearest_village(county, named->text, township) : ""}}),
        code.empty() ? "village" : "code"};
  if (hits > 1)
    return {nullptr, nullptr, reason("import-village-ambiguous", {{"value", value}}), "village"};
  if (!code.empty() && named && !is_village(*found.village, named->text))
    return {nullptr, nullptr,
            reason("import-village-differs",
                   {{"code", code}, {"village", found.village->info.name}, {"value", named->text}}),
            "village"};
  return found;
}

}  // namespace taizhang::transfer
