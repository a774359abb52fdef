#pragma once

#include <string>

#include "base/diagnostic.hpp"
#include "render/catalogue.hpp"

namespace taizhang::render {

/// What a person reads, each line ended: `path:line:col: 错误[code]:what`, the line it is about
/// with what is wrong underlined, and `→ what to do`. Without a path the program's name stands in
/// front. Numbers of persons that stand in all this are masked.
std::string render_diagnostic(const Catalogue& catalogue, const Diagnostic& diagnostic);

/// A JSON array with severity, code, path, line, column, message, remedy and facts of each, numbers of
/// persons masked.
std::string render_diagnostics_json(const Catalogue& catalogue, const Diagnostics& diagnostics);

}  // namespace taizhang::render
