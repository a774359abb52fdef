#include "render/field_words.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <set>
#include <string>

#include "base/baked.hpp"
#include "base/text.hpp"

using namespace taizhang;
using namespace taizhang::render;
using model::FileKind;

namespace {

/// The ids of data/messages/fields.txt that begin like that.
std::set<std::string> described(std::string_view beginning) {
  std::set<std::string> ids;
  std::string_view text = baked_text("data/messages/fields.txt");
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (line.starts_with('[') && line.substr(1).starts_with(beginning))
      ids.emplace(line.substr(1, line.size() - 2));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return ids;
}

}  // namespace

TEST_CASE("every key of every record is described, and no key that there is not") {
  std::set<std::string> keys;
  std::set<std::string> records;
  std::set<std::string> files;
  for (const model::RecordKind& kind : model::record_kinds()) {
    records.insert(fmt::format("record.{}", kind.name));
    for (const model::Field& field : kind.fields)
      keys.insert(fmt::format("field.{}.{}", kind.name, field.key));
  }
  for (const FileKind file : file_kinds())
    files.insert(fmt::format("file.{}", file_kind_name(file)));
  CHECK(described("field.") == keys);
  CHECK(described("record.") == records);
  CHECK(described("file.") == files);
}

TEST_CASE("every record belongs to a file that is described") {
  for (const model::RecordKind& kind : model::record_kinds()) {
    CAPTURE(kind.name);
    CHECK(file_kind_named(file_kind_name(kind.file)) == kind.file);
  }
  CHECK_FALSE(file_kind_named("visit"));
}

TEST_CASE("a comment beside a key is short and on one line") {
  for (const Language language : {Language::zh, Language::en}) {
    const Catalogue catalogue{language};
    for (const model::RecordKind& kind : model::record_kinds())
      for (const model::Field& field : kind.fields) {
        const std::string comment = field_comment(catalogue, kind, field);
        CAPTURE(comment);
        CHECK_FALSE(comment.empty());
        CHECK(display_width(comment) <= 60);
        CHECK(comment == visible(comment));
      }
  }
}

TEST_CASE("a key is told in one line with what it needs, holds and may say") {
  const Catalogue catalogue{Language::en};
  const model::RecordKind& task = *model::find_kind(FileKind::village, "task");
  CHECK(field_line(catalogue, task, task.fields[0]) ==
        "id. Unique in the file, never used again [required, text: an id]");
  CHECK(field_comment(catalogue, task, task.fields[0]) == "id");
  const model::RecordKind& survey = *model::find_kind(FileKind::village, "survey");
  for (const model::Field& field : survey.fields)
    if (field.key == "heard")
      CHECK(value_words(catalogue, field, "`") ==
            "`members` `residents` `village` `resident` `contact` `households`");
  const model::RecordKind& rules = *model::find_kind(FileKind::rules, "rules");
  CHECK(value_words(catalogue, rules.fields.back()) == "of: 村 社区");
  CHECK(header_of(rules) == "[rules]");
  CHECK(header_of(task) == "[[task]]");
}
