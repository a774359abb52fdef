#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "base/diagnostic.hpp"
#include "base/location.hpp"
#include "document/value.hpp"

namespace taizhang::document {

/// A text that turns byte spans into places. Finds its lines when it is first asked for one, which is
/// seldom, and remembers how far it counted them, so two threads must not ask at once.
class Source {
 public:
  Source(std::string path, std::string text);

  const std::string& path() const { return path_; }
  const std::string& text() const { return *text_; }

  /// The place of a span: line and column of its begin, width up to its end or the line's end.
  Place place(Span span) const;

  /// The line of an offset, from 1. Cheapest when the offsets that are asked for grow.
  std::uint32_t line_number(std::uint32_t offset) const;

  /// Byte offset of a 1-based line and 1-based column counted in code points (a BOM at the start
  /// of the text is not counted); clamped to the text.
  std::uint32_t offset(std::uint32_t line, std::uint32_t column) const;

  /// A 1-based line without its line ending.
  std::string_view line(std::uint32_t number) const;
  std::uint32_t line_count() const { return static_cast<std::uint32_t>(starts().size()); }

 private:
  const std::vector<std::uint32_t>& starts() const;

  std::string path_;
  std::shared_ptr<const std::string> text_;    ///< stays where it is, as it is lent to values
  mutable std::vector<std::uint32_t> starts_;  ///< of all lines; empty until the first is wanted
  /// The last place whose line was asked for.
  struct Counted {
    std::uint32_t offset = 0;
    std::uint32_t line = 1;
  };
  mutable Counted counted_;
};

/// A TOML text and what it says.
struct Document {
  Source source;
  Table root;
};

/// Reads TOML 1.0 from bytes that came from a file called `path`. On bad input gives all that can
/// be said at once (never throws, never crashes, whatever the bytes are). Diagnostics: those of
/// guard.hpp and syntax.hpp.
tl::expected<Document, Diagnostics> parse(std::string path, std::string text);

/// Whether an independent reader, toml++, finds the same in the text.
bool is_confirmed(const Document& document);

}  // namespace taizhang::document
