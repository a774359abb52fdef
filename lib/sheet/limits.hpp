#pragma once

#include <cstddef>
#include <cstdint>

namespace taizhang::sheet {

// No sheet of an office comes near; a file made to harm ends here.

inline constexpr std::size_t most_bytes = 32u << 20;       ///< of a file
inline constexpr std::size_t most_unpacked = 128u << 20;   ///< of all read of a workbook
inline constexpr std::size_t most_cells = 500'000;         ///< of a sheet, empty ones not counted
inline constexpr std::size_t most_cell_bytes = 128 << 10;  ///< spreadsheets take 32767 characters

}  // namespace taizhang::sheet
