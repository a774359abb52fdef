#include "base/encoding.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <functional>

#include "base/failure.hpp"
#include "base/text.hpp"

namespace taizhang {

namespace {

/// Decodes piece by piece and hands each piece of UTF-8 on; the offset of the first byte that is
/// wrong, or nothing.
std::optional<std::size_t> decode(const char* encoding, std::string_view bytes,
                                  const std::function<void(std::string_view)>& take) {
  const iconv_t converter = iconv_open("UTF-8", encoding);
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
  if (good) return std::nullopt;
  return bytes.size() - left;
}

bool decode_gb18030(std::string_view bytes, const std::function<void(std::string_view)>& take) {
  return !decode("GB18030", bytes, take);
}

std::size_t count_beyond_ascii(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0xC0u; }));
}

constexpr std::size_t enough_to_tell = 4;  ///< Han characters; GB18030 is then hardly ever UTF-8

}  // namespace

std::optional<std::string> gb18030_to_utf8(std::string_view bytes) {
  std::string text;
  if (!decode_gb18030(bytes, [&](std::string_view piece) { text += piece; })) return std::nullopt;
  return text;
}

bool is_gb18030(std::string_view bytes) {
  return decode_gb18030(bytes, [](std::string_view) {});
}

tl::expected<std::string, NotText> text_of(std::string_view bytes, std::optional<Encoding> known) {
  for (const auto& [mark, name] : {std::pair{std::string_view{"\xFF\xFE"}, "UTF-16LE"},
                                   std::pair{std::string_view{"\xFE\xFF"}, "UTF-16BE"}}) {
    if (known || !bytes.starts_with(mark)) continue;
    std::string text;
    const auto fault =
        decode(name, bytes.substr(mark.size()), [&](std::string_view piece) { text += piece; });
    if (!fault) return text;
    break;
  }
  constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
  const bool marked = bytes.starts_with(utf8_mark) && known != Encoding::gb18030;
  const std::string_view content = marked ? bytes.substr(utf8_mark.size()) : bytes;
  NotText fault;
  if (known != Encoding::gb18030) {
    fault.utf8 = first_invalid_utf8(content);
    if (!fault.utf8) {
      const std::size_t beyond = count_beyond_ascii(content);
      if (known || marked || beyond == 0 || beyond >= enough_to_tell || !is_gb18030(content))
        return std::string{content};
      fault.either = true;
      return tl::make_unexpected(fault);
    }
    if (marked) *fault.utf8 += utf8_mark.size();
  }
  if (known == Encoding::utf8 || marked) return tl::make_unexpected(fault);
  std::string text;
  fault.gb18030 = decode("GB18030", content, [&](std::string_view piece) { text += piece; });
  if (!fault.gb18030) return text;
  return tl::make_unexpected(fault);
}

}  // namespace taizhang
