#include "base/private_data.hpp"

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <random>

#include "base/hash.hpp"
#include "base/text.hpp"

using namespace taizhang;

namespace {

// 11010519491231002X is the specimen of GB 11643, nobody was born in 2099, 13800138000 is a service
// number, and nobody holds the cards 4111111111111111 and 6222021234567890128.

/// Each number found as `kind:text`.
std::string found(std::string_view text) {
  std::string all;
  for (const PrivateNumber& number : find_private_numbers(text)) {
    if (!all.empty()) all += '|';
    all += number.kind == PrivateKind::identity ? "id:"
           : number.kind == PrivateKind::mobile ? "mobile:"
                                                : "card:";
    all += text.substr(number.offset, number.length);
  }
  return all;
}

}  // namespace

TEST_CASE("identity numbers are found in every way people write them") {
  CHECK(found("11010519491231002X") == "id:11010519491231002X");
  CHECK(found("张三11010519491231002x，男") == "id:11010519491231002x");
  CHECK(found("证号:110105 19491231 002X。") == "id:110105 19491231 002X");
  CHECK(found("110105-19491231-002X") == "id:110105-19491231-002X");
  CHECK(found("1101 0519 4912 3100 2X") == "id:1101 0519 4912 3100 2X");
  CHECK(found("１１０１０５１９４９１２３１００２Ｘ") == "id:１１０１０５１９４９１２３１００２Ｘ");
  CHECK(found("610326209901010013") == "id:610326209901010013");
}

TEST_CASE("what only looks like an identity number is left alone") {
  CHECK(found("110105194912310021").empty());   // the check digit is X
  CHECK(found("11010519491331002X").empty());   // no 13th month
  CHECK(found("440524188001010049").empty());   // born in 1880
  CHECK(found("A11010519491231002X").empty());  // a letter beside it
  CHECK(found("11010519491231002X1").empty());  // a digit beside it
  CHECK(found("11010519491231002Xa").empty());
  CHECK(found("111010519491231002X").empty());
  CHECK(found("11010519491231002").empty());
  CHECK(found("1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2X").empty());
}

TEST_CASE("mobile numbers are found with and without prefix and gaps") {
  CHECK(found("13800138000") == "mobile:13800138000");
  CHECK(found("电话13800138000，或138-0013-8000") == "mobile:13800138000|mobile:138-0013-8000");
  CHECK(found("138 0013 8000") == "mobile:138 0013 8000");
  CHECK(found("+8613800138000") == "mobile:8613800138000");
  CHECK(found("+86 13800138000") == "mobile:13800138000");
  CHECK(found("+86-138-0013-8000") == "mobile:138-0013-8000");
  CHECK(found("0086138 0013 8000") == "mobile:0086138 0013 8000");
  CHECK(found("１３８００１３８０００") == "mobile:１３８００１３８０００");
  CHECK(found("1.13800138000 2.13800138000") == "mobile:13800138000|mobile:13800138000");
  CHECK(found("2023-06-30 13800138000") == "mobile:13800138000");
}

TEST_CASE("what only looks like a mobile number is left alone") {
  CHECK(found("12800138000").empty());   // no mobile begins with 12
  CHECK(found("1380013800").empty());    // one digit short
  CHECK(found("138001380001").empty());  // a village's code has 12
  CHECK(found("610326103901").empty());
  CHECK(found("T13800138000").empty());
  CHECK(found("13800138000kg").empty());
  CHECK(found("13800138000.50元").empty());
  CHECK(found("0.13800138000").empty());
  CHECK(found("138 00138 000").empty());
  CHECK(found("138-0013 8000").empty());  // two kinds of gaps: two numbers
  CHECK(found("138  0013  8000").empty());
  CHECK(found("2023年6月30日，1380户013人8000元").empty());
  CHECK(found("029-87654321").empty());  // an office's line
}

TEST_CASE("bank cards are found by their check digit") {
  CHECK(found("4111111111111111") == "card:4111111111111111");
  CHECK(found("卡号4111 1111 1111 1111。") == "card:4111 1111 1111 1111");
  CHECK(found("6222021234567890128") == "card:6222021234567890128");
  CHECK(found("6222 0212 3456 7890 128") == "card:6222 0212 3456 7890 128");
  CHECK(found("622202-1234567890128") == "card:622202-1234567890128");
}

TEST_CASE("what only looks like a bank card is left alone") {
  CHECK(found("4111111111111112").empty());
  CHECK(found("x4111111111111111").empty());
  CHECK(found("41111111111111110000").empty());  // 20 digits
  CHECK(found("411111111111 1111").empty());
  CHECK(found("20230630120000009").empty());  // a time
  CHECK(found("2023 2024 2025 2026").empty());
  CHECK(found("91610326012345672").empty());
}

TEST_CASE("hashes, periods and dates hold no private number") {
  for (int i = 0; i < 2000; ++i) CHECK(found(sha256(std::to_string(i))).empty());
  CHECK(found("2023-06-H1 2023-06-30 2023-06-30T12:00:00").empty());
  CHECK(found("550e8400-e29b-41d4-a716-446655440000").empty());
}

TEST_CASE("what is found does not depend on where in the text it stands") {
  constexpr std::array<std::string_view, 24> pieces{"13800138000",
                                                    "138",
                                                    "0013",
                                                    "8000",
                                                    "86",
                                                    "11010519491231002",
                                                    "X",
                                                    "x",
                                                    "4111",
                                                    "1",
                                                    " ",
                                                    "-",
                                                    "　",
                                                    "－",
                                                    "‐",
                                                    "–",
                                                    "１３８００１３８",
                                                    "０００",
                                                    "０",
                                                    "村",
                                                    "，",
                                                    ".",
                                                    "a",
                                                    "="};
  std::mt19937 random{20231115};
  std::size_t numbers = 0;
  std::size_t differ = 0;
  for (int i = 0; i < 5'000; ++i) {
    std::string text;
    for (auto length = random() % 12; length > 0; --length)
      text += pieces[random() % pieces.size()];
    auto expected = find_private_numbers(text);
    numbers += expected.size();
    for (std::size_t before = 1; before <= 22; ++before) {
      for (PrivateNumber& number : expected) ++number.offset;
      if (find_private_numbers(std::string(before, ',') + text + "。") != expected) ++differ;
    }
  }
  CHECK(numbers > 300);
  CHECK(differ == 0);
}

TEST_CASE("a masked text keeps its length and shows neither number nor more than its ends") {
  CHECK(mask_private_numbers("电话 138-0013-8000。") == "电话 138-****-**00。");
  CHECK(mask_private_numbers("１３８００１３８０００") == "１３８＊＊＊＊＊＊００");
  CHECK(mask_private_numbers("11010519491231002X") == "110*************2X");
  CHECK(mask_private_numbers("610326103901") == "610326103901");
  const std::string text =
      "卡 6222 0212 3456 7890 128，身份证 １１０１０５１９４９１２３１００２Ｘ";
  const std::string masked = mask_private_numbers(text);
  CHECK(find_private_numbers(masked).empty());
  CHECK(count_code_points(masked) == count_code_points(text));
  CHECK(display_width(masked) == display_width(text));
}

TEST_CASE("a long text of digits and gaps takes time in proportion to its length") {
  std::string text;
  for (int i = 0; i < 400'000; ++i) text += i % 5 == 4 ? '-' : '1';
  text += std::string(400'000, '7') + std::string(400'000, ' ');
  const auto begin = std::chrono::steady_clock::now();
  CHECK(find_private_numbers(text).empty());
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}
