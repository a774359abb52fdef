#include "store/sidecar.hpp"

#include <algorithm>

namespace taizhang::store {

namespace {

constexpr std::string_view first_line = "# taizhang-report/1";
constexpr std::string_view fact_mark = "# ";
constexpr std::string_view figure_mark = "#=";
constexpr std::size_t hash_digits = 64;

/// As sha256sum writes names that would not stay on a line; a line with one begins with '\'.
std::string escaped(std::string_view path) {
  std::string out;
  for (const char c : path)
    if (c == '\\') out += "\\\\";
    else if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else out += c;
  return out;
}

std::string unescaped(std::string_view path) {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '\\' || i + 1 == path.size()) {
      out += path[i];
      continue;
    }
    const char next = path[++i];
    out += next == 'n' ? '\n' : next == 'r' ? '\r' : next;
  }
  return out;
}

std::optional<FileSum> sum_of(std::string_view line) {
  const bool is_escaped = line.starts_with('\\');
  if (is_escaped) line.remove_prefix(1);
  if (line.size() < hash_digits + 3 || line.substr(hash_digits, 2) != "  ") return std::nullopt;
  const std::string_view path = line.substr(hash_digits + 2);
  return FileSum{std::string{line.substr(0, hash_digits)},
                 is_escaped ? unescaped(path) : std::string{path}};
}

std::string on_one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  std::ranges::replace(text, '\r', ' ');
  return text;
}

}  // namespace

std::string Sidecar::fact(std::string_view name) const {
  for (const auto& [each, value] : facts)
    if (each == name) return value;
  return {};
}

std::string sidecar_path(const std::string& report) { return report + ".sha256"; }

std::string sidecar_text(const Sidecar& sidecar) {
  std::string text{first_line};
  text += '\n';
  for (const auto& [name, value] : sidecar.facts)
    text += std::string{fact_mark} + name + ": " + on_one_line(value) + '\n';
  for (const FileSum& sum : sidecar.sums) {
    const std::string path = escaped(sum.path);
    text += (path == sum.path ? "" : "\\") + sum.sha256 + "  " + path + '\n';
  }
  for (const std::string& line : sidecar.figures) text += std::string{figure_mark} + line + '\n';
  return text;
}

std::optional<Sidecar> parse_sidecar(std::string_view text) {
  Sidecar sidecar;
  bool first = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t colon = line.find(": ");
    if (std::exchange(first, false)) {
      if (line != first_line) return std::nullopt;
    } else if (line.starts_with(figure_mark)) {
      sidecar.figures.emplace_back(line.substr(figure_mark.size()));
    } else if (line.starts_with(fact_mark) && colon != std::string_view::npos) {
      sidecar.facts.emplace_back(line.substr(2, colon - 2), line.substr(colon + 2));
    } else if (auto sum = sum_of(line)) {
      sidecar.sums.push_back(std::move(*sum));
    } else {
      return std::nullopt;
    }
  }
  if (sidecar.sums.empty()) return std::nullopt;
  return sidecar;
}

}  // namespace taizhang::store
