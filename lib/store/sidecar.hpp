#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace taizhang::store {

/// One file by its hash; the path is seen from the folder of the sidecar.
struct FileSum {
  std::string sha256;
  std::string path;

  friend bool operator==(const FileSum&, const FileSum&) = default;
};

/// The fact that names the commit which holds all that the report rests on.
inline constexpr std::string_view commit_fact = "commit";

/// What stands beside a report and proves it: from which files it was made and how. `sha256sum -c`
/// takes it, all else is in comment lines.
struct Sidecar {
  std::vector<std::pair<std::string, std::string>> facts;  ///< ASCII names; some more than once
  std::vector<FileSum> sums;                               ///< the report first
  std::vector<std::string> figures;                        ///< lines of what the report says

  /// The first fact of that name; empty when there is none.
  std::string fact(std::string_view name) const;
};

/// The name of the sidecar of a report.
std::string sidecar_path(const std::string& report);

std::string sidecar_text(const Sidecar& sidecar);

/// Nothing when the text is no sidecar of this program.
std::optional<Sidecar> parse_sidecar(std::string_view text);

}  // namespace taizhang::store
