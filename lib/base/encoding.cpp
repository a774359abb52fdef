#include "base/encoding.hpp"

#include <iconv.h>

#include <array>
#include <cerrno>
#include <functional>

#include "base/failure.hpp"

namespace taizhang {

namespace {

/// Decodes piece by piece and hands each piece of UTF-8 on; false at the first byte that is wrong.
bool decode_gb18030(std::string_view bytes, const std::function<void(std::string_view)>& take) {
  const iconv_t converter = iconv_open("UTF-8", "GB18030");
  if (converter == reinterpret_cast<iconv_t>(-1)) throw Failure("gb18030-missing");
  // iconv does not write to its input, though its type says that it may.
  char* in = const_cast<char*>(bytes.data());
  std::size_t left = bytes.size();
  bool good = true;
  while (good && left > 0) {
    std::array<char, 16 * 1024> buffer;
    char* out = buffer.data();
    std::size_t room = buffer.size();
    good =
        iconv(converter, &in, &left, &out, &room) != static_cast<std::size_t>(-1) || errno == E2BIG;
    take({buffer.data(), buffer.size() - room});
  }
  iconv_close(converter);
  return good;
}

}  // namespace

std::optional<std::string> gb18030_to_utf8(std::string_view bytes) {
  std::string text;
  if (!decode_gb18030(bytes, [&](std::string_view piece) { text += piece; })) return std::nullopt;
  return text;
}

bool is_gb18030(std::string_view bytes) {
  return decode_gb18030(bytes, [](std::string_view) {});
}

}  // namespace taizhang
