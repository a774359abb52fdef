#pragma once

#include <string>
#include <vector>

#include "document/document.hpp"

namespace taizhang::document {

/// What `parse` finds wrong, each as `line:column+width code`; empty when it reads the text.
inline std::vector<std::string> findings_text(const std::string& text) {
  std::vector<std::string> all;
  const auto read = parse("a.toml", text);
  if (read) return all;
  for (const Diagnostic& finding : read.error())
    all.push_back(std::to_string(finding.place.line) + ":" + std::to_string(finding.place.column) +
                  "+" + std::to_string(finding.place.width) + " " + std::string(finding.code));
  return all;
}

/// A fact of the first finding; empty when there is none.
inline std::string first_fact(const std::string& text, std::string_view name) {
  const auto read = parse("a.toml", text);
  if (read) return {};
  for (const auto& [key, value] : read.error().front().facts)
    if (key == name) return value;
  return {};
}

}  // namespace taizhang::document
