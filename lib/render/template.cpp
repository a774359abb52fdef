#include "render/template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "document/write_value.hpp"
#include "render/field_words.hpp"
#include "store/write_record.hpp"

namespace taizhang::render {

using model::Field;
using model::RecordKind;

namespace {

constexpr std::size_t widest_aligned = 40;  ///< columns; a longer line pushes no comment aside

struct Line {
  std::string code;
  std::string comment;
};

std::string comment_of(const Catalogue& catalogue, const RecordKind& kind, const Field& field) {
  const std::string words = field_comment(catalogue, kind, field);
  return field.choices.empty() ? words
                               : fmt::format("{}: {}", words, fmt::join(field.choices, " "));
}

std::vector<Line> record_lines(const Catalogue& catalogue, const NewRecord& made) {
  const RecordKind& kind = *made.kind;
  std::size_t widest = 0;
  for (const Field& field : kind.fields) widest = std::max(widest, field.key.size());
  std::vector<Line> lines;
  for (const Field& field : kind.fields) {
    const model::Datum datum = field.get(made.record);
    const bool known = !std::holds_alternative<std::monostate>(datum);
    const std::string key = pad_right(document::write_key({std::string{field.key}}), widest);
    lines.push_back(
        {known ? fmt::format("{} = {}", key, document::write_value(store::write_datum(datum)))
               : fmt::format("# {} =", key),
         comment_of(catalogue, kind, field)});
  }
  return lines;
}

void add_record(std::string& text, const Catalogue& catalogue, const NewRecord& made) {
  const std::vector<Line> lines = record_lines(catalogue, made);
  std::size_t column = 0;
  for (const Line& line : lines) {
    const std::size_t width = display_width(line.code);
    if (width <= widest_aligned) column = std::max(column, width);
  }
  text += fmt::format("\n{}\n", header_of(*made.kind));
  for (const Line& line : lines)
    text += fmt::format("{}  # {}\n", pad_right(line.code, column), line.comment);
}

}  // namespace

std::string new_ledger(const Catalogue& catalogue, model::FileKind file, std::string_view schema,
                       std::span<const NewRecord> records) {
  std::string text = fmt::format("#:schema {}\n# {}\n# {}\nschema = 1\n", schema,
                                 file_words(catalogue, file), catalogue.text("template.more"));
  for (const NewRecord& record : records) add_record(text, catalogue, record);
  return text;
}

}  // namespace taizhang::render
