#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace taizhang {

/// One line of a hunk.
struct PatchLine {
  char sign = ' ';        ///< ' ' on both sides, '-' old, '+' new
  std::string_view text;  ///< with its '\n', unless it ends a text that has none there
};

/// A stretch of lines, counted from 0.
struct LineRange {
  std::size_t begin = 0;
  std::size_t count = 0;
};

struct PatchHunk {
  LineRange old_lines;
  LineRange new_lines;
  std::vector<PatchLine> lines;
};

/// What a patch does to one file.
struct FilePatch {
  std::string path;
  bool old_is_empty = false;  ///< /dev/null: not there, or an empty file
  bool new_is_empty = false;
  std::vector<PatchHunk> hunks;
};

/// Reads the differences of any number of files one after another, byte by byte as `unified_diff`
/// writes them; nothing when `text` holds anything else. The lines point into `text`.
std::optional<std::vector<FilePatch>> read_patch(std::string_view text);

enum class PatchWay : std::uint8_t { forward, backward };

/// The new text made of the old one (backward: the old of the new). Nothing when any line does not
/// stand exactly where the patch says.
std::optional<std::string> apply_patch(const FilePatch& patch, std::string_view text, PatchWay way);

}  // namespace taizhang
