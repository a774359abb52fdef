#include "workflow/same_person.hpp"

#include <doctest/doctest.h>
#include <utf8proc.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

using namespace taizhang::workflow;

namespace {

bool are_one(std::string_view one, std::string_view other) {
  CHECK(same_person(one, other) == same_person(other, one));
  CHECK(same_person(one, other) == same_person(plain_person(one), plain_person(other)));
  return same_person(one, other);
}

}  // namespace

TEST_CASE("Space, quotation marks, width and a bracketed name do not make another person") {
  for (const std::string_view other :
       {"西坡村党支部副书记", " 西坡村党支部副书记\n", "西坡村党支部 副书记",
        "西坡村\u3000党支部副书记", "西坡村\u00a0党支部\u2009副\u200b书记", "“西坡村党支部副书记”",
        "‘西坡村党支部副书记’", "「西坡村」党支部副书记", "『西坡村党支部副书记』",
        "\"西坡村党支部副书记\"", "'西坡村党支部副书记'", "西坡村党支部副书记＂",
        "西坡村党支部副书记（李四）", "西坡村党支部副书记(李四)",
        "“西坡村党支部 副书记”（ 李四 ）"})
    CHECK_MESSAGE(are_one("西坡村党支部副书记", other), other);
  CHECK(are_one("第１书记Ａ", "第1书记A"));
  CHECK(are_one("镇干部（李四）", "镇干部 (李 四)"));
}

TEST_CASE("Other posts and other names in brackets are other persons") {
  for (const std::string_view other :
       {"西坡村党支部书记", "西坡村党支部副书记李四", "西坡村党支部副书记（李四）代",
        "副书记（李四）", "西坡村党支部副书记（", "西坡村党支部副书记（一）（二）", "", "“”"})
    CHECK_FALSE_MESSAGE(are_one("西坡村党支部副书记", other), other);
  CHECK_FALSE(are_one("镇干部（张三）", "镇干部（李四）"));
  CHECK_FALSE(are_one("", "（李四）"));
}

TEST_CASE("What is plain as it was written is what is plain after it was looked at closely") {
  int nothing = 0;
  for (std::int32_t code = 1; code <= 0x10FFFF; ++code) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto length = static_cast<std::size_t>(utf8proc_encode_char(code, bytes.data()));
    const std::string character(bytes.begin(), bytes.begin() + length);
    const std::string written = "村" + character + "长";
    const std::string plain = plain_person(written);
    // the quotation mark keeps `same_person` from taking either as it was written
    REQUIRE_MESSAGE(same_person(written, "“" + written), code);
    REQUIRE_MESSAGE(same_person(written, plain), code);
    REQUIRE_MESSAGE(same_person(written, "村长") == (plain == "村长"), code);
    nothing += plain == "村长";
  }
  CHECK(nothing == 48);  // 29 kinds of white space, 19 quotation marks
}

TEST_CASE("Bytes that are no text make another person, but space beside them does not") {
  for (const std::string_view broken : {"\xE4\xB8", "\x80村", "村\xFF", "\xE6村", "村\xE6"}) {
    CHECK_FALSE(are_one("村", broken));
    CHECK(are_one(broken, std::string{broken} + " "));
    CHECK(are_one(std::string{broken} + "”", " " + std::string{broken}));
  }
}
