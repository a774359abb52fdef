#include "base/patch.hpp"

#include <charconv>
#include <system_error>

#include "base/quoted.hpp"

namespace taizhang {

namespace {

constexpr std::string_view no_newline = "\\ No newline at end of file\n";

/// The line at the front with its '\n', if it has one; empty at the end.
std::string_view front_line(std::string_view text) {
  const auto newline = text.find('\n');
  return newline == std::string_view::npos ? text : text.substr(0, newline + 1);
}

bool take(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

bool take_number(std::string_view& text, std::size_t& number) {
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{}) return false;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  return true;
}

/// `12,3`: a count left out is 1, and an empty range names the line before it.
bool take_range(std::string_view& text, LineRange& range) {
  range.count = 1;
  if (!take_number(text, range.begin)) return false;
  if (take(text, ",") && !take_number(text, range.count)) return false;
  if (range.count == 0) return true;
  if (range.begin == 0) return false;
  --range.begin;
  return true;
}

/// Goes through a patch from its beginning; each step is false where it finds something else.
class PatchReader {
 public:
  explicit PatchReader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  bool file(FilePatch& file) {
    std::string old_path, new_path;
    if (!name("--- ", "a/", old_path) || !name("+++ ", "b/", new_path)) return false;
    file.old_is_empty = old_path.empty();
    file.new_is_empty = new_path.empty();
    if (file.old_is_empty && file.new_is_empty) return false;
    if (!file.old_is_empty && !file.new_is_empty && old_path != new_path) return false;
    file.path = file.old_is_empty ? new_path : old_path;
    do
      if (!hunk(file.hunks.emplace_back())) return false;
    while (rest_.starts_with("@@ "));
    return true;
  }

 private:
  /// A line without its '\n', which must be there.
  bool line(std::string_view& line) {
    line = front_line(rest_);
    if (!line.ends_with('\n')) return false;
    rest_.remove_prefix(line.size());
    line.remove_suffix(1);
    return true;
  }

  /// `path` is left empty for /dev/null.
  bool name(std::string_view mark, std::string_view side, std::string& path) {
    std::string_view text;
    if (!line(text) || !take(text, mark)) return false;
    if (text == "/dev/null") return true;
    if (text.ends_with('\t')) text.remove_suffix(1);
    const auto name = unquote_line(text);
    if (!name || !name->starts_with(side) || name->size() == side.size()) return false;
    path = name->substr(side.size());
    return true;
  }

  bool hunk(PatchHunk& hunk) {
    std::string_view header;
    if (!line(header) || !take(header, "@@ -") || !take_range(header, hunk.old_lines) ||
        !take(header, " +") || !take_range(header, hunk.new_lines) || header != " @@")
      return false;
    std::size_t old_left = hunk.old_lines.count;
    std::size_t new_left = hunk.new_lines.count;
    while (old_left > 0 || new_left > 0)
      if (!hunk_line(hunk.lines.emplace_back(), old_left, new_left)) return false;
    return !hunk.lines.empty();
  }

  bool hunk_line(PatchLine& line, std::size_t& old_left, std::size_t& new_left) {
    line.text = front_line(rest_);
    if (!line.text.ends_with('\n')) return false;
    rest_.remove_prefix(line.text.size());
    line.sign = line.text.front();
    line.text.remove_prefix(1);
    if (take(rest_, no_newline)) line.text.remove_suffix(1);
    if (line.text.empty()) return false;
    if (line.sign != ' ' && line.sign != '-' && line.sign != '+') return false;
    if (line.sign != '+' && old_left-- == 0) return false;
    if (line.sign != '-' && new_left-- == 0) return false;
    return true;
  }

  std::string_view rest_;
};

/// A text that grows by lines and becomes another on the way.
class Patching {
 public:
  Patching(std::string_view text, PatchWay way)
      : rest_(text), taken_sign_(way == PatchWay::forward ? '-' : '+') {
    made_.reserve(text.size());
  }

  bool apply(const LineRange& from, const LineRange& to, const std::vector<PatchLine>& lines) {
    while (lines_taken_ < from.begin) {
      const std::string_view line = front_line(rest_);
      if (line.empty()) return false;
      skip(line);
      if (!give(line)) return false;
    }
    if (lines_taken_ != from.begin || lines_given_ != to.begin) return false;
    for (const PatchLine& line : lines) {
      const bool taken = line.sign == ' ' || line.sign == taken_sign_;
      const bool given = line.sign == ' ' || line.sign != taken_sign_;
      if (taken) {
        if (front_line(rest_) != line.text) return false;
        skip(line.text);
      }
      if (given && !give(line.text)) return false;
    }
    return true;
  }

  std::optional<std::string> finish() && {
    if (!rest_.empty() && !give(rest_)) return std::nullopt;
    return std::move(made_);
  }

 private:
  void skip(std::string_view line) {
    rest_.remove_prefix(line.size());
    ++lines_taken_;
  }

  /// False when a line without '\n' would no longer be the last.
  bool give(std::string_view line) {
    if (!made_.empty() && made_.back() != '\n') return false;
    made_ += line;
    ++lines_given_;
    return true;
  }

  std::string_view rest_;
  char taken_sign_;
  std::string made_;
  std::size_t lines_taken_ = 0;
  std::size_t lines_given_ = 0;
};

}  // namespace

std::optional<std::vector<FilePatch>> read_patch(std::string_view text) {
  std::vector<FilePatch> files;
  PatchReader reader(text);
  while (!reader.at_end())
    if (!reader.file(files.emplace_back())) return std::nullopt;
  return files;
}

std::optional<std::string> apply_patch(const FilePatch& patch, std::string_view text,
                                       PatchWay way) {
  const bool forward = way == PatchWay::forward;
  const bool from_nothing = forward ? patch.old_is_empty : patch.new_is_empty;
  const bool to_nothing = forward ? patch.new_is_empty : patch.old_is_empty;
  if (from_nothing && !text.empty()) return std::nullopt;
  Patching patching(text, way);
  for (const PatchHunk& hunk : patch.hunks) {
    const LineRange& from = forward ? hunk.old_lines : hunk.new_lines;
    const LineRange& to = forward ? hunk.new_lines : hunk.old_lines;
    if (!patching.apply(from, to, hunk.lines)) return std::nullopt;
  }
  auto made = std::move(patching).finish();
  if (made && to_nothing && !made->empty()) return std::nullopt;
  return made;
}

}  // namespace taizhang
