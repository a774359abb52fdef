#include <doctest/doctest.h>

#include <random>
#include <set>

#include "edit_properties.hpp"

using namespace taizhang;
using namespace taizhang::document;

namespace {

/// Writes documents as many hands would: correct, and no two alike.
class Scribe {
 public:
  explicit Scribe(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return random_() % bound; }

  std::string document() {
    text_.clear();
    style_ = below(3);  // LF, CR LF, both
    if (below(5) == 0) text_ = "\xEF\xBB\xBF";
    lines_between();
    keys(below(3));
    std::set<std::string> once;
    for (std::size_t i = below(6); i > 0; --i) {
      lines_between();
      const std::string name =
          one_of({"[[task]]", "[[entry]]", "[[survey]]", "[village]", "[[ task ]]", "[task.sub]",
                  "[[a.b]]", "[\"村\"]", "[x.y]", "[village.z]"});
      if (name[1] != '[' && !once.insert(name).second) continue;
      text_ += blanks() + name + remark();
      end_line();
      if (below(4) == 0) lines_between();
      keys(below(5));
    }
    lines_between();
    if (below(3) == 0)
      while (text_.ends_with('\n') || text_.ends_with('\r')) text_.pop_back();
    return text_;
  }

 private:
  std::string one_of(std::initializer_list<const char*> all) {
    return all.begin()[below(all.size())];
  }

  std::string blanks() { return one_of({"", "", "", "", " ", "  ", "\t"}); }

  std::string remark() {
    return below(3) == 0 ? blanks() + one_of({"# 注", "#", "# [[task]]", "# a = \"", "# “‘，"})
                         : "";
  }

  void end_line() { text_ += style_ == 0 || (style_ == 2 && below(2) == 0) ? "\n" : "\r\n"; }

  void lines_between() {
    for (std::size_t i = below(4); i > 0; --i) {
      if (below(2) == 0) text_ += one_of({"# ---- 一节", "  # x = 1", "#", "# [v]"});
      else text_ += blanks();
      end_line();
    }
  }

  void keys(std::size_t count) {
    std::set<std::string> used;
    const std::string equals = one_of({" = ", "  = ", "=", "\t=\t", " ="});
    for (; count > 0; --count) {
      const std::string key =
          one_of({"id", "round", "due", "text", "answers.a", "answers.long_name", "answers . \"b\"",
                  "'q'", "\"\\u0041.b\"", "evidence"});
      if (!used.insert(key).second) continue;
      text_ += blanks() + key + equals;
      value(0);
      text_ += remark();
      end_line();
      if (below(6) == 0) lines_between();
    }
  }

  void value(int depth) {
    switch (below(depth < 2 ? 10 : 7)) {
      case 0:
        text_ += one_of({"1", "-1_000", "0xFF", "+3"});
        break;
      case 1:
        text_ += one_of({"true", "false", "1.5e3", "inf", "nan"});
        break;
      case 2:
        text_ += one_of({"2023-06-02", "08:30:00", "2023-06-02T08:30:00Z"});
        break;
      case 3:
        text_ += one_of({"\"村\"", "\"a\\\"b # c\"", "\"\\\\\"", "\"[x]\"", "\"\\u202E\""});
        break;
      case 4:
        text_ += one_of({"'a\"b'", "''", "'#'", "'\\'"});
        break;
      case 5:
        text_ += one_of({"\"\"\"", "\"\"\"一"});
        end_line();
        text_ += "[[task]]";
        end_line();
        text_ += one_of({"x = 1\"\"\"", "\\\"\"\"\" \"\"\"", "# y\"\"\"\""});
        break;
      case 6:
        text_ += "'''";
        end_line();
        text_ += one_of({"\\", "", "[v]"}) + "'''";
        break;
      case 7: {
        text_ += "{ ";
        const std::size_t count = below(3);
        for (std::size_t i = 0; i < count; ++i) {
          text_ += (i > 0 ? ", " : "") + one_of({"f", "g", "h.i"}) + std::to_string(i) + " = ";
          value(depth + 1);
        }
        text_ += " }";
        break;
      }
      default:
        array(depth, below(3));
    }
  }

  /// Style 0 on one line, 1 on many, 2 anyhow.
  void array(int depth, std::size_t style) {
    const auto gap = [&] {
      if (style == 0 || (style == 2 && below(2) == 0)) {
        text_ += blanks();
        return;
      }
      text_ += remark();
      end_line();
      if (below(4) == 0) {
        text_ += "  # 项";
        end_line();
      }
      text_ += "  ";
    };
    text_ += "[";
    const std::size_t count = below(4);
    for (std::size_t i = 0; i < count; ++i) {
      gap();
      value(depth + 1);
      if (style == 2) gap();
      if (i + 1 < count || below(2) == 0) text_ += ",";
    }
    gap();
    text_ += "]";
  }

  std::mt19937 random_;
  std::string text_;
  std::size_t style_ = 0;
};

}  // namespace

TEST_CASE("no edit of any document loses a line, changes another record or is believed unproved") {
  Scribe scribe(20230602);
  const properties::Choose choose = [&](std::size_t bound) { return scribe.below(bound); };
  int tried = 0;
  for (int i = 0; i < 2500; ++i) {
    const auto read = parse("a.toml", scribe.document());
    if (!read) continue;  // a header or key that clashes with another
    for (int edit = 0; edit < 3; ++edit, ++tried) {
      const std::string rule = properties::broken_rule(*read, choose);
      CAPTURE(read->source.text());
      REQUIRE(rule == "");
    }
  }
  CHECK(tried > 3000);
}
