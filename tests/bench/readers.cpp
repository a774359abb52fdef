// Our reader against toml++ on the same texts in memory.  bench_readers LIST
// Prints nanoseconds for each text with both, the best of several turns, and their ratio.

#include <toml++/toml.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "document/reader.hpp"

namespace {

template <class Read>
double best_of(const std::vector<std::string>& texts, Read read) {
  using Clock = std::chrono::steady_clock;
  double best = std::numeric_limits<double>::max();
  for (int turn = 0; turn < 7; ++turn) {
    const auto begin = Clock::now();
    for (const std::string& text : texts) read(text);
    const std::chrono::duration<double, std::nano> spent = Clock::now() - begin;
    best = std::min(best, spent.count() / static_cast<double>(texts.size()));
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::ifstream list(argv[1]);
  std::vector<std::string> texts;
  std::size_t bytes = 0;
  for (std::string path; std::getline(list, path) && texts.size() < 1500;) {
    std::ifstream file(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    bytes += texts.back().size();
  }
  if (texts.empty()) return 1;
  std::size_t members = 0;
  const double ours = best_of(texts, [&](const std::string& text) {
    const auto read = taizhang::document::read_toml(text);
    members += std::get<taizhang::document::Content>(read).root.members.size();
  });
  const double theirs =
      best_of(texts, [&](const std::string& text) { members += toml::parse(text).size(); });
  std::printf("%zu texts of %zu bytes (%zu members): ours %.0f ns, toml++ %.0f ns, ratio %.1f\n",
              texts.size(), bytes / texts.size(), members, ours, theirs, theirs / ours);
  return 0;
}
