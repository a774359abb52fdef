#pragma once

#include <string>

#include "model/field.hpp"
#include "render/catalogue.hpp"

namespace taizhang::render {

/// The JSON Schema (draft 7) of a file kind, for editors: it refuses nothing that `check` accepts.
/// Dates are texts in it, as editors hand TOML dates to their validators.
std::string schema_text(const Catalogue& catalogue, model::FileKind file);

}  // namespace taizhang::render
