// The only file that knows toml++. Its compiled library is used, never its headers alone: those
// abort on a lone `[` unless NDEBUG is set.
#include "document/witness.hpp"

#define TOML_HEADER_ONLY 0
#include <toml++/toml.h>

#include <string>

#include "document/document.hpp"

namespace taizhang::document {

namespace {

/// Turns toml++'s tree into ours.
class Conversion {
 public:
  explicit Conversion(std::string_view text) : text_(text) {}

  Table table(const toml::table& from) {
    Table to;
    to.members.reserve(from.size());
    for (const auto& [key, node] : from)
      to.members.push_back({std::string(key.str()), {}, value(node)});
    return to;
  }

 private:
  Value value(const toml::node& from) {
    Value to;
    if (const auto* table_node = from.as_table()) to.data = table(*table_node);
    if (const auto* array = from.as_array()) {
      Array& items = to.data.emplace<Array>();
      items.items.reserve(array->size());
      for (const toml::node& item : *array) items.items.push_back(value(item));
    }
    if (const auto* text = from.as_string()) to.data = text->get();
    if (const auto* integer = from.as_integer()) to.data = integer->get();
    if (const auto* real = from.as_floating_point()) to.data = real->get();
    if (const auto* boolean = from.as_boolean()) to.data = boolean->get();
    if (const auto* date = from.as_date()) {
      const toml::date& day = date->get();
      to.data = Date{std::chrono::year{day.year}, std::chrono::month{day.month},
                     std::chrono::day{day.day}};
    }
    if (from.is_time() || from.is_date_time()) to.data = TimeText{as_written(from.source())};
    return to;
  }

  /// A time as it is written, which takes one line of ASCII. Its positions mostly come in ascending
  /// order, so that the text is walked once.
  std::string as_written(const toml::source_region& region) {
    if (region.begin.line < line_) {
      line_ = 1;
      line_begin_ = 0;
    }
    for (; line_ < region.begin.line; ++line_) line_begin_ = text_.find('\n', line_begin_) + 1;
    std::string_view line = text_.substr(line_begin_);
    if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    for (toml::source_index column = 1; column < region.begin.column; ++column) {
      line.remove_prefix(1);
      while (!line.empty() && (static_cast<unsigned char>(line.front()) & 0xC0) == 0x80)
        line.remove_prefix(1);
    }
    return std::string(line.substr(0, region.end.column - region.begin.column));
  }

  std::string_view text_;
  toml::source_index line_ = 1;
  std::size_t line_begin_ = 0;
};

}  // namespace

std::optional<Table> witness(std::string_view text) {
  try {
    return Conversion(text).table(toml::parse(text));
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
}

bool is_confirmed(const Document& document) {
  const auto seen = witness(document.source.text());
  return seen && same_meaning(Value{document.root, {}}, Value{*seen, {}});
}

}  // namespace taizhang::document
