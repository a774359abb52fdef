#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/descriptor.hpp"

namespace taizhang::disk {

/// Bytes that are too many to be kept in memory, in a file without a name that goes with this object.
/// Only where no such file can be made they stay in memory.
class Spill {
 public:
  /// Failure: write-failed.
  Spill();

  /// Gives the place of the bytes. Failures: full-disk, write-failed.
  std::uint64_t append(std::string_view bytes);

  /// Bytes that were appended. Failure: write-failed.
  std::string read(std::uint64_t place, std::size_t size) const;

 private:
  Descriptor file_;
  std::uint64_t size_ = 0;
};

}  // namespace taizhang::disk
