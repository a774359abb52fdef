#include "store/undo_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <system_error>

#include "base/disk.hpp"
#include "base/entry.hpp"
#include "base/failure.hpp"
#include "base/save.hpp"

namespace taizhang::store {

namespace {

constexpr std::string_view folder_name = ".taizhang/undo";
constexpr std::uint32_t largest_number = 999'999'999;

/// No change that fitted into memory makes a larger one.
constexpr std::size_t max_patch_bytes = 1u << 30;

std::string name_of(std::uint32_t number, UndoFolder::Kind kind) {
  return fmt::format("{:06}.{}", number, kind == UndoFolder::Kind::done ? "patch" : "pending");
}

}  // namespace

UndoFolder::UndoFolder(const std::string& root) : path_(root + '/' + std::string(folder_name)) {}

std::string UndoFolder::path_of(std::uint32_t number, Kind kind) const {
  return path_ + '/' + name_of(number, kind);
}

std::string UndoFolder::shown(std::uint32_t number, Kind kind) {
  return std::string(folder_name) + '/' + name_of(number, kind);
}

std::vector<std::uint32_t> UndoFolder::numbers(Kind kind) const {
  std::vector<std::uint32_t> found;
  const auto entries = disk::list_folder(path_, folder_name);
  if (!entries && entries.error().code == "folder-missing") return found;
  if (!entries) throw Failure(entries.error());
  for (const auto& entry : *entries) {
    std::uint32_t number = 0;
    const char* const begin = entry.name.data();
    const auto error = std::from_chars(begin, begin + entry.name.size(), number).ec;
    if (error == std::errc{} && number <= largest_number && entry.name == name_of(number, kind))
      found.push_back(number);
  }
  std::ranges::sort(found, std::greater{});
  return found;
}

std::optional<UndoPatch> UndoFolder::read(std::uint32_t number, Kind kind) const {
  const auto bytes = disk::read_file(path_of(number, kind), shown(number, kind), max_patch_bytes);
  if (!bytes) return std::nullopt;
  auto patch = read_undo_patch(*bytes);
  if (patch && patch->number != number) return std::nullopt;
  return patch;
}

void UndoFolder::write_pending(const UndoPatch& patch) const {
  disk::make_folder(path_);
  disk::replace_file(path_of(patch.number, Kind::pending), shown(patch.number, Kind::pending),
                     std::nullopt, write_undo_patch(patch));
}

void UndoFolder::make_done(std::uint32_t number) const {
  disk::rename_file(path_of(number, Kind::pending), path_of(number, Kind::done));
}

void UndoFolder::remove(std::uint32_t number, Kind kind) const {
  disk::remove_file(path_of(number, kind));
}

}  // namespace taizhang::store
