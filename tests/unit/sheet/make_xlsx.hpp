#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Parts of a workbook by name.
using Parts = std::vector<std::pair<std::string, std::string>>;

inline std::uint32_t crc_of(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFFu;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1u) != 0 ? 0xEDB88320u : 0u);
  }
  return ~crc;
}

/// A zip archive that stores its parts as they are.
inline std::string make_zip(const Parts& parts) {
  std::string archive, directory;
  const auto number = [](std::string& out, std::uint64_t value, int bytes) {
    for (; bytes > 0; --bytes, value >>= 8) out += static_cast<char>(value & 0xFFu);
  };
  for (const auto& [name, content] : parts) {
    std::string common;
    number(common, 20, 2);
    number(common, 0, 8);  // flags, method, time and date
    number(common, crc_of(content), 4);
    number(common, content.size(), 4);
    number(common, content.size(), 4);
    number(common, name.size(), 2);
    number(common, 0, 2);
    const std::size_t offset = archive.size();
    archive += "PK\x03\x04" + common + name + content;
    directory += std::string{"PK\x01\x02"};
    number(directory, 20, 2);
    directory += common;
    number(directory, 0, 10);
    number(directory, offset, 4);
    directory += name;
  }
  std::string end{"PK\x05\x06"};
  number(end, 0, 4);
  number(end, parts.size(), 2);
  number(end, parts.size(), 2);
  number(end, directory.size(), 4);
  number(end, archive.size(), 4);
  number(end, 0, 2);
  return archive + directory + end;
}

/// The parts of a workbook with one sheet of these rows; `shared` are texts that cells of type s name
/// by number. Style 1 is a date, style 2 a Chinese one, style 3 a time.
inline Parts workbook_parts(const std::string& rows, const std::string& shared = "") {
  const std::string relations =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  return {
      {"_rels/.rels", relations + "<Relationship Id=\"rId1\" Type=\"x/officeDocument\" "
                                  "Target=\"xl/workbook.xml\"/></Relationships>"},
      {"xl/workbook.xml",
       "<workbook xmlns:r=\"r\"><sheets><sheet name=\"名册\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
       "</workbook>"},
      {"xl/_rels/workbook.xml.rels",
       relations +
           "<Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
           "<Relationship Id=\"rId2\" Type=\"x/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
           "<Relationship Id=\"rId3\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>"},
      {"xl/styles.xml",
       "<styleSheet><numFmts><numFmt numFmtId=\"176\" "
       "formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>"
       "<numFmt numFmtId=\"177\" formatCode=\"h:mm\"/></numFmts>"
       "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
       "<xf numFmtId=\"14\"/><xf numFmtId=\"176\"/><xf numFmtId=\"177\"/></cellXfs></styleSheet>"},
      {"xl/sharedStrings.xml", "<sst>" + shared + "</sst>"},
      {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"},
  };
}

inline std::string make_xlsx(const std::string& rows, const std::string& shared = "") {
  return make_zip(workbook_parts(rows, shared));
}
