#pragma once

#include <span>
#include <string_view>

namespace taizhang {

/// A file of data/ or a command's page, compiled into the program.
struct BakedFile {
  std::string_view path;  ///< e.g. "data/rules/fufeng-2023.toml", "cmd/check.md"
  std::string_view text;
};

/// All of them, sorted by path.
std::span<const BakedFile> baked_files();

/// The text of one; empty when there is none of that path.
std::string_view baked_text(std::string_view path);

}  // namespace taizhang
