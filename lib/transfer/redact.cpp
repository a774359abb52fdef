#include "transfer/redact.hpp"

#include <algorithm>
#include <array>

#include "base/private_data.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace taizhang::transfer {

namespace {

constexpr std::string_view comrade = "同志";

bool is_han_only(std::string_view text) {
  while (!text.empty()) {
    const auto [code, length] = utf8::step(text);
    const bool han =
        utf8::is_common_han(code) || (code >= 0x3400 && code < 0x4DC0) || code >= 0x20000;
    if (!han && code != 0xB7) return false;  // 阿依古丽·买买提
    text.remove_prefix(length);
  }
  return true;
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  for (; count > 0 && end < text.size(); --count) end += utf8::step(text.substr(end)).length;
  return text.substr(0, end);
}

std::string surname_of(std::string_view name) {
  constexpr std::array<std::string_view, 10> doubles{"欧阳", "司马", "上官", "诸葛", "司徒",
                                                     "皇甫", "尉迟", "令狐", "慕容", "端木"};
  const bool compound = count_code_points(name) > 2 && std::ranges::any_of(doubles, [&](auto each) {
                          return name.starts_with(each);
                        });
  return std::string{first_characters(name, compound ? 2 : 1)};
}

/// Words with which a role ends.
constexpr std::array<std::string_view, 24> roles{
    "书记", "主任", "干部", "委员", "组长", "镇长", "县长", "区长", "乡长", "局长", "部长", "院长",
    "站长", "所长", "科长", "支部", "党委", "党组", "专班", "中心", "队长", "常委", "队员", "专员"};

bool ends_with_role(std::string_view text) {
  if (std::ranges::any_of(roles, [&](auto each) { return text.ends_with(each); })) return true;
  constexpr std::array<std::string_view, 6> offices{"县", "区", "市", "镇", "村", "省"};
  constexpr std::array<std::string_view, 9> parts{"办", "局", "部", "委", "组",
                                                  "室", "站", "会", "所"};
  return std::ranges::any_of(offices, [&](auto each) { return text.starts_with(each); }) &&
         std::ranges::any_of(parts, [&](auto each) { return text.ends_with(each); });
}

/// What stands behind the last role when that may be a name: 镇党委书记张三.
std::string without_name_behind(const std::string& text) {
  std::size_t end = std::string::npos;
  for (const std::string_view role : roles)
    if (const std::size_t at = text.rfind(role); at != std::string::npos)
      end = end == std::string::npos ? at + role.size() : std::max(end, at + role.size());
  if (end == std::string::npos) return text;
  const std::string_view rest = trim(std::string_view{text}.substr(end));
  const std::size_t length = count_code_points(rest);
  return length >= 2 && length <= 4 && is_han_only(rest) ? text.substr(0, end) : text;
}

}  // namespace

Redaction::Redaction(const model::CountyLedger& county) {
  for (const model::Contact& each : county.contacts) know(each.leader, each.post);
  for (const model::Grid& each : county.grids) {
    know(each.head, "");
    for (const std::string& deputy : each.deputies) know(deputy, "");
  }
  for (const model::TownshipLedger& township : county.townships) {
    for (const model::Leader& each : township.leaders)
      know(each.name, each.post.empty() ? Text{township.folder + each.role} : each.post);
    for (const model::VillageLedger& village : township.villages)
      for (const model::Support& each : village.supports)
        know(each.name, !each.post.empty() ? each.post
                        : each.role        ? Text{term(*each.role)}
                                           : Text{});
  }
  std::ranges::stable_sort(posts_, {}, [](const auto& each) { return -std::ssize(each.first); });
}

void Redaction::know(const std::string& name, const std::string& post) {
  // A role written where a name goes gives nothing away.
  const std::string known = canonical_name(name);
  if (count_code_points(known) < 2 || ends_with_role(known)) return;
  const bool there =
      std::ranges::any_of(posts_, [&](const auto& each) { return each.first == known; });
  if (!there) posts_.emplace_back(known, post);
}

std::string Redaction::person(const std::string& text) const {
  const std::string name = canonical_name(text);
  for (const auto& [known, post] : posts_)
    if (known == name) return post.empty() ? surname_of(name) + std::string{comrade} : post;
  const std::size_t length = count_code_points(name);
  if (length >= 2 && length <= 4 && is_han_only(name) && !ends_with_role(name))
    return surname_of(name) + std::string{comrade};
  return words(without_name_behind(text));
}

std::string Redaction::words(std::string text) const {
  for (const auto& [name, post] : posts_) {
    const std::string instead = surname_of(name) + std::string{comrade};
    for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos; at += instead.size())
      text.replace(at, name.size(), instead);
  }
  return mask_private_numbers(text);
}

bool Redaction::leaves_out(std::string_view key) {
  constexpr std::array<std::string_view, 5> narrative{"text", "cause", "reason", "opinion",
                                                      "evidence"};
  return std::ranges::find(narrative, key) != narrative.end();
}

bool Redaction::names_person(std::string_view key) {
  constexpr std::array<std::string_view, 3> keys{"by", "owner", "new_owner"};
  return std::ranges::find(keys, key) != keys.end();
}

}  // namespace taizhang::transfer
