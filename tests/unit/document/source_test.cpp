#include <doctest/doctest.h>

#include "document/document.hpp"

using namespace taizhang;
using document::Source;

TEST_CASE("lines come without their endings, and a final line break begins an empty line") {
  const Source source("a.toml", "一\r\n二\n\n三\n");
  REQUIRE(source.line_count() == 5);
  CHECK(source.line(1) == "一");
  CHECK(source.line(2) == "二");
  CHECK(source.line(3) == "");
  CHECK(source.line(4) == "三");
  CHECK(source.line(5) == "");
  CHECK(source.line(0) == "");
  CHECK(source.line(6) == "");
}

TEST_CASE("columns count code points, not bytes") {
  const Source source("a.toml", "# 村\nk = \"汤峪镇\"\n");
  const std::size_t at = source.text().find("峪");
  const auto begin = static_cast<std::uint32_t>(at);
  const Place place = source.place({begin, begin + 6});
  CHECK(place.path == "a.toml");
  CHECK(place.line == 2);
  CHECK(place.column == 7);
  CHECK(place.width == 2);
  CHECK(place.excerpt == "k = \"汤峪镇\"");
  CHECK(source.offset(2, 7) == begin);
}

TEST_CASE("a byte order mark belongs to no column and no excerpt") {
  const Source source("a.toml", "\xEF\xBB\xBFk = 1\nl = 2\n");
  CHECK(source.offset(1, 1) == 3);
  CHECK(source.place({3, 4}).column == 1);
  CHECK(source.place({0, 0}).column == 1);
  CHECK(source.place({3, 4}).excerpt == "k = 1");
  CHECK(source.offset(2, 1) == 9);
}

TEST_CASE("a span over several lines is underlined to the end of its first line") {
  const Source source("a.toml", "k = [\n1,\n2]\n");
  const Place place = source.place({4, 11});
  CHECK(place.line == 1);
  CHECK(place.width == 1);
}

TEST_CASE("places and offsets outside the text are those of its ends") {
  const Source source("a.toml", "k = 1\n");
  CHECK(source.offset(9, 9) == 6);
  CHECK(source.offset(1, 99) == 6);
  CHECK(source.offset(0, 5) == 0);
  CHECK(source.place({99, 120}).line == 2);
  CHECK(source.place({99, 120}).width == 1);
  CHECK(Source("b", "").place({0, 0}).line == 1);
}

TEST_CASE("every code point's place leads back to its offset") {
  const Source source("a.toml", "\xEF\xBB\xBF# 一\t二\r\n\r\n三𠮷 = 1");
  const std::string& text = source.text();
  for (std::uint32_t at = 3; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
    const Place place = source.place({at, at + 1});
    CAPTURE(at);
    CHECK(source.offset(place.line, place.column) == at);
  }
}

TEST_CASE("the line of an offset is the same in whatever order it is asked for") {
  std::string text = "\xEF\xBB\xBF# 一\r\n";
  for (int i = 0; i < 300; ++i) text += i % 3 == 0 ? "\n" : "k = \"汤峪镇\"\n";
  const Source indexed("a.toml", text);
  REQUIRE(indexed.place({0, 0}).line == 1);  // finds all lines
  const auto wrong = [&](const Source& counted, std::uint32_t at) {
    return counted.line_number(at) != indexed.line_number(at);
  };
  const Source forward("a.toml", text);
  const Source backward("a.toml", text);
  const auto size = static_cast<std::uint32_t>(text.size());
  std::size_t failures = 0;
  for (std::uint32_t at = 0; at < size + 3; ++at) {
    failures += wrong(forward, at);
    failures += wrong(backward, size + 3 - at);
  }
  CHECK(failures == 0);
  CHECK(Source("b", "").line_number(9) == 1);
}
