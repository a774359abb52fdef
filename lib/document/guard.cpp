#include "document/guard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "document/findings.hpp"
#include "document/reader.hpp"
#include "document/strays.hpp"

namespace taizhang::document {

namespace {

void check_encoding(const Source& source, Findings& findings) {
  const std::string_view text = source.text();
  const auto bad = first_invalid_utf8(text);
  if (!bad) return;
  const auto at = static_cast<std::uint32_t>(*bad);
  std::string_view code = "invalid-utf8";
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    code = "looks-like-utf16";
  } else if (is_gb18030(text)) {
    code = "looks-like-gbk";
  }
  Place place = source.place({at, at});
  place.excerpt.clear();  // nobody could read it
  findings.add({Severity::error,
                code,
                place,
                {{"offset", fmt::format("{}", at)},
                 {"byte", fmt::format("{:02X}", static_cast<unsigned char>(text[at]))}}});
}

void check_line_lengths(const Source& source, Findings& findings) {
  for (std::uint32_t number = 1; number <= source.line_count(); ++number) {
    const std::size_t length = source.line(number).size();
    if (length <= max_line_bytes) continue;
    Place place{source.path(), number, 1, 1, cut(visible(source.line(number).substr(0, 200)), 60)};
    findings.add(
        {Severity::error,
         "line-too-long",
         place,
         {{"bytes", fmt::format("{}", length)}, {"limit", fmt::format("{}", max_line_bytes)}}});
  }
}

/// At most one finding for each line.
void check_control_characters(const Source& source, Findings& findings) {
  const std::string_view text = source.text();
  for (std::size_t at = 0; at < text.size() && !findings.full(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if ((c >= 0x20 && c != 0x7F) || c == '\t' || c == '\n') continue;
    if (c == '\r' && text.substr(at).starts_with("\r\n")) continue;
    const auto begin = static_cast<std::uint32_t>(at);
    findings.add("control-character", {begin, begin}, {{"codepoint", fmt::format("U+{:04X}", c)}});
    at = std::min(text.find('\n', at), text.size() - 1);
  }
}

/// Conflicts with all three markers, wherever they stand: nobody writes that into a text by intent.
std::vector<Span> check_merge_conflicts(const Source& source, Findings& findings) {
  std::vector<Span> conflicts;
  std::uint32_t ours = 0;  // the line of the first marker; 0 outside a conflict
  bool divided = false;
  for (std::uint32_t number = 1; number <= source.line_count(); ++number) {
    const std::string_view line = source.line(number);
    if (line.starts_with("<<<<<<< ")) {
      ours = number;
      divided = false;
    } else if (ours > 0 && line == "=======") {
      divided = true;
    } else if (divided && line.starts_with(">>>>>>> ")) {
      const std::uint32_t begin = source.offset(ours, 1);
      findings.add("merge-conflict",
                   {begin, begin + static_cast<std::uint32_t>(source.line(ours).size())},
                   {{"last", fmt::format("{}", number)}});
      conflicts.push_back({begin, source.offset(number + 1, 1)});
      ours = 0;
      divided = false;
    }
  }
  return conflicts;
}

}  // namespace

Diagnostics guard(const Source& source) {
  Findings findings(source);
  check_encoding(source, findings);
  if (!findings.empty()) return findings.take();
  check_line_lengths(source, findings);
  if (!findings.empty()) return findings.take();  // such lines are no text to show excerpts of
  check_control_characters(source, findings);
  const std::vector<Span> conflicts = check_merge_conflicts(source, findings);
  find_strays(source, conflicts, findings);
  return findings.take();
}

}  // namespace taizhang::document
