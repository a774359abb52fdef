#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/failure.hpp"
#include "document/edit.hpp"

// What must hold for every edit of every document; shared by the unit test and the fuzz target.

namespace taizhang::document::properties {

/// A number below the bound, from whatever decides.
using Choose = std::function<std::size_t(std::size_t bound)>;

struct Place {
  Span record;
  Key key;
  Value value;
};

/// Every header of a document and every key with a value of its own below it.
class Inventory {
 public:
  explicit Inventory(const Document& document) {
    records.push_back(top_level);
    walk(document.root, top_level, {});
  }

  std::vector<Span> records;
  std::vector<Place> places;

 private:
  void walk(const Table& table, Span record, const Key& head) {
    for (const Member& member : table.members) {
      Key key = head;
      key.push_back(member.key);
      const Array* array = member.value.array();
      const Table* inner = member.value.table();
      if (array && array->of_tables) {
        for (const Value& item : array->items) {
          records.push_back(item.span);
          walk(*item.table(), item.span, {});
        }
      } else if (inner && !inner->is_inline) {
        const bool dotted = member.value.span == member.key_span;
        if (!dotted) records.push_back(member.value.span);
        walk(*inner, dotted ? record : member.value.span, dotted ? key : Key{});
      } else {
        places.push_back({record, std::move(key), member.value});
      }
    }
  }
};

inline std::string nasty_text(const Choose& choose) {
  static const std::vector<std::string> pieces{
      "\"",       "'",      "\"\"\"",     "'''",
      "\\",       "\n",     "\r\n",       "[",
      "]]",       "{",      "}",          "=",
      "#",        ",",      ".",          "\n[[entry]]\nstatus = \"已销号\"\n",
      "\\u0022",  "\u202E", "\uFEFF",     "\u200B",
      "村",       "“",      "，",         std::string(1, '\0'),
      "\x1B[31m", "\x7F",   "\t",         " ",
      "x",        "true",   "2023-06-02", "\u2028",
      "㐂"};
  std::string text;
  for (std::size_t i = choose(6); i > 0; --i) text += pieces[choose(pieces.size())];
  return text;
}

inline Value any_value(const Choose& choose, int depth = 0) {
  switch (choose(depth < 2 ? 8 : 5)) {
    case 0:
      return {static_cast<std::int64_t>(choose(2000)) - 1000, {}};
    case 1:
      return {choose(2) == 1, {}};
    case 2:
      return {Date{std::chrono::year{2023}, std::chrono::month{6},
                   std::chrono::day{static_cast<unsigned>(choose(30)) + 1}},
              {}};
    case 3:
      return {static_cast<double>(choose(1000)) / 7, {}};
    case 4:
    case 5:
      return {nasty_text(choose), {}};
    case 6: {
      Array array;
      for (std::size_t i = choose(4); i > 0; --i)
        array.items.push_back(any_value(choose, depth + 1));
      return {std::move(array), {}};
    }
    default: {
      Table table;
      for (std::size_t i = choose(3); i > 0; --i)
        table.members.push_back(
            {std::to_string(i) + nasty_text(choose), {}, any_value(choose, depth + 1)});
      return {std::move(table), {}};
    }
  }
}

inline NewRecord any_record(const Choose& choose) {
  static const std::vector<std::string> names{"entry", "task", "新", "a.b", "sub"};
  NewRecord record{names[choose(names.size())], {}, choose(6) > 0};
  for (std::size_t i = choose(5); i > 0; --i) {
    Key key{"k" + std::to_string(i)};
    if (choose(4) == 0) key = {"answers", nasty_text(choose) + std::to_string(i)};
    record.members.push_back({std::move(key), any_value(choose)});
  }
  return record;
}

inline Where any_where(const Choose& choose, const Inventory& inventory) {
  switch (choose(3)) {
    case 0:
      return AtEnd{};
    case 1:
      return BeforeKinds{{"task", "survey"}};
    default:
      return After{inventory.records[choose(inventory.records.size())]};
  }
}

/// Whether every line of the old text stands in the new one, in order; the last may have got the
/// line ending that it lacked.
inline bool keeps_lines(std::string_view old, std::string_view made) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (old.starts_with(mark) != made.starts_with(mark)) return false;
  if (old.starts_with(mark)) {
    old.remove_prefix(mark.size());
    made.remove_prefix(mark.size());
  }
  while (!old.empty()) {
    const std::size_t end = old.find('\n');
    const std::string_view line = old.substr(0, end == std::string_view::npos ? end : end + 1);
    while (true) {
      if (made.empty()) return false;
      const std::size_t made_end = made.find('\n');
      std::string_view other =
          made.substr(0, made_end == std::string_view::npos ? made_end : made_end + 1);
      made.remove_prefix(other.size());
      if (end == std::string_view::npos) {
        while (other.size() > line.size() && (other.ends_with('\n') || other.ends_with('\r')))
          other.remove_suffix(1);
      }
      if (other == line) break;
    }
    old.remove_prefix(line.size());
  }
  return true;
}

/// Without blank lines and byte order mark.
inline std::string pressed(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    if (text.substr(0, end).find_first_not_of(" \t\r\n") != std::string_view::npos)
      out += text.substr(0, end);
    text.remove_prefix(end);
  }
  return out;
}

/// A text with both line endings as if it had one; any other as it is.
inline std::string one_ending(std::string text) {
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    if (at > 0 && text[at - 1] == '\r') continue;
    std::erase(text, '\r');
    break;
  }
  return text;
}

inline Value meaning(const Document& document) { return {document.root, {}}; }

/// The edit's new text, read; nothing when it was refused.
inline std::optional<Document> made(const Edit& edit) {
  auto text = edit.apply();
  if (!text) return std::nullopt;
  auto read = parse("a.toml", std::move(*text));
  if (!read) return std::nullopt;
  return std::move(*read);
}

inline std::string set_there_and_back(const Document& document, const Choose& choose) {
  const Inventory inventory(document);
  if (inventory.places.empty()) return {};
  const auto& [record, key, value] = inventory.places[choose(inventory.places.size())];
  Edit own(document);
  own.set_value(record, key, value);
  const auto respelt = made(own);
  Edit away(document);
  away.set_value(record, key, any_value(choose));
  const auto changed = made(away);
  if (!respelt || !changed) return "a value that is there cannot be set";
  if (!same_meaning(meaning(document), meaning(*respelt))) return "its own value changes a meaning";
  Edit back(*changed);
  // The header of a table may have moved, for tables may be written in any order.
  const Inventory now(*changed);
  const auto header = std::find(inventory.records.begin(), inventory.records.end(), record);
  back.set_value(now.records[static_cast<std::size_t>(header - inventory.records.begin())], key,
                 value);
  const auto restored = made(back);
  // In a text of two minds about line endings the majority may change with the value.
  if (!restored || one_ending(restored->source.text()) != one_ending(respelt->source.text()))
    return "set there and back leaves a trace";
  return {};
}

inline std::string insert_a_record(const Document& document, const Choose& choose) {
  const NewRecord record = any_record(choose);
  Edit edit(document);
  edit.insert_record(any_where(choose, Inventory(document)), record);
  const auto changed = made(edit);
  if (!changed) return {};
  if (!keeps_lines(document.source.text(), changed->source.text()))
    return "a line went when a record came";

  // Everything but the new record means what it meant.
  const Member* kind = changed->root.find(record.name);
  if (!kind) return "the new record is not there";
  Table others = changed->root;
  std::erase_if(others.members, [&](const Member& member) { return member.key == record.name; });
  Table before = document.root;
  std::erase_if(before.members, [&](const Member& member) { return member.key == record.name; });
  if (!same_meaning({others, {}}, {before, {}})) return "a new record changed another kind";
  Span header = kind->value.span;
  if (record.repeated) {
    const Member* old_kind = document.root.find(record.name);
    const std::vector<Value>& now = kind->value.array()->items;
    std::size_t at = 0;
    if (old_kind) {
      const std::vector<Value>& old = old_kind->value.array()->items;
      if (now.size() != old.size() + 1) return "not one record more";
      std::vector<std::size_t> fits;
      for (std::size_t skip = 0; skip < now.size(); ++skip) {
        bool same = true;
        for (std::size_t i = 0; i < old.size(); ++i)
          same = same && same_meaning(old[i], now[i < skip ? i : i + 1]);
        if (same) fits.push_back(skip);
      }
      if (fits.empty()) return "a new record changed another one";
      at = fits.front();
      if (fits.size() > 1) return {};  // twins: any of them may be the new one
    }
    header = now[at].span;
  }
  Edit removal(*changed);
  removal.remove_record(header);
  const auto undone = made(removal);
  if (!undone || !same_meaning(meaning(*undone), meaning(document)))
    return "the new record cannot be taken back";
  if (!keeps_lines(pressed(document.source.text()), pressed(undone->source.text())))
    return "a line went with the record that was taken back";
  return {};
}

inline std::string insert_a_key(const Document& document, const Choose& choose) {
  const Inventory inventory(document);
  const std::size_t index = choose(inventory.records.size());
  Key key{"new_" + nasty_text(choose)};
  if (choose(3) == 0) key.insert(key.begin(), "answers");
  Edit edit(document);
  edit.insert_key(inventory.records[index], key, any_value(choose));
  const auto changed = made(edit);
  if (!changed) return {};
  if (!keeps_lines(document.source.text(), changed->source.text()))
    return "a line went when a key came";
  const Inventory now(*changed);
  if (now.records.size() != inventory.records.size()) return "a key made a record";
  Edit removal(*changed);
  removal.remove_key(now.records[index], key, Comments::keep);
  const auto undone = made(removal);
  if (!undone || !same_meaning(meaning(*undone), meaning(document)) ||
      !keeps_lines(pressed(document.source.text()), pressed(undone->source.text())))
    return "the new key cannot be taken back";
  return {};
}

inline std::string append_items(const Document& document, const Choose& choose) {
  const Inventory inventory(document);
  for (const Place& place : inventory.places) {
    const Array* array = place.value.array();
    if (!array || choose(3) == 0) continue;
    Edit edit(document);
    for (std::size_t i = choose(3) + 1; i > 0; --i)
      edit.append_to_array(place.record, place.key, any_value(choose));
    if (!made(edit)) return "an item cannot be added to an array";
  }
  return {};
}

/// Many changes at once: refused or right, which `apply` proves.
inline std::string change_much(const Document& document, const Choose& choose) {
  const Inventory inventory(document);
  Edit edit(document);
  for (std::size_t i = choose(6) + 1; i > 0; --i) {
    const Span record = inventory.records[choose(inventory.records.size())];
    const Place place = inventory.places.empty()
                            ? Place{record, {"x"}, {}}
                            : inventory.places[choose(inventory.places.size())];
    switch (choose(7)) {
      case 0:
        edit.set_value(place.record, place.key, any_value(choose));
        break;
      case 1:
        edit.insert_key(record, {"n" + std::to_string(i)}, any_value(choose));
        break;
      case 2:
        edit.remove_key(place.record, place.key, Comments::remove);
        break;
      case 3:
        edit.append_to_array(place.record, place.key, any_value(choose));
        break;
      case 4:
        edit.remove_record(record);
        break;
      default:
        edit.insert_record(any_where(choose, inventory), any_record(choose));
    }
  }
  const auto text = edit.apply();
  if (text && !parse("a.toml", *text)) return "what was made cannot be read";
  return {};
}

/// Tries one edit; says what rule it broke, or nothing.
inline std::string broken_rule(const Document& document, const Choose& choose) {
  try {
    switch (choose(5)) {
      case 0:
        return set_there_and_back(document, choose);
      case 1:
        return insert_a_record(document, choose);
      case 2:
        return insert_a_key(document, choose);
      case 3:
        return append_items(document, choose);
      default:
        return change_much(document, choose);
    }
  } catch (const Failure& failure) {
    return std::string(failure.diagnostic().code);
  }
}

}  // namespace taizhang::document::properties
