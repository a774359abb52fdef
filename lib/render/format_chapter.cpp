#include "render/format_chapter.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "render/field_words.hpp"

namespace taizhang::render {

using model::Field;
using model::FileKind;
using model::RecordKind;

namespace {

constexpr std::string_view code_mark = "`";
constexpr std::string_view table_border = "|---|---|---|---|---|\n";

std::string record_line(const Catalogue& catalogue, const RecordKind& kind) {
  const std::string words = record_words(catalogue, kind);
  return kind.repeated ? words : catalogue.text("chapter.once", {{"words", words}});
}

/// A label as a sentence: with a capital in front and a stop behind.
std::string sentence(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text + '.';
}

std::string field_row(const Catalogue& catalogue, const RecordKind& kind, const Field& field) {
  return fmt::format(
      "| `{}` | {} | {} | {} | {} |\n", field.key, shape_words(catalogue, field),
      field.need == model::Need::required ? catalogue.text("chapter.yes") : std::string{},
      value_words(catalogue, field, code_mark), field_words(catalogue, kind, field));
}

/// "### `county.toml`: a county".
std::string section_heading(const Catalogue& catalogue, FileKind file) {
  const std::string words = file_words(catalogue, file);
  const std::size_t colon = std::min(words.find(": "), words.size());
  return fmt::format("### `{}`{}\n", words.substr(0, colon), words.substr(colon));
}

}  // namespace

std::string format_chapter(const Catalogue& catalogue) {
  std::string text;
  for (const FileKind file : file_kinds()) {
    text += (text.empty() ? "" : "\n") + section_heading(catalogue, file);
    for (const RecordKind& kind : model::record_kinds()) {
      if (kind.file != file) continue;
      text += fmt::format("\n**`{}`** {}\n\n{}\n{}", header_of(kind),
                          sentence(record_line(catalogue, kind)), catalogue.text("chapter.columns"),
                          table_border);
      for (const Field& field : kind.fields) text += field_row(catalogue, kind, field);
    }
  }
  return text;
}

std::string records_page(const Catalogue& catalogue) {
  std::string text = "# " + catalogue.text("help.fields") + "\n";
  for (const FileKind file : file_kinds()) {
    text += "\n## " + file_words(catalogue, file) + "\n\n";
    for (const RecordKind& kind : model::record_kinds())
      if (kind.file == file)
        text += fmt::format("- `{}`: {}\n", header_of(kind), record_line(catalogue, kind));
  }
  return text + "\n" + catalogue.text("help.fields-more") + "\n";
}

std::optional<std::string> record_page(const Catalogue& catalogue, std::string_view name) {
  std::string text;
  for (const RecordKind& kind : model::record_kinds()) {
    if (kind.name != name) continue;
    text += fmt::format("{}# {}: {}\n\n{}\n\n", text.empty() ? "" : "\n", header_of(kind),
                        record_line(catalogue, kind), file_words(catalogue, kind.file));
    for (const Field& field : kind.fields)
      text += fmt::format("- `{}`: {}\n", field.key, field_line(catalogue, kind, field));
  }
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace taizhang::render
