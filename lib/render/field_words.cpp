#include "render/field_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace taizhang::render {

using model::Field;
using model::FileKind;
using model::Format;
using model::RecordKind;
using model::Shape;

namespace {

constexpr std::array kinds{FileKind::workspace,   FileKind::county,  FileKind::township,
                           FileKind::inspections, FileKind::village, FileKind::rules};
constexpr std::array<std::string_view, kinds.size()> kind_names{
    "workspace", "county", "township", "inspections", "village", "rules"};

std::string_view shape_name(Shape shape) {
  switch (shape) {
    case Shape::text:
    case Shape::choice:
      return "shape.text";
    case Shape::whole:
      return "shape.whole";
    case Shape::flag:
      return "shape.flag";
    case Shape::date:
      return "shape.date";
    case Shape::texts:
      return "shape.texts";
    case Shape::counts:
      return "shape.counts";
    case Shape::answers:
      return "shape.answers";
    case Shape::evidence:
      return "shape.evidence";
    case Shape::number:
      return "shape.number";
    case Shape::condition:
      break;
  }
  return "shape.condition";
}

/// Empty when every text will do.
std::string_view format_name(Format format) {
  switch (format) {
    case Format::county_code:
      return "format.county_code";
    case Format::township_code:
      return "format.township_code";
    case Format::village_code:
      return "format.village_code";
    case Format::id:
      return "format.id";
    case Format::period:
      return "format.period";
    case Format::sha256:
      return "format.sha256";
    case Format::short_hash:
      return "format.short_hash";
    case Format::path:
      return "format.path";
    case Format::signed_whole:
      return "format.signed_whole";
    case Format::any:
      break;
  }
  return {};
}

}  // namespace

std::span<const FileKind> file_kinds() { return kinds; }

std::string_view file_kind_name(FileKind file) {
  return kind_names[static_cast<std::size_t>(std::ranges::find(kinds, file) - kinds.begin())];
}

std::optional<FileKind> file_kind_named(std::string_view name) {
  const auto found = std::ranges::find(kind_names, name);
  if (found == kind_names.end()) return std::nullopt;
  return kinds[static_cast<std::size_t>(found - kind_names.begin())];
}

std::string file_words(const Catalogue& catalogue, FileKind file) {
  return catalogue.text(fmt::format("file.{}", file_kind_name(file)));
}

std::string record_words(const Catalogue& catalogue, const RecordKind& kind) {
  return catalogue.text(fmt::format("record.{}", kind.name));
}

std::string field_words(const Catalogue& catalogue, const RecordKind& kind, const Field& field) {
  return catalogue.text(fmt::format("field.{}.{}", kind.name, field.key));
}

std::string field_comment(const Catalogue& catalogue, const RecordKind& kind, const Field& field) {
  const std::string words = field_words(catalogue, kind, field);
  return words.substr(0, std::min(words.find("。"), words.find(". ")));
}

std::string shape_words(const Catalogue& catalogue, const Field& field) {
  return catalogue.text(shape_name(field.shape));
}

std::string value_words(const Catalogue& catalogue, const Field& field, std::string_view code) {
  std::string choices;
  const std::string_view mark = field.shape == Shape::counts ? code : std::string_view{};
  for (const std::string_view choice : field.choices)
    choices += fmt::format("{}{}{}{}", choices.empty() ? "" : " ", mark, choice, mark);
  // Not as a fact of the message, which would be translated: this is what stands in files.
  if (!choices.empty())
    return field.shape == Shape::texts ? catalogue.text("chapter.of") + " " + choices : choices;
  const std::string_view format = format_name(field.format);
  return format.empty() ? std::string{} : catalogue.text(format);
}

std::string field_line(const Catalogue& catalogue, const RecordKind& kind, const Field& field) {
  const bool required = field.need == model::Need::required;
  return catalogue.text("chapter.key",
                        {{"words", field_words(catalogue, kind, field)},
                         {"required", required ? catalogue.text("chapter.required") : ""},
                         {"type", shape_words(catalogue, field)},
                         {"values", value_words(catalogue, field)}});
}

std::string header_of(const RecordKind& kind) {
  return kind.repeated ? fmt::format("[[{}]]", kind.name) : fmt::format("[{}]", kind.name);
}

}  // namespace taizhang::render
