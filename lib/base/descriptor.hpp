#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace taizhang::disk {

/// An open file, closed at the end of its life. Calls are repeated when a signal interrupts them.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }

  explicit operator bool() const { return number_ >= 0; }
  int number() const { return number_; }

  /// 0, or the error number. Whatever it says, the descriptor is gone.
  int close();

 private:
  int number_ = -1;
};

/// openat(2), always with O_CLOEXEC and O_NOCTTY. False leaves the reason in errno.
Descriptor open_at(int folder, const char* path, int flags, mode_t mode = 0);

/// Lets the program have as many files open as the system would ever allow it.
void allow_many_descriptors();

/// What came of reading a whole file; `error` is errno of `unreadable`.
enum class ReadOutcome { done, not_regular, too_large, unreadable };

/// Appends the rest of a regular file, of at most `limit` bytes.
ReadOutcome read_regular(const Descriptor& file, std::size_t limit, std::string& bytes, int& error);

/// 0, or the error number.
int write_all(const Descriptor& file, std::string_view bytes);
int sync(const Descriptor& file);

/// English words for an error number, whatever the locale.
std::string error_text(int error);

}  // namespace taizhang::disk
