// Our reader and toml++ must agree: both read a text and find the same in it, or both refuse it. Where
// the guard finds fault (limits, encoding, full-width characters, merge conflicts) and with odd
// spaces on a continued line we are stricter; toml++ is with numbers of more than 128 characters.

#include <cstdio>
#include <cstdlib>

#include "document/document.hpp"
#include "document/guard.hpp"
#include "document/witness.hpp"

using namespace taizhang::document;

namespace {

void fail(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

/// toml++ refuses decimal numbers of more than 128 characters.
bool has_long_number(const std::string& text) {
  std::size_t length = 0;
  for (const char c : text) {
    const bool inside = (c >= '0' && c <= '9') || c == '.' || c == '_' || c == 'e' || c == 'E' ||
                        c == '+' || c == '-';
    length = inside ? length + 1 : 0;
    if (length > 128) return true;
  }
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto document = parse("a.toml", text);
  if (document) {
    if (!is_confirmed(*document) && !has_long_number(text)) fail("toml++ reads it otherwise");
    return 0;
  }
  if (document.error().empty()) fail("refused without a word");
  if (document.error().front().code == "space-after-joint") return 0;
  if (guard(Source("a.toml", text)).empty() && witness(text)) fail("toml++ reads what we refuse");
  return 0;
}
