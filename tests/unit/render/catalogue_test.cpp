#include "render/catalogue.hpp"

#include <doctest/doctest.h>

#include <string>

#include "base/baked.hpp"
#include "model/field.hpp"

using namespace taizhang;
using render::Catalogue;
using render::Language;

TEST_CASE("a text comes in the language of the catalogue") {
  CHECK(Catalogue(Language::zh).text("severity.error") == "错误");
  CHECK(Catalogue(Language::en).text("severity.error") == "error");
}

TEST_CASE("an id that is unknown prints as itself and has no remedy") {
  const Catalogue catalogue(Language::zh);
  CHECK(!catalogue.has("no-such-message"));
  CHECK(catalogue.text("no-such-message") == "no-such-message");
  CHECK(catalogue.remedy("no-such-message").empty());
}

TEST_CASE("facts take the places that bear their names") {
  const Catalogue catalogue(Language::en);
  CHECK(catalogue.text("bad-number-option", {{"value", "三"}, {"option", "--count"}}) ==
        "\"三\" for --count is not a whole number");
  CHECK(catalogue.text("option-twice") == "option {option} is given more than once");
}

TEST_CASE("what a fact hides is made visible") {
  const Catalogue catalogue(Language::en);
  CHECK(catalogue.text("option-twice", {{"option", "\x1b[2J"}}) ==
        "option <U+001B>[2J is given more than once");
}

TEST_CASE("an optional part is printed only when its facts are there") {
  const Catalogue catalogue(Language::en);
  const auto remedy = [&](const Facts& facts) {
    return catalogue.remedy("unknown-command", facts);
  };
  CHECK(remedy({{"nearest", "list"}}) ==
        "did you mean taizhang list? taizhang help lists all commands");
  CHECK(remedy({{"nearest", ""}}) == "taizhang help lists all commands");
  CHECK(remedy({}) == "taizhang help lists all commands");
}

TEST_CASE("a fact that is a term is explained in English and stays as it is in Chinese") {
  const Facts facts{{"option", "--action"}, {"value", "申请销号"}};
  CHECK(Catalogue(Language::en).text("bad-number-option", facts) ==
        "\"apply (申请销号)\" for --action is not a whole number");
  CHECK(Catalogue(Language::zh).text("bad-number-option", facts) ==
        "--action 的“申请销号”不是整数");
}

TEST_CASE("every term of the file format has its English") {
  const Catalogue catalogue(Language::en);
  for (const model::RecordKind& kind : model::record_kinds())
    for (const model::Field& field : kind.fields) {
      if (field.shape != model::Shape::choice) continue;
      for (const std::string_view term : field.choices) {
        if (term == "zh" || term == "en") continue;
        CAPTURE(term);
        CHECK(catalogue.term(term) != term);
      }
    }
}

TEST_CASE("a word that is no term stays as it is, and Chinese keeps its terms") {
  CHECK(Catalogue(Language::en).term("示例甲村") == "示例甲村");
  CHECK(Catalogue(Language::en).term("已销号") == "closed out");
  CHECK(Catalogue(Language::zh).term("已销号") == "已销号");
}

TEST_CASE("each term of a list is translated, a text with other words is not") {
  const Catalogue english(Language::en);
  CHECK(english.text("bad-choice", {{"key", "k"}, {"value", "待整改 整改中"}}) ==
        "\"k\" cannot be \"not started (待整改), in progress (整改中)\"");
  CHECK(english.text("bad-choice", {{"key", "k"}, {"value", "待整改 甲"}}) ==
        "\"k\" cannot be \"待整改 甲\"");
  CHECK(Catalogue(Language::zh).text("bad-choice", {{"key", "k"}, {"value", "待整改 整改中"}}) ==
        "“k”不能写“待整改 整改中”");
}

TEST_CASE("the nearest code is one of a diagnostic, not of a label") {
  const Catalogue chinese(Language::zh);
  CHECK(chinese.nearest_code("unknown-kye") == "unknown-key");
  CHECK(!chinese.nearest_code("column.villag"));
}

TEST_CASE("no message shows a placeholder where no facts are at hand") {
  for (const Language language : {Language::zh, Language::en}) {
    const Catalogue catalogue{language};
    for (const std::string_view code : catalogue.codes())
      for (const std::string& text : {catalogue.bare_text(code), catalogue.bare_remedy(code)}) {
        const std::size_t open = text.find('{');
        CHECK_MESSAGE((open == text.npos || text.substr(open, 2) == "{ "), code << ": " << text);
      }
  }
  CHECK(Catalogue(Language::zh).bare_text("unknown-command") == "没有“…”这个命令");
}
