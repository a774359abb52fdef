#pragma once

#include <string>
#include <utility>
#include <vector>

namespace taizhang::disk {

/// Makes the folder with these files (name, bytes) durably and in one step: nobody sees some of them
/// without the others. False when it is there already; nothing is changed then. The folder above is
/// there. Failures: full-disk, write-failed, written-not-durable.
bool publish_folder(const std::string& path,
                    const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace taizhang::disk
