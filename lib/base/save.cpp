#include "base/save.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <map>
#include <set>

#include "base/disk.hpp"
#include "base/failure.hpp"
#include "base/file_system.hpp"
#include "base/temporary.hpp"

namespace taizhang::disk {

namespace {

[[noreturn]] void fail(std::string_view code, const std::string& shown, int error = 0,
                       Facts facts = {}) {
  facts.emplace_back("path", shown);
  if (error != 0) facts.emplace_back("reason", error_text(error));
  throw Failure(code, std::move(facts), shown);
}

/// `path` cut at its last '/': "." and the whole when it has none.
std::pair<std::string, std::string> split(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return {".", path};
  return {slash == 0 ? "/" : path.substr(0, slash), path.substr(slash + 1)};
}

/// One replacement under way.
struct Target {
  const Replacement* wanted = nullptr;
  const Descriptor* folder = nullptr;
  std::string folder_path;
  std::string name;  ///< in that folder
  bool existed = false;
  struct stat found {};  ///< as it was when its bytes were compared
  std::optional<Temporary> temporary = {};
};

bool same_file(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino && a.st_size == b.st_size &&
         a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

/// Renaming needs no permission to write the file itself, so what protects it is asked for here.
void refuse_protected(const Target& target) {
  const std::string& shown = target.wanted->shown;
  if (!S_ISREG(target.found.st_mode)) fail("file-not-regular", shown);
  if ((target.found.st_mode & S_IWUSR) == 0 ||
      (::faccessat(target.folder->number(), target.name.c_str(), W_OK, AT_EACCESS) != 0 &&
       errno == EACCES))
    fail("file-read-only", shown);
  if (target.found.st_nlink > 1) fail("file-hard-linked", shown);
}

void refuse_changed(Target& target) {
  const Replacement& wanted = *target.wanted;
  const Descriptor file =
      open_at(target.folder->number(), target.name.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  std::string bytes;
  int error = 0;
  if (!file && (errno == ENOENT || errno == ELOOP || errno == ENXIO))
    fail("file-changed-meanwhile", wanted.shown);
  if (!file || ::fstat(file.number(), &target.found) != 0) fail_writing(errno, wanted.shown);
  switch (read_regular(file, wanted.old_bytes->size(), bytes, error)) {
    case ReadOutcome::done:
      if (bytes == *wanted.old_bytes) return;
      break;
    case ReadOutcome::unreadable:
      fail_writing(error, wanted.shown);
    case ReadOutcome::not_regular:
    case ReadOutcome::too_large:
      break;
  }
  fail("file-changed-meanwhile", wanted.shown);
}

/// So many files are synced each by itself. More are worth a sync of the file system, which
/// waits for other people's bytes too.
constexpr std::ptrdiff_t few = 8;

/// The file system cannot do that.
bool is_unsupported(int error) { return error == ENOSYS || error == EINVAL; }

/// Several files, each in its folder; a folder is opened once and synced once.
class Operation {
 public:
  /// `compare` false: whatever stands there may be replaced.
  Operation(const std::vector<Replacement>& replacements, bool compare) : compare_(compare) {
    targets_.reserve(replacements.size());
    allow_many_descriptors();
    for (const Replacement& wanted : replacements) locate(wanted);
    const auto written = std::ranges::count_if(
        replacements, [](const Replacement& wanted) { return wanted.new_bytes.has_value(); });
    if (written > few) find_file_systems();
  }

  void run() {
    for (Target& target : targets_) check(target);
    for (Target& target : targets_) prepare(target);
    if (!file_systems_.empty()) sync_temporaries();
    for (std::size_t i = 0; i < targets_.size(); ++i)
      if (const int error = commit(targets_[i])) put_back(i, error);
    sync_folders();
  }

 private:
  void locate(const Replacement& wanted) {
    std::string path = wanted.path;
    if (path.empty() || path.find('\0') != std::string::npos) fail_writing(ENOENT, wanted.shown);
    struct stat link {};
    if (::lstat(path.c_str(), &link) == 0 && S_ISLNK(link.st_mode)) {
      path = real_path(path);
      if (path.empty()) fail("file-not-regular", wanted.shown);
    }
    Target target;
    target.wanted = &wanted;
    std::tie(target.folder_path, target.name) = split(path);
    auto [place, is_new] = folders_.try_emplace(target.folder_path);
    if (is_new) place->second = open_at(AT_FDCWD, place->first.c_str(), O_RDONLY | O_DIRECTORY);
    if (!place->second) fail_writing(errno, wanted.shown);
    target.folder = &place->second;
    targets_.push_back(std::move(target));
  }

  void check(Target& target) {
    const Replacement& wanted = *target.wanted;
    target.existed = ::fstatat(target.folder->number(), target.name.c_str(), &target.found,
                               AT_SYMLINK_NOFOLLOW) == 0;
    if (!target.existed && errno != ENOENT) fail_writing(errno, wanted.shown);
    if (compare_ && target.existed != wanted.old_bytes.has_value())
      fail("file-changed-meanwhile", wanted.shown);
    if (!target.existed) return;
    refuse_protected(target);
    if (compare_) refuse_changed(target);
  }

  void prepare(Target& target) const {
    const Replacement& wanted = *target.wanted;
    if (!wanted.new_bytes) return;
    target.temporary.emplace(
        *target.folder, *wanted.new_bytes, target.existed ? &target.found : nullptr, wanted.shown,
        file_systems_.empty() ? Temporary::Sync::at_once : Temporary::Sync::later);
  }

  /// None when one of them cannot be synced as a whole.
  void find_file_systems() {
    std::set<dev_t> known;
    for (const auto& [path, folder] : folders_) {
      struct stat found {};
      if (::fstat(folder.number(), &found) != 0 || !syncs_as_a_whole(folder))
        return file_systems_.clear();
      if (known.insert(found.st_dev).second) file_systems_.push_back(&folder);
    }
  }

  /// 0, or the error number.
  int sync_file_systems() const {
    for (const Descriptor* folder : file_systems_)
      if (const int error = sync_file_system(*folder)) return error;
    return 0;
  }

  void sync_temporaries() {
    const int error = sync_file_systems();
    if (error == 0) return;
    if (!is_unsupported(error)) fail_writing(error, targets_.front().wanted->shown);
    file_systems_.clear();
    for (const Target& target : targets_)
      if (target.temporary) target.temporary->sync_now(target.wanted->shown);
  }

  /// 0, or the error number.
  static int commit(Target& target) {
    if (target.existed) {
      // The last look before the rename: an editor may have saved while we wrote.
      struct stat now {};
      if (::fstatat(target.folder->number(), target.name.c_str(), &now, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? ESTALE : errno;
      if (!same_file(now, target.found)) return ESTALE;
    }
    if (target.temporary) return target.temporary->rename_to(target.name, !target.existed);
    return remove(target);
  }

  static int remove(const Target& target) {
    int result = 0;
    do result = ::unlinkat(target.folder->number(), target.name.c_str(), 0);
    while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
  }

  /// The `failed`-th could not take its place: undoes those before it, then throws.
  [[noreturn]] void put_back(std::size_t failed, int error) {
    const std::string& shown = targets_[failed].wanted->shown;
    std::string lost;
    for (std::size_t i = failed; i-- > 0;) {
      if (restore(targets_[i])) continue;
      if (!lost.empty()) lost += ", ";
      lost += targets_[i].wanted->shown;
    }
    // What was put back must not come undone once nobody remembers the change.
    for (const auto& [path, folder] : folders_) static_cast<void>(sync(folder));
    if (!lost.empty()) fail("written-partly", shown, error, {{"files", lost}});
    if (error == ESTALE || error == EEXIST) fail("file-changed-meanwhile", shown);
    fail_writing(error, shown);
  }

  static bool restore(const Target& target) {
    const Replacement& wanted = *target.wanted;
    if (!target.existed) return remove(target) == 0;
    if (!wanted.old_bytes) return false;
    try {
      Temporary old(*target.folder, *wanted.old_bytes, &target.found, wanted.shown);
      return old.rename_to(target.name, !wanted.new_bytes) == 0;
    } catch (const Failure&) {
      return false;
    }
  }

  void sync_folders() {
    if (!file_systems_.empty() && folders_.size() > 1) {
      const int error = sync_file_systems();
      if (error == 0) return;
      if (!is_unsupported(error))
        fail("written-not-durable", targets_.front().wanted->shown, error);
    }
    for (const Target& target : targets_) {
      const auto place = folders_.find(target.folder_path);
      if (place == folders_.end()) continue;  // done for a file before
      const int error = sync(place->second);
      // EINVAL: a file system whose folders cannot be synced at all.
      if (error != 0 && error != EINVAL) fail("written-not-durable", target.wanted->shown, error);
      folders_.erase(place);
    }
  }

  bool compare_;
  std::map<std::string, Descriptor> folders_;
  std::vector<const Descriptor*> file_systems_;  ///< a folder of each that is synced as a whole
  std::vector<Target> targets_;                  // below the folders: temporaries go first
};

void write_in_place(const std::string& path, std::string_view bytes) {
  Descriptor file = open_at(AT_FDCWD, path.c_str(), O_WRONLY);
  if (!file) fail_writing(errno, path);
  const int error = write_all(file, bytes);
  if (error == EPIPE) return;
  if (error != 0) fail_writing(error, path);
  if (const int late = file.close()) fail_writing(late, path);
}

}  // namespace

void replace_files(const std::vector<Replacement>& replacements) {
  Operation(replacements, true).run();
}

void replace_file(const std::string& path, std::string_view shown,
                  std::optional<std::string_view> old_bytes, std::string_view new_bytes) {
  Replacement wanted{path, std::string(shown), std::nullopt, std::string(new_bytes)};
  if (old_bytes) wanted.old_bytes = std::string(*old_bytes);
  replace_files({std::move(wanted)});
}

void write_document(const std::string& path, std::string_view bytes) {
  struct stat status {};
  const bool existed = ::stat(path.c_str(), &status) == 0;
  if (existed && S_ISDIR(status.st_mode)) fail("file-not-regular", path);
  if (existed && !S_ISREG(status.st_mode)) return write_in_place(path, bytes);
  Operation({Replacement{path, path, std::nullopt, std::string(bytes)}}, false).run();
}

namespace {

/// Makes the folder and those above it, and tells of each that it made where that one stands.
void make_folder(const std::string& path, std::map<std::string, std::string>& changed) {
  if (is_folder(path)) return;
  const auto [above, name] = split(path);
  make_folder(above, changed);
  if (name.empty()) return;  // a '/' at the end
  if (::mkdir(path.c_str(), 0777) != 0) {
    const int error = errno;
    if (error == EEXIST && is_folder(path)) return;
    fail_writing(error, path);
  }
  changed.try_emplace(above, path);
}

}  // namespace

void make_folder(const std::string& path) { make_folders({path}); }

void make_folders(const std::vector<std::string>& paths) {
  std::map<std::string, std::string> changed;  // folders, and what was made there first
  for (const std::string& path : paths) make_folder(path, changed);
  for (const auto& [above, made] : changed) {
    const Descriptor folder = open_at(AT_FDCWD, above.c_str(), O_RDONLY | O_DIRECTORY);
    const int error = folder ? sync(folder) : errno;
    if (error != 0 && error != EINVAL) fail("written-not-durable", made, error);
  }
}

namespace {

/// A folder that was to appear with its files (`publish_folder`); it holds no folders.
void remove_draft(const std::string& path) {
  if (const auto entries = list_folder(path, path))
    for (const DirectoryEntry& entry : *entries) ::unlink((path + '/' + entry.name).c_str());
  ::rmdir(path.c_str());
}

}  // namespace

void sweep(const std::string& folder) {
  const auto entries = list_folder(folder, folder);
  if (!entries) return;
  for (const auto& [name, is_directory] : *entries) {
    if (!name.starts_with(temporary_prefix)) continue;
    const char* const end = name.data() + name.size();
    pid_t owner = 0;
    const auto [rest, error] = std::from_chars(name.data() + temporary_prefix.size(), end, owner);
    if (error != std::errc{} || rest == end || *rest != '.' || owner <= 0) continue;
    if (::kill(owner, 0) == 0 || errno != ESRCH) continue;
    const std::string path = folder + '/' + name;
    if (is_directory) remove_draft(path);
    else ::unlink(path.c_str());
  }
}

}  // namespace taizhang::disk
