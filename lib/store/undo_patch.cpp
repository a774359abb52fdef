#include "store/undo_patch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <system_error>

#include "base/hash.hpp"
#include "base/quoted.hpp"
#include "base/unified_diff.hpp"

namespace taizhang::store {

namespace {

constexpr std::string_view title = "taizhang-undo 1 ";
constexpr std::string_view no_file = "-";
constexpr std::size_t hash_size = 64;

std::optional<std::uint32_t> read_number(std::string_view text) {
  std::uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end) return std::nullopt;
  return number;
}

/// "OLD NEW PATH", where a hash is "-" when there is no file.
std::optional<UndoFile> read_file_line(std::string_view text) {
  UndoFile file;
  for (std::string* const hash : {&file.old_sha256, &file.new_sha256}) {
    const auto space = text.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const auto word = text.substr(0, space);
    text.remove_prefix(space + 1);
    if (word == no_file) continue;
    if (word.size() != hash_size) return std::nullopt;
    *hash = word;
  }
  file.path = text;
  if (file.old_sha256 == file.new_sha256 || !is_workspace_path(file.path)) return std::nullopt;
  return file;
}

/// Takes one line of the header in; false when it has no place there.
bool take_header_line(UndoPatch& patch, std::string_view key, std::string_view value) {
  const auto text = unquote_line(value);
  if (!text) return false;
  if (key == "number") {
    patch.number = read_number(*text).value_or(0);
    return patch.number != 0;
  }
  if (key == "command") {
    patch.note.command = *text;
    return true;
  }
  if (key == "time") {
    patch.note.time = *text;
    return true;
  }
  if (key == "undoes") {
    patch.note.undoes = read_number(*text);
    return patch.note.undoes.has_value();
  }
  if (key == "made" || key == "removed") {
    if (!is_workspace_path(*text)) return false;
    (key == "made" ? patch.made : patch.removed).push_back(*text);
    return true;
  }
  if (key != "file") return false;
  auto file = read_file_line(*text);
  if (!file) return false;
  patch.files.push_back(std::move(*file));
  return true;
}

}  // namespace

bool is_workspace_path(std::string_view path) {
  if (path.find('\0') != std::string_view::npos) return false;
  while (true) {
    const auto slash = path.find('/');
    const auto name = path.substr(0, slash);
    if (name.empty() || name == "." || name == ".." || name == ".git" || name == ".taizhang")
      return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

std::string hash_or_nothing(const std::optional<std::string>& bytes) {
  return bytes ? sha256(*bytes) : std::string();
}

void describe(UndoPatch& patch, const std::vector<FileChange>& changes) {
  for (const FileChange& change : changes) {
    patch.files.push_back(
        {change.path, hash_or_nothing(change.old_bytes), hash_or_nothing(change.new_bytes)});
    patch.difference +=
        unified_diff(change.old_bytes.value_or(""), change.new_bytes.value_or(""), change.path);
  }
}

std::string write_undo_patch(const UndoPatch& patch) {
  std::string text;
  const auto line = [&](std::string_view key, std::string_view value) {
    text += fmt::format("# {}: {}\n", key, quote_line(value));
  };
  line("number", std::to_string(patch.number));
  line("command", patch.note.command);
  line("time", patch.note.time);
  if (patch.note.undoes) line("undoes", std::to_string(*patch.note.undoes));
  for (const std::string& folder : patch.made) line("made", folder);
  for (const std::string& folder : patch.removed) line("removed", folder);
  const auto word = [](const std::string& hash) { return hash.empty() ? no_file : hash; };
  for (const UndoFile& file : patch.files)
    line("file", fmt::format("{} {} {}", word(file.old_sha256), word(file.new_sha256), file.path));
  text += '\n';
  text += patch.difference;
  return fmt::format("{}{}\n{}", title, sha256(text), text);
}

std::optional<UndoPatch> read_undo_patch(std::string_view bytes) {
  if (!bytes.starts_with(title)) return std::nullopt;
  bytes.remove_prefix(title.size());
  if (bytes.size() <= hash_size || bytes[hash_size] != '\n') return std::nullopt;
  const auto hash = bytes.substr(0, hash_size);
  bytes.remove_prefix(hash_size + 1);
  if (sha256(bytes) != hash) return std::nullopt;

  UndoPatch patch;
  while (true) {
    const auto newline = bytes.find('\n');
    if (newline == std::string_view::npos) return std::nullopt;
    std::string_view line = bytes.substr(0, newline);
    bytes.remove_prefix(newline + 1);
    if (line.empty()) break;
    if (!line.starts_with("# ")) return std::nullopt;
    line.remove_prefix(2);
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos ||
        !take_header_line(patch, line.substr(0, colon), line.substr(colon + 2)))
      return std::nullopt;
  }
  patch.difference = bytes;
  std::set<std::string_view> paths;
  for (const UndoFile& file : patch.files)
    if (!paths.insert(file.path).second) return std::nullopt;
  if (patch.number == 0 || patch.files.empty()) return std::nullopt;
  return patch;
}

std::optional<UndoParts> parts_of(const UndoPatch& patch) {
  auto read = read_patch(patch.difference);
  if (!read) return std::nullopt;
  UndoParts parts;
  for (FilePatch& part : *read) {
    std::string path = part.path;
    if (!parts.try_emplace(std::move(path), std::move(part)).second) return std::nullopt;
  }
  std::size_t known = 0;
  for (const UndoFile& file : patch.files) known += parts.count(file.path);
  if (known != parts.size()) return std::nullopt;
  return parts;
}

std::optional<FileChange> taken_back(const UndoParts& parts, const UndoFile& file,
                                     std::optional<std::string> bytes) {
  if (hash_or_nothing(bytes) != file.new_sha256) return std::nullopt;
  // A file without a part is empty on one side and not there on the other.
  std::optional<std::string> before = bytes.value_or("");
  const auto part = parts.find(file.path);
  if (part != parts.end()) before = apply_patch(part->second, *before, PatchWay::backward);
  if (!before) return std::nullopt;
  if (file.old_sha256.empty() && before->empty()) before.reset();
  if (hash_or_nothing(before) != file.old_sha256) return std::nullopt;
  return FileChange{file.path, std::move(bytes), std::move(before)};
}

}  // namespace taizhang::store
