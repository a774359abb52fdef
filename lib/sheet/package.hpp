#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "sheet/unpack_library.hpp"

namespace taizhang::sheet {

/// An element with its attributes, names without prefix.
struct Element {
  std::string_view name;
  std::map<std::string_view, std::string_view> attributes;

  /// Empty when there is none.
  std::string_view attribute(std::string_view key) const;
};

/// What a reader of one part does with it.
struct PartReader {
  std::function<void(const Element&)> start;
  std::function<void(std::string_view name)> end;
  std::function<void(std::string_view)> text;
  std::function<bool()> enough;  ///< true stops the reading; may be absent
};

enum class PartOutcome { done, missing, broken, doctype, too_large, stopped };

/// The parts of a workbook, unpacked and parsed in small pieces.
class Package {
 public:
  /// The bytes must outlive it. Failure: library-missing.
  explicit Package(std::string_view bytes);
  ~Package();
  Package(const Package&) = delete;
  Package& operator=(const Package&) = delete;

  explicit operator bool() const { return archive_ != nullptr; }

  /// `name` as relationships write it, with or without a slash in front.
  PartOutcome read(std::string_view name, const PartReader& reader);

 private:
  PartOutcome parse(zip_file_t* file, const PartReader& reader);

  UnpackLibrary api_;
  zip_t* archive_ = nullptr;
  std::size_t unpacked_ = 0;
};

}  // namespace taizhang::sheet
