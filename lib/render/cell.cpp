#include "render/cell.hpp"

#include <cstdint>
#include <variant>

#include "base/text.hpp"

namespace taizhang::render {

namespace {

/// One digit after the point, halves away from zero.
std::string percentage(const report::Share& share) {
  const std::int64_t whole = share.whole < 0 ? -share.whole : share.whole;
  const std::int64_t part = share.whole < 0 ? -share.part : share.part;
  const bool negative = part < 0;
  const std::int64_t tenths = ((negative ? -part : part) * 2000 + whole) / (2 * whole);
  std::string text = negative && tenths > 0 ? "-" : "";
  text += std::to_string(tenths / 10);
  text += '.';
  text += std::to_string(tenths % 10);
  text += '%';
  return text;
}

std::string decimal_text(report::Decimal decimal) {
  const std::int64_t size = decimal.hundredths < 0 ? -decimal.hundredths : decimal.hundredths;
  std::string digits = std::to_string(size);
  if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
  digits.insert(digits.size() - 2, 1, '.');
  return (decimal.hundredths < 0 ? "-" : "") + digits;
}

struct Writer {
  const Catalogue& catalogue;

  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(report::Missing) const { return catalogue.text("value.missing"); }
  std::string operator()(const std::string& text) const { return visible(text, true); }
  std::string operator()(report::Term term) const { return visible(catalogue.term(term.zh)); }
  std::string operator()(const report::Names& names) const {
    std::string all;
    for (const std::string& item : names.items) {
      const std::string word = visible(names.terms ? catalogue.term(item) : item, true);
      all = all.empty() ? word : catalogue.text("list.between", {{"before", all}, {"next", word}});
    }
    return all;
  }
  std::string operator()(const report::Label& label) const { return label_text(catalogue, label); }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(report::Decimal decimal) const { return decimal_text(decimal); }
  std::string operator()(Date date) const { return format_date(date); }
  std::string operator()(report::Share share) const {
    return share.whole == 0 ? catalogue.text("value.missing") : percentage(share);
  }
};

}  // namespace

std::string label_text(const Catalogue& catalogue, const report::Label& label) {
  return label.id.empty() ? std::string{} : catalogue.text(label.id, label.facts);
}

std::string heading_text(const Catalogue& catalogue, const report::Column& column) {
  return column.own_heading.empty() ? catalogue.text(column.heading) : visible(column.own_heading);
}

std::string content_text(const Catalogue& catalogue, const report::Content& content) {
  return std::visit(Writer{catalogue}, content);
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
