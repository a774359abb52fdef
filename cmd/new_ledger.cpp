#include "new_ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
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

bool is_file_name(std::string_view name) {
  constexpr std::array<std::string_view, 6> taken{"rules",    "schema",   "county",
                                                  "taizhang", "township", "inspections"};
  return !name.empty() && trim(name) == name && !first_invalid_utf8(name) &&
         !has_hidden_characters(name) && name.size() <= 200 && name.front() != '.' &&
         name.find_first_of("\n/\\") == std::string_view::npos &&
         std::ranges::find(taken, name) == taken.end();
}

}  // namespace taizhang::cmd
