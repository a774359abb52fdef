#include "render/diagnostics.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace taizhang;
using render::Catalogue;
using render::Language;
using render::render_diagnostic;

namespace {

Diagnostic at(std::uint32_t line, std::uint32_t column, std::uint32_t width, std::string excerpt) {
  return {Severity::error,
          "option-twice",
          {"眉县/a.toml", line, column, width, std::move(excerpt)},
          {{"option", "x"}}};
}

/// The excerpt and the line under it.
std::string excerpt_of(const Diagnostic& diagnostic) {
  const std::string text = render_diagnostic(Catalogue(Language::en), diagnostic);
  const std::size_t begin = text.find('\n') + 1;
  return text.substr(begin, text.find("    →") - begin);
}

}  // namespace

TEST_CASE("a diagnostic is place, severity, code, what, the line, a caret and what to do") {
  const Diagnostic diagnostic = at(3, 1, 5, "onwer = \"张三\"");
  CHECK(render_diagnostic(Catalogue(Language::zh), diagnostic) ==
        "眉县/a.toml:3:1: 错误[option-twice]:选项 x 写了不止一次\n"
        "    onwer = \"张三\"\n"
        "    ^~~~~\n"
        "    → 只留一个 x\n");
  CHECK(render_diagnostic(Catalogue(Language::en), diagnostic) ==
        "眉县/a.toml:3:1: error[option-twice]: option x is given more than once\n"
        "    onwer = \"张三\"\n"
        "    ^~~~~\n"
        "    → keep one x\n");
}

TEST_CASE("warnings and notes say so") {
  Diagnostic diagnostic{Severity::warning, "option-twice", {}, {{"option", "x"}}};
  CHECK(render_diagnostic(Catalogue(Language::zh), diagnostic).starts_with("taizhang: 警告["));
  diagnostic.severity = Severity::note;
  CHECK(render_diagnostic(Catalogue(Language::zh), diagnostic).starts_with("taizhang: 提示["));
}

TEST_CASE("without a line the path stands alone, without a path the program") {
  CHECK(render_diagnostic(Catalogue(Language::en), at(0, 0, 1, ""))
            .starts_with("眉县/a.toml: error[option-twice]: "));
  CHECK(render_diagnostic(Catalogue(Language::en), {Severity::error, "option-twice", {}, {}})
            .starts_with("taizhang: error[option-twice]: "));
}

TEST_CASE("the caret stands under Chinese text by columns, not by characters") {
  CHECK(excerpt_of(at(1, 11, 4, "owner = \"王小明某\"")) ==
        "    owner = \"王小明某\"\n"
        "               ^~~~~~~\n");
}

TEST_CASE("a caret may stand behind the end of the line") {
  CHECK(excerpt_of(at(1, 6, 1, "a = 村")) ==
        "    a = 村\n"
        "          ^\n");
  CHECK(excerpt_of(at(1, 90, 3, "a = 村")) ==
        "    a = 村\n"
        "          ^\n");
}

TEST_CASE("hidden characters and broken bytes are shown and do not move the caret") {
  CHECK(excerpt_of(at(1, 7, 2, "a = \"\x1b村\"")) ==
        "    a = \"<U+001B>村\"\n"
        "                 ^~~\n");
  CHECK(excerpt_of(at(1, 2, 1,
                      "a\xB4"
                      "b")) ==
        "    a<0xB4>b\n"
        "     ^~~~~~\n");
  CHECK(excerpt_of(at(1, 2, 1, "\tb")) ==
        "     b\n"
        "     ^\n");
}

TEST_CASE("of a long line the part around the caret is shown") {
  const std::string head(100, 'a');
  const std::string tail(100, 'z');
  const std::string excerpt = excerpt_of(at(1, 101, 2, head + "村镇" + tail));
  CHECK(excerpt == "    …" + std::string(37, 'a') + "村镇" + std::string(33, 'z') +
                       "…\n"
                       "     " +
                       std::string(37, ' ') + "^~~~\n");
  CHECK(excerpt_of(at(1, 1, 1, "村" + tail)) == "    村" + std::string(72, 'z') + "…\n    ^~\n");
}

TEST_CASE("without a column there is no caret") {
  CHECK(excerpt_of(at(2, 0, 1, "[task]")) == "    [task]\n");
}

TEST_CASE("a long remedy wraps below its arrow") {
  const Diagnostic diagnostic{Severity::error, "option-before-command", {}, {{"option", "-x"}}};
  CHECK(render_diagnostic(Catalogue(Language::en), diagnostic) ==
        "taizhang: error[option-before-command]: option -x cannot stand before the\n"
        "    command\n"
        "    → only -C, --lang, --today and --jobs may stand before it; write others\n"
        "      after it\n");
  const Diagnostic longer{
      Severity::error, "option-before-command", {}, {{"option", "-x"}, {"nearest", "--lang"}}};
  CHECK(render_diagnostic(Catalogue(Language::en), longer)
            .ends_with(
                "\n    → did you mean --lang? only -C, --lang, --today and --jobs may stand before"
                "\n      it; write others after it\n"));
}

TEST_CASE("place and code stay in one piece, however long the path") {
  Diagnostic diagnostic = at(3, 0, 1, "");
  std::string path = "宝鸡";
  for (int i = 0; i < 9; ++i) path += "/某某镇";
  diagnostic.place.path = path;
  CHECK(render_diagnostic(Catalogue(Language::zh), diagnostic) ==
        path + ":3: 错误[option-twice]:\n    选项 x 写了不止一次\n    → 只留一个 x\n");
}

TEST_CASE("diagnostics are an array for machines") {
  CHECK(render::render_diagnostics_json(Catalogue(Language::en), {at(3, 2, 1, "x")}) ==
        R"([
  {
    "severity": "error",
    "code": "option-twice",
    "path": "眉县/a.toml",
    "line": 3,
    "column": 2,
    "message": "option x is given more than once",
    "remedy": "keep one x",
    "facts": {
      "option": "x"
    }
  }
]
)");
  CHECK(render::render_diagnostics_json(Catalogue(Language::en), {}) == "[]\n");
}

TEST_CASE(
    "numbers of persons are masked in the line and in the texts, the caret stays in its place") {
  Diagnostic diagnostic = at(1, 4, 11, "电话 13800138000");
  diagnostic.facts = {{"option", "13800138000"}};
  const std::string text = render_diagnostic(Catalogue(Language::zh), diagnostic);
  CHECK(text.find("13800138000") == std::string::npos);
  CHECK(excerpt_of(diagnostic) ==
        "    电话 138******00\n"
        "         ^~~~~~~~~~~\n");
  CHECK(
      render::render_diagnostics_json(Catalogue(Language::zh), {diagnostic}).find("13800138000") ==
      std::string::npos);
}
