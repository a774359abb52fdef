#include <memory>

#include "arguments.hpp"
#include "command.hpp"
#include "render/field_words.hpp"
#include "render/format_chapter.hpp"
#include "render/json_schema.hpp"
#include "session.hpp"

namespace taizhang::cmd {

// For tests/lint/format.py: what the repository keeps of the field tables, made afresh.
Runner declare_format(Arguments& args) {
  auto what = std::make_shared<std::string>();
  auto kind = std::make_shared<std::string>();
  args.positional("schema|chapter", *what);
  args.positional("KIND", *kind, Need::optional);
  return [what, kind](Session& session) {
    if (*what == "chapter") {
      session.print(render::format_chapter(render::Catalogue{model::Language::en}));
      return Exit::done;
    }
    const auto file = render::file_kind_named(*kind);
    if (*what != "schema" || !file) return Exit::usage;
    session.print(render::schema_text(render::Catalogue{model::Language::zh}, *file));
    return Exit::done;
  };
}

}  // namespace taizhang::cmd
