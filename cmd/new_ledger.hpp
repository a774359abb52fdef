#pragma once

#include <span>
#include <string>
#include <string_view>

#include "render/template.hpp"

namespace taizhang::cmd {

/// The text of a new ledger at `path` (from the workspace's root), which names its schema for
/// editors.
std::string ledger_text(const render::Catalogue& catalogue, model::FileKind file,
                        std::string_view path, std::span<const render::NewRecord> records);

/// Whether a folder or a ledger can be called so: visible UTF-8 without line breaks and slashes that
/// does not begin with a dot, and no name that means something else in a workspace.
bool is_file_name(std::string_view name);

}  // namespace taizhang::cmd
