#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/field.hpp"

namespace taizhang::transfer {

/// What `import` takes and `export` gives back.
enum class Kind : std::uint8_t { villages, answers, problems, tasks, submissions };

struct KindInfo {
  Kind kind{};
  std::string_view name;  ///< as typed
  model::FileKind file{};
  std::string_view record;  ///< kind of record that a row is
};

std::span<const KindInfo> kinds();
const KindInfo* find_kind(std::string_view name);

/// Columns that say where a row belongs: county, township, village and code.
std::span<const std::string_view> place_keys();

/// Keys of the record that a row can fill.
std::vector<const model::Field*> fields_of(const KindInfo& kind);

}  // namespace taizhang::transfer
