// Our reader and toml++ must agree: both read a text and find the same in it, or both refuse it. Where
// the guard finds fault (limits, encoding, full-width characters, merge conflicts), with odd spaces on a
// continued line, and with numbers and times that are very long, we are stricter.

#include <cstdio>
#include <cstdlib>

#include "document/characters.hpp"
#include "document/document.hpp"
#include "document/guard.hpp"
#include "document/witness.hpp"

using namespace taizhang::document;

namespace {

void fail(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

/// A run that may be a number or time beyond our limits; at worst a word, and then less is compared.
bool has_long_scalar(const std::string& text) {
  std::size_t length = 0;
  for (const char c : text) {
    length = is(c, in_scalar) ? length + 1 : 0;
    if (length > 50) return true;
  }
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto document = parse("a.toml", text);
  if (document) {
    if (!is_confirmed(*document)) fail("toml++ reads it otherwise");
    return 0;
  }
  if (document.error().empty()) fail("refused without a word");
  if (document.error().front().code == "space-after-joint" || has_long_scalar(text)) return 0;
  if (guard(Source("a.toml", text)).empty() && witness(text)) fail("toml++ reads what we refuse");
  return 0;
}
