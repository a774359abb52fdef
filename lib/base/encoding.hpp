#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace taizhang {

/// The text as UTF-8 when all of its bytes are GB18030 (of which GBK and GB2312 are parts); nothing
/// otherwise. Pure ASCII passes too.
std::optional<std::string> gb18030_to_utf8(std::string_view bytes);

/// True when all of the bytes are GB18030.
bool is_gb18030(std::string_view bytes);

enum class Encoding : std::uint8_t { utf8, gb18030 };

/// Where bytes stop being text, counted from 0.
struct NotText {
  std::optional<std::size_t> utf8;     ///< nothing: not tried
  std::optional<std::size_t> gb18030;  ///< nothing: not tried
  bool either = false;  ///< both would do, and the text is too short to tell which was meant
};

/// The text of a file that a person made with whatever program: what its byte order mark says (UTF-8
/// or UTF-16), else strict UTF-8, else strict GB18030; `known` when a person says which. The mark is
/// left out.
tl::expected<std::string, NotText> text_of(std::string_view bytes,
                                           std::optional<Encoding> known = std::nullopt);

}  // namespace taizhang
