#pragma once

#include <cstddef>
#include <string>

#include <tl/expected.hpp>

#include "base/diagnostic.hpp"

namespace taizhang::disk {

/// Standard input to its end, whatever it is. Diagnostics: file-too-large, file-unreadable.
tl::expected<std::string, Diagnostic> read_standard_input(std::size_t limit);

/// Whether what is told goes to a terminal.
bool errors_go_to_terminal();

}  // namespace taizhang::disk
