// Edits documents that fuzzing made: whatever the text and the change, no line is lost, no other
// record means something else, and nothing that was not proved is given back.
// An input is four bytes that choose the edits, then the document.

#include <cstdio>
#include <cstdlib>
#include <random>

#include "../unit/document/edit_properties.hpp"

using namespace taizhang::document;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 4) return 0;
  std::uint32_t seed = 0;
  for (std::size_t i = 0; i < 4; ++i) seed = seed << 8 | data[i];
  const auto document =
      parse("a.toml", std::string(reinterpret_cast<const char*>(data) + 4, size - 4));
  if (!document) return 0;
  std::mt19937 random(seed);
  const std::string rule =
      properties::broken_rule(*document, [&](std::size_t bound) { return random() % bound; });
  if (rule.empty()) return 0;
  std::fprintf(stderr, "%s\n", rule.c_str());
  std::abort();
}
