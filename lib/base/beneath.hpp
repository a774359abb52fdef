#pragma once

#include <string>
#include <string_view>

#include "base/descriptor.hpp"

namespace taizhang::disk {

/// Opens `path` for reading as seen from the folder `root`, where neither ".." nor a symlink may
/// lead out of it. False leaves the reason in errno; EXDEV means it would have led out.
Descriptor open_beneath(const Descriptor& root, const std::string& path);

/// The same step by step, for kernels (before 5.6) and sandboxes that lack openat2.
Descriptor open_beneath_by_steps(const Descriptor& root, std::string_view path);

}  // namespace taizhang::disk
