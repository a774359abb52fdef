#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace taizhang::document {

/// What both changed alike or only one of them changed; nothing where they differ.
template <class T>
std::optional<T> pick(const T& base, const T& ours, const T& theirs) {
  if (ours == theirs || theirs == base) return ours;
  if (ours == base) return theirs;
  return std::nullopt;
}

/// The order of what two sides made of a sequence; each name stands once in a sequence. Names of the
/// base stay when `stays` says so; all others of a side are new, and follow what they followed there.
/// New ones at one place are merged by `before`, each side's in its order.
std::vector<std::string> merge_order(
    const std::vector<std::string>& base, const std::vector<std::string>& ours,
    const std::vector<std::string>& theirs, const std::function<bool(const std::string&)>& stays,
    const std::function<bool(const std::string&, const std::string&)>& before);

/// Lines of both sides: what either took away is gone, what either added is there.
std::string merge_lines(const std::string& base, const std::string& ours,
                        const std::string& theirs);

}  // namespace taizhang::document
