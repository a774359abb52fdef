#include "workflow/same_person.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace taizhang::workflow;

namespace {

bool are_one(std::string_view one, std::string_view other) {
  const std::string plain = plain_person(one), second = plain_person(other);
  CHECK(same_person(plain, second) == same_person(second, plain));
  return same_person(plain, second);
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
