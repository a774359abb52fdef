#include "render/catalogue.hpp"

#include <algorithm>

#include "base/baked.hpp"
#include "base/text.hpp"

namespace taizhang::render {

namespace {

constexpr std::string_view folder = "data/messages/";
constexpr std::string_view terms_path = "data/messages/terms.txt";
constexpr std::string_view field_prefix = "field.";
constexpr std::string_view optional_begin = "⟨";
constexpr std::string_view optional_end = "⟩";

std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::string_view after_blank(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  return text;
}

/// Calls take(zh, english) for each line `中文 = english`.
template <class Take>
void read_terms(std::string_view text, Take take) {
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    const std::size_t equals = line.find(" = ");
    if (line.starts_with('#') || equals == std::string_view::npos) continue;
    take(trim(line.substr(0, equals)), trim(line.substr(equals + 3)));
  }
}

}  // namespace

Catalogue::Catalogue(Language language) : language_(language) {
  const std::string_view wanted = language == Language::zh ? "zh" : "en";
  std::size_t bytes = 0;
  for (const BakedFile& file : baked_files())
    if (file.path.starts_with(folder)) bytes += file.text.size();
  messages_.reserve(bytes / 128);  // a message is seldom shorter

  for (const BakedFile& file : baked_files()) {
    if (!file.path.starts_with(folder)) continue;
    std::string_view text = file.text;
    if (file.path == terms_path) {
      if (language_ != Language::zh)
        read_terms(text, [&](auto zh, auto english) { terms_.emplace_back(zh, english); });
      continue;
    }
    Message* message = nullptr;
    while (!text.empty()) {
      std::string_view line = next_line(text);
      if (line.starts_with('[') && line.ends_with(']')) {
        message = &messages_[line.substr(1, line.size() - 2)];
      } else if (message && line.starts_with(wanted)) {
        line.remove_prefix(wanted.size());
        if (line.starts_with(':')) message->text = after_blank(line.substr(1));
        else if (line.starts_with("-fix:")) message->remedy = after_blank(line.substr(5));
      }
    }
  }
  std::ranges::sort(terms_);
}

const Catalogue::Message* Catalogue::find(std::string_view id) const {
  const auto found = messages_.find(id);
  return found == messages_.end() ? nullptr : &found->second;
}

bool Catalogue::has(std::string_view id) const { return find(id) != nullptr; }

std::vector<std::string_view> Catalogue::codes() const {
  std::vector<std::string_view> codes;
  for (const auto& [id, message] : messages_)
    if (!message.remedy.empty()) codes.push_back(id);
  std::ranges::sort(codes);
  return codes;
}

std::optional<std::string_view> Catalogue::nearest_code(std::string_view word) const {
  return nearest(word, codes());
}

std::string Catalogue::term(std::string_view zh) const {
  const auto found = std::ranges::lower_bound(
      terms_, zh, {}, &std::pair<std::string_view, std::string_view>::first);
  return std::string(found != terms_.end() && found->first == zh ? found->second : zh);
}

std::string Catalogue::fill(std::string_view text, const Facts& facts, bool with_lists) const {
  std::string out;
  std::size_t optional_at = std::string::npos;  // where an optional part begins in `out`
  bool wanted = true;                           // whether all its facts are there
  while (!text.empty()) {
    const std::size_t end = text.find('}');
    if (text.starts_with('{') && end != std::string_view::npos) {
      const std::string_view name = text.substr(1, end - 1);
      const auto fact = std::ranges::find(facts, name, &Facts::value_type::first);
      if (fact == facts.end()) out += text.substr(0, end + 1);
      else out += fact_text(fact->second, with_lists);
      if (fact == facts.end() || fact->second.empty()) wanted = false;
      text.remove_prefix(end + 1);
    } else if (text.starts_with(optional_begin)) {
      optional_at = out.size();
      wanted = true;
      text.remove_prefix(optional_begin.size());
    } else if (text.starts_with(optional_end)) {
      if (optional_at != std::string::npos && !wanted) out.resize(optional_at);
      optional_at = std::string::npos;
      text.remove_prefix(optional_end.size());
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

std::string Catalogue::fact_text(std::string_view value, bool with_lists) const {
  if (value.starts_with("type.") || value.starts_with("condition.") || value.starts_with("thing."))
    if (const Message* label = find(value)) return std::string(label->text);
  if (value.starts_with(field_prefix) && has(value.substr(0, value.find(' '))))
    return field_names(value);
  const std::string shown = visible(value);
  const std::string translated = term(value);
  if (translated != value) return translated + " (" + shown + ")";
  const std::string list = with_lists ? list_of_terms(value) : std::string{};
  return list.empty() ? shown : list;
}

std::string Catalogue::field_names(std::string_view ids) const {
  std::string list;
  while (!ids.empty()) {
    const std::string_view id = ids.substr(0, ids.find(' '));
    ids.remove_prefix(std::min(id.size() + 1, ids.size()));
    std::string name{id.substr(id.rfind('.') + 1)};
    if (const Message* words = find(id); words && language_ == Language::zh)
      name =
          std::string{words->text.substr(
              0, std::min({words->text.find("。"), words->text.find(','), words->text.size()}))} +
          " " + name;
    list = list.empty() ? name : text("list.between", {{"before", list}, {"next", name}});
  }
  return list;
}

std::string Catalogue::list_of_terms(std::string_view words) const {
  if (terms_.empty() || words.find(' ') == std::string_view::npos) return {};
  std::string list;
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    const std::string translated = term(word);
    if (translated == word) return {};
    list += (list.empty() ? "" : ", ") + translated + " (" + std::string(word) + ")";
  }
  return list;
}

namespace {

/// `taizhang check` → `taizhang -C FOLDER check`; help needs no folder.
std::string with_folder(std::string_view text, const std::string& start) {
  constexpr std::string_view program = "taizhang ";
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-";
  const bool quoted = std::ranges::any_of(start, [&](char c) {
    return static_cast<unsigned char>(c) < 0x80u && plain.find(c) == plain.npos;
  });
  std::string out;
  while (!text.empty()) {
    const std::size_t at = std::min(text.find(program), text.size());
    const std::size_t end = std::min(at + program.size(), text.size());
    out += text.substr(0, end);
    text.remove_prefix(end);
    const bool command = !text.empty() && text.front() >= 'a' && text.front() <= 'z';
    if (command && !text.starts_with("help") && !text.starts_with("completion"))
      out += quoted ? "-C '" + start + "' " : "-C " + start + " ";
  }
  return out;
}

}  // namespace

std::string Catalogue::text(std::string_view id, const Facts& facts) const {
  const Message* message = find(id);
  return message ? fill(message->text, facts, !message->remedy.empty()) : std::string(id);
}

std::string Catalogue::remedy(std::string_view id, const Facts& facts) const {
  const Message* message = find(id);
  if (!message) return {};
  const std::string text = fill(message->remedy, facts, true);
  return folder_.empty() ? text : with_folder(text, folder_);
}

namespace {

/// With … for every {placeholder}.
std::string without_placeholders(std::string text) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789_";
  constexpr std::string_view unsaid = "…";
  for (std::size_t at = 0; (at = text.find('{', at)) != text.npos;) {
    const std::size_t end = text.find_first_not_of(letters, at + 1);
    if (end == text.npos || end == at + 1 || text[end] != '}') ++at;
    else text.replace(at, end + 1 - at, unsaid);
  }
  return text;
}

}  // namespace

std::string Catalogue::bare_text(std::string_view id) const {
  return without_placeholders(text(id));
}

std::string Catalogue::bare_remedy(std::string_view id) const {
  return without_placeholders(remedy(id));
}

}  // namespace taizhang::render
