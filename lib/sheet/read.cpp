#include "sheet/read.hpp"

#include "sheet/csv_reader.hpp"
#include "sheet/xlsx_reader.hpp"

namespace taizhang::sheet {

namespace {

constexpr std::string_view zip_mark = "PK\x03\x04";
constexpr std::string_view old_office_mark = "\xD0\xCF\x11\xE0";  // .xls, and .xlsx with a password

Diagnostic refuse(std::string_view code, std::string_view path, Facts facts = {}) {
  Diagnostic diagnostic{Severity::error, code, {}, std::move(facts)};
  diagnostic.place.path = path;
  return diagnostic;
}

std::string offset_text(const std::optional<std::size_t>& offset) {
  return offset ? std::to_string(*offset) : std::string{};
}

}  // namespace

tl::expected<std::vector<Sheet>, Diagnostic> read_sheets(std::string_view path,
                                                         std::string_view bytes,
                                                         std::optional<Encoding> encoding) {
  if (bytes.starts_with(zip_mark)) return read_xlsx(path, bytes);
  if (bytes.starts_with(old_office_mark))
    return tl::make_unexpected(refuse("sheet-old-format", path));
  const auto text = text_of(bytes, encoding);
  if (!text) {
    const NotText& fault = text.error();
    if (fault.either) return tl::make_unexpected(refuse("sheet-encoding-unclear", path));
    return tl::make_unexpected(
        refuse("sheet-not-text", path,
               {{"utf8", offset_text(fault.utf8)}, {"gb18030", offset_text(fault.gb18030)}}));
  }
  auto sheet = read_csv(path, *text);
  if (!sheet) return tl::make_unexpected(std::move(sheet.error()));
  std::vector<Sheet> sheets;
  sheets.push_back(std::move(*sheet));
  return sheets;
}

}  // namespace taizhang::sheet
