#pragma once

#include <string>

#include "base/descriptor.hpp"

namespace taizhang::disk {

/// A file without a name that lives in memory, for libraries that write only to a path.
class MemoryFile {
 public:
  /// Failure: write-failed.
  MemoryFile();

  /// What a library can open; valid as long as this object lives.
  std::string path() const;

  /// All that was written there. Failure: write-failed.
  std::string bytes() const;

 private:
  Descriptor file_;
};

}  // namespace taizhang::disk
