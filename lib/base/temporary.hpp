#pragma once

#include <sys/stat.h>

#include <string>
#include <string_view>

#include "base/descriptor.hpp"

namespace taizhang::disk {

/// A file being written beside the one it will replace; removed at the end of its life unless it
/// took that place.
class Temporary {
 public:
  /// Who makes the bytes durable: this, or whoever writes many and does it for all of them.
  enum class Sync { at_once, later };

  /// Writes `bytes` under a name of its own in `folder`, with the permissions and, if allowed, the
  /// owner of `like` (absent: those of any new file). Failures: full-disk, write-failed.
  Temporary(const Descriptor& folder, std::string_view bytes, const struct stat* like,
            std::string_view shown, Sync when = Sync::at_once);
  Temporary(Temporary&& other) noexcept;
  Temporary& operator=(Temporary&&) = delete;
  ~Temporary();

  /// Makes the bytes durable after all. Failures: full-disk, write-failed.
  void sync_now(std::string_view shown) const;

  /// Takes the place of `name`: 0, or the error number. EEXIST when `name` must be new and is not.
  int rename_to(const std::string& name, bool must_be_new);

 private:
  void write(std::string_view bytes, const struct stat* like, std::string_view shown, Sync when);
  void remove();

  int folder_;
  std::string name_;  ///< empty once it is gone
  Descriptor file_;
};

/// Throws the Failure for an error number: full-disk or write-failed (reason), both with path.
[[noreturn]] void fail_writing(int error, std::string_view shown);

/// A name that no other run takes: the prefix below, our process id, '.' and something random.
std::string temporary_name();

/// The beginning of every temporary's name; a process id and '.' follow.
inline constexpr std::string_view temporary_prefix = ".taizhang.";

}  // namespace taizhang::disk
