#include "new_ledger.hpp"

#include <fmt/format.h>

#include "render/field_words.hpp"

namespace taizhang::cmd {

std::string ledger_text(const render::Catalogue& catalogue, model::FileKind file,
                        std::string_view path, std::span<const render::NewRecord> records) {
  std::string schema;
  for (const char each : path)
    if (each == '/') schema += "../";
  schema += fmt::format("schema/{}.json", render::file_kind_name(file));
  return render::new_ledger(catalogue, file, schema, records);
}

}  // namespace taizhang::cmd
