#pragma once

#include <cstdint>
#include <string>

namespace taizhang {

/// A range of bytes in one file, end excluded.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

/// A spot in a file as a person finds it. `line` 0 means the file as a whole.
struct Place {
  std::string path;          ///< as the user would type it; empty when no file is meant
  std::uint32_t line = 0;    ///< from 1
  std::uint32_t column = 0;  ///< from 1, in code points
  std::uint32_t width = 1;   ///< code points to underline, at least 1
  std::string excerpt;       ///< that line, without its line ending

  friend bool operator==(const Place&, const Place&) = default;
};

}  // namespace taizhang
