#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace taizhang {

/// The text as UTF-8 when all of its bytes are GB18030 (of which GBK and GB2312 are parts); nothing
/// otherwise. Pure ASCII passes too.
std::optional<std::string> gb18030_to_utf8(std::string_view bytes);

/// True when all of the bytes are GB18030.
bool is_gb18030(std::string_view bytes);

}  // namespace taizhang
