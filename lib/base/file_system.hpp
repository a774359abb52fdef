#pragma once

#include "base/descriptor.hpp"

namespace taizhang::disk {

// One call makes all that was written to a file system durable, other people's bytes with it: for
// many files that is much gentler on a disk than a sync of each.

/// Whether that call keeps what a sync of each file promises: of file systems that are known, by a
/// system that tells of bytes that were lost.
bool syncs_as_a_whole(const Descriptor& on_it);

/// 0, or the error number; bytes that were lost since `on_it` was opened are an error.
int sync_file_system(const Descriptor& on_it);

}  // namespace taizhang::disk
