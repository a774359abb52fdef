#include "render/format_chapter.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "model/field.hpp"

using namespace taizhang;
using namespace taizhang::render;

namespace {

std::string line_with(const std::string& text, const std::string& words) {
  const std::size_t at = text.find(words);
  if (at == std::string::npos) return "";
  const std::size_t begin = text.rfind('\n', at) + 1;
  return text.substr(begin, text.find('\n', at) - begin);
}

}  // namespace

TEST_CASE("the chapter has a section for each file and a row for each key") {
  const std::string text = format_chapter(Catalogue{Language::en});
  CHECK(text.starts_with("### `taizhang.toml`: the workspace\n\n**`[workspace]`** Once: "));
  CHECK(line_with(text, "| `target_max` |") ==
        "| `target_max` | whole number |  |  | upper end where the target is a range. Not below "
        "`target` |");
  CHECK(line_with(text, "| `former` |") ==
        "| `former` | list of texts |  | 12 digits | codes it had before a merger or renaming |");
  for (const model::RecordKind& kind : model::record_kinds()) {
    const std::string heading = kind.repeated ? fmt::format("**`[[{}]]`** ", kind.name)
                                              : fmt::format("**`[{}]`** Once: ", kind.name);
    CAPTURE(heading);
    CHECK(text.find(heading) != std::string::npos);
  }
}

TEST_CASE("no row of the chapter has more cells than the table") {
  for (const Language language : {Language::zh, Language::en}) {
    std::string text = format_chapter(Catalogue{language});
    std::size_t rows = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      const std::string line = text.substr(at, end - at);
      if (line.starts_with('|')) {
        CAPTURE(line);
        CHECK(std::ranges::count(line, '|') == 6);
        ++rows;
      }
      at = end + 1;
    }
    CHECK(rows > 150);
  }
}

TEST_CASE("a page lists the keys of a record, and there is none for a record that is not") {
  const Catalogue catalogue{Language::en};
  const auto page = record_page(catalogue, "milestone");
  REQUIRE(page);
  CHECK(*page == R"(# [[milestone]]: 时间节点: one date on the way to a task’s due date

NAME.toml: one ledger per village or community

- `id`: id. Unique in the file [required, text: an id]
- `task`: the task’s id [required, text: an id]
- `due`: to be reached by [required, date]
- `text`: what is to be reached [required, text]
)");
  CHECK_FALSE(record_page(catalogue, "milestones"));
  CHECK(records_page(catalogue).find("- `[[milestone]]`: 时间节点: one date") != std::string::npos);
}
