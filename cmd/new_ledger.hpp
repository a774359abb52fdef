#pragma once

#include <span>
#include <string>
#include <string_view>

#include "render/template.hpp"
#include "store/folders.hpp"

namespace taizhang::cmd {

/// The text of a new ledger at `path` (from the workspace's root), which names its schema for
/// editors.
std::string ledger_text(const render::Catalogue& catalogue, model::FileKind file,
                        std::string_view path, std::span<const render::NewRecord> records);

using store::is_file_name;

}  // namespace taizhang::cmd
