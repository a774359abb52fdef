#pragma once

#include <array>
#include <string>
#include <string_view>

#include "render/catalogue.hpp"
#include "report/table.hpp"

namespace taizhang::render {

/// A label in the catalogue's language; nothing when it has no id.
std::string label_text(const Catalogue& catalogue, const report::Label& label);

/// A column's heading in the catalogue's language, or in the user's own words.
std::string heading_text(const Catalogue& catalogue, const report::Column& column);

/// The content of a cell without its light, in words: 未填 for what is missing, ISO dates, "45.5%".
/// Hidden characters are made visible; line breaks stay.
std::string content_text(const Catalogue& catalogue, const report::Content& content);

/// Writes many cells: looks up once the words that many of them say.
class CellWriter {
 public:
  explicit CellWriter(const Catalogue& catalogue);

  /// Adds the content_text.
  void add(std::string& out, const report::Content& content) const;
  /// The light_word.
  std::string_view light_word(report::Light light) const {
    return lights_[static_cast<std::size_t>(light)];
  }

 private:
  const Catalogue& catalogue_;
  std::string missing_;
  std::array<std::string, 4> lights_;
};

/// "red", "yellow" or "green", as formats for programs call it; nothing for none.
std::string_view light_name(report::Light light);

/// 红, 黄 or 绿; nothing for none.
std::string light_word(const Catalogue& catalogue, report::Light light);

/// Whether the content stands for something the office has not filled in.
bool is_missing(const report::Content& content);

}  // namespace taizhang::render
