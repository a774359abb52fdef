#include "render/cell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <variant>

#include "base/text.hpp"

namespace taizhang::render {

namespace {

void add_number(std::string& out, std::int64_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

/// One digit after the point, halves away from zero.
void add_percentage(std::string& out, const report::Share& share) {
  const std::int64_t whole = share.whole < 0 ? -share.whole : share.whole;
  const std::int64_t part = share.whole < 0 ? -share.part : share.part;
  const bool negative = part < 0;
  const std::int64_t size = negative ? -part : part;
  if (std::max(size, whole) > std::numeric_limits<std::int64_t>::max() / 2002) {
    out += fmt::format("{:.1f}%", 100 * static_cast<double>(part) / static_cast<double>(whole));
    return;
  }
  const std::int64_t tenths = (size * 2000 + whole) / (2 * whole);
  if (negative && tenths > 0) out += '-';
  add_number(out, tenths / 10);
  out += '.';
  add_number(out, tenths % 10);
  out += '%';
}

std::string decimal_text(report::Decimal decimal) {
  const std::int64_t size = decimal.hundredths < 0 ? -decimal.hundredths : decimal.hundredths;
  std::string digits = std::to_string(size);
  if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
  digits.insert(digits.size() - 2, 1, '.');
  return (decimal.hundredths < 0 ? "-" : "") + digits;
}

void add_visible(std::string& out, std::string_view text) {
  if (has_hidden_characters(text)) out += visible(text, true);
  else out += text;
}

/// Adds the content of a cell in words.
struct Adder {
  const Catalogue& catalogue;
  std::string_view missing;
  std::string& out;

  void operator()(std::monostate) const {}
  void operator()(report::Missing) const { out += missing; }
  void operator()(const std::string& text) const { add_visible(out, text); }
  void operator()(report::Term term) const { out += visible(catalogue.term(term.zh)); }
  void operator()(const report::Names& names) const {
    std::string all;
    for (const std::string& item : names.items) {
      const std::string word = visible(names.terms ? catalogue.term(item) : item, true);
      all = all.empty() ? word : catalogue.text("list.between", {{"before", all}, {"next", word}});
    }
    out += all;
  }
  void operator()(const report::Label& label) const { out += label_text(catalogue, label); }
  void operator()(std::int64_t number) const { add_number(out, number); }
  void operator()(report::Decimal decimal) const { out += decimal_text(decimal); }
  void operator()(Date date) const { out += format_date(date); }
  void operator()(const report::Share& share) const {
    if (share.whole == 0) out += missing;
    else add_percentage(out, share);
  }
};

std::string missing_word(const Catalogue& catalogue) { return catalogue.text("value.missing"); }

}  // namespace

std::string label_text(const Catalogue& catalogue, const report::Label& label) {
  return label.id.empty() ? std::string{} : catalogue.text(label.id, label.facts);
}

std::string heading_text(const Catalogue& catalogue, const report::Column& column) {
  return column.own_heading.empty() ? catalogue.text(column.heading) : visible(column.own_heading);
}

std::string content_text(const Catalogue& catalogue, const report::Content& content) {
  std::string out;
  const std::string missing = is_missing(content) ? missing_word(catalogue) : std::string{};
  std::visit(Adder{catalogue, missing, out}, content);
  return out;
}

CellWriter::CellWriter(const Catalogue& catalogue)
    : catalogue_(catalogue), missing_(missing_word(catalogue)) {
  for (std::size_t i = 0; i < lights_.size(); ++i)
    lights_[i] = render::light_word(catalogue, static_cast<report::Light>(i));
}

void CellWriter::add(std::string& out, const report::Content& content) const {
  std::visit(Adder{catalogue_, missing_, out}, content);
}

std::string_view light_name(report::Light light) {
  switch (light) {
    case report::Light::none:
      break;
    case report::Light::red:
      return "red";
    case report::Light::yellow:
      return "yellow";
    case report::Light::green:
      return "green";
  }
  return {};
}

std::string light_word(const Catalogue& catalogue, report::Light light) {
  switch (light) {
    case report::Light::none:
      break;
    case report::Light::red:
      return catalogue.text("light.red");
    case report::Light::yellow:
      return catalogue.text("light.yellow");
    case report::Light::green:
      return catalogue.text("light.green");
  }
  return {};
}

bool is_missing(const report::Content& content) {
  const auto* share = std::get_if<report::Share>(&content);
  return std::holds_alternative<report::Missing>(content) || (share && share->whole == 0);
}

}  // namespace taizhang::render
