#include "base/publish.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>

#include "base/descriptor.hpp"
#include "base/failure.hpp"
#include "base/temporary.hpp"

namespace taizhang::disk {

namespace {

/// A folder being filled under a name of its own; removed at the end of its life unless it took its
/// place.
class Draft {
 public:
  Draft(const Descriptor& above, const std::string& shown) : above_(above.number()), shown_(shown) {
    int result = 0;
    do {
      name_ = temporary_name();
      result = ::mkdirat(above_, name_.c_str(), 0777);
    } while (result != 0 && (errno == EEXIST || errno == EINTR));
    if (result != 0) {
      const int error = errno;
      name_.clear();
      fail_writing(error, shown_);
    }
    folder_ = open_at(above_, name_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (folder_) return;
    const int error = errno;
    remove();
    fail_writing(error, shown_);
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() { remove(); }

  void add(const std::string& name, std::string_view bytes) {
    Descriptor file = open_at(folder_.number(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (!file) fail_writing(errno, shown_);
    names_.push_back(name);
    int error = write_all(file, bytes);
    if (error == 0) error = sync(file);
    if (error == 0) error = file.close();
    if (error != 0) fail_writing(error, shown_);
  }

  /// 0, or the error number; EEXIST when something stands there.
  int rename_to(const std::string& name) {
    if (const int error = sync(folder_); error != 0 && error != EINVAL) fail_writing(error, shown_);
    int result = 0;
    do {
      result = ::renameat2(above_, name_.c_str(), above_, name.c_str(), RENAME_NOREPLACE);
      if (result != 0 && (errno == EINVAL || errno == ENOSYS))  // never onto one that holds files
        result = ::renameat(above_, name_.c_str(), above_, name.c_str());
    } while (result != 0 && errno == EINTR);
    if (result != 0) return errno == ENOTEMPTY ? EEXIST : errno;
    name_.clear();
    return 0;
  }

 private:
  void remove() {
    if (name_.empty()) return;
    for (const std::string& each : names_) ::unlinkat(folder_.number(), each.c_str(), 0);
    ::unlinkat(above_, name_.c_str(), AT_REMOVEDIR);
    name_.clear();
  }

  int above_;
  const std::string& shown_;
  std::string name_;  ///< empty once it is gone
  Descriptor folder_;
  std::vector<std::string> names_;
};

}  // namespace

bool publish_folder(const std::string& path,
                    const std::vector<std::pair<std::string, std::string>>& files) {
  const std::size_t slash = path.rfind('/');
  const std::string above = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const std::string name = path.substr(slash == std::string::npos ? 0 : slash + 1);
  const Descriptor folder = open_at(AT_FDCWD, above.c_str(), O_RDONLY | O_DIRECTORY);
  if (!folder) fail_writing(errno, path);
  Draft draft{folder, path};
  for (const auto& [file, bytes] : files) draft.add(file, bytes);
  if (const int error = draft.rename_to(name)) {
    if (error == EEXIST) return false;
    fail_writing(error, path);
  }
  const int error = sync(folder);
  if (error != 0 && error != EINVAL)
    throw Failure("written-not-durable", {{"path", path}, {"reason", error_text(error)}}, path);
  return true;
}

}  // namespace taizhang::disk
