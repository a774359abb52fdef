#include "document/strays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "document/lexer.hpp"
#include "document/reader.hpp"
#include "document/slips.hpp"

namespace taizhang::document {

namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  return begin == std::string_view::npos ? std::string_view{} : text.substr(begin);
}

class StrayScan {
 public:
  StrayScan(const Source& source, const std::vector<Span>& conflicts, Findings& findings)
      : text_(source.text()),
        begin_(source.offset(1, 1)),
        conflicts_(conflicts),
        findings_(findings),
        lexer_(text_, begin_) {}

  void run() {
    while (!stopped_ && !findings_.full()) {
      const Token token = lexer_.next();
      if (token.piece == Piece::end) return;
      before_ = previous_;
      previous_ = token;
      check_depth(token);
      if (stopped_) return;
      if (token.piece == Piece::string) {
        on_string(token);
      } else if (token.piece == Piece::word) {
        if (is_conflict_marker(token)) {
          on_conflict_marker(token);
        } else if (!is_ascii(cut_out(token.span))) {
          on_word(token);
        }
      } else if (token.piece == Piece::punctuation && !is_ascii(cut_out(token.span))) {
        on_wide_quote(token);
      }
    }
  }

 private:
  std::string_view cut_out(Span span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }

  std::uint32_t line_end(std::uint32_t at) const { return document::line_end(text_, at); }

  Span plain_run(std::uint32_t begin) const {
    return document::plain_run(text_, begin, lexer_.depth() > 0);
  }

  /// What may follow a comma.
  Role item_role() const { return lexer_.innermost() == '{' ? Role::key : Role::value; }

  /// Reads on at `offset`, but never the same piece again.
  void go_on(std::uint32_t offset, Role role) {
    lexer_.skip_to(offset > previous_.span.begin ? offset : previous_.span.end, role);
    previous_ = {};
  }

  void add(std::string_view code, Span span, Facts facts) {
    if (span.begin < swallowed_until_) {
      // The text before ends where another one was meant to begin: all the rest is inside out.
      findings_.add("string-unclosed", swallower_);
      stopped_ = true;
    }
    if (!stopped_) findings_.add(code, span, std::move(facts));
  }

  void add_run(const Run& run) {
    const std::string_view text = cut_out(run.span);
    if (run.script == Script::wide) {
      add("wide-punctuation", run.span,
          {{"character", std::string(text)}, {"half", narrow(text).value_or("")}});
    } else {
      const auto code = utf8::step(text).code;
      add(run.script == Script::space ? "wide-space" : "control-character", run.span,
          {{"codepoint", fmt::format("U+{:04X}", code)}});
    }
  }

  void add_stray(Span span) { add("stray-character", span, {{"text", brief(cut_out(span))}}); }

  void check_depth(const Token& token) {
    if (lexer_.depth() > static_cast<std::size_t>(max_nesting)) {
      add("nesting-too-deep", token.span, {{"limit", fmt::format("{}", max_nesting)}});
      stopped_ = true;
    }
    const bool in_key = token.role == Role::key || token.role == Role::header;
    if (!in_key || (token.piece != Piece::word && token.piece != Piece::string)) {
      dots_ = 0;
    } else if (token.piece == Piece::word) {
      dots_ += std::ranges::count(cut_out(token.span), '.');
      if (dots_ < max_key_parts) return;
      add("key-too-deep", token.span, {{"limit", fmt::format("{}", max_key_parts)}});
      stopped_ = true;
    }
  }

  bool is_conflict_marker(const Token& token) const {
    if (token.span.begin != begin_ && text_[token.span.begin - 1] != '\n') return false;
    const std::string_view word = cut_out(token.span);
    return word == "<<<<<<<" || word == ">>>>>>>" || word == "|||||||";
  }

  void on_conflict_marker(const Token& token) {
    const std::uint32_t end = line_end(token.span.begin);
    const bool known = std::ranges::any_of(conflicts_, [&](Span conflict) {
      return token.span.begin >= conflict.begin && token.span.begin < conflict.end;
    });
    if (!known) add("merge-conflict", {token.span.begin, end}, {{"last", ""}});
    go_on(end, token.role);
  }

  /// Remembers a long text that seems to hold records, and finds a Chinese closing quote.
  void on_string(const Token& token) {
    const std::string_view string = cut_out(token.span);
    if (token.multi_line) {
      for (std::size_t at = string.find('\n'); at != std::string_view::npos;
           at = string.find('\n', at + 1)) {
        if (!looks_like_header(string.substr(at + 1))) continue;
        swallower_ = {token.span.begin, token.span.begin + 3};
        swallowed_until_ = line_end(token.span.end);
      }
      return;
    }
    if (token.closed) return;
    const std::string_view closing = string.front() == '"' ? "”" : "’";
    const std::string_view opening = string.front() == '"' ? "“" : "‘";
    const std::size_t last = string.rfind(closing);
    if (last == std::string_view::npos) return;
    const std::string_view rest = without_blanks(string.substr(last + closing.size()));
    if (!rest.empty() && !starts_with_any(rest, {",", "]", "}", "#", "=", "，", "、"})) return;
    const std::string_view inner = string.substr(1, last - 1);
    const std::size_t opened = inner.rfind(opening);
    // A pair of its own inside the text is fine; then only the closing quote is missing.
    if (opened != std::string_view::npos && inner.find(closing, opened) == std::string_view::npos)
      return;
    const auto at = token.span.begin + static_cast<std::uint32_t>(last);
    const auto end = at + static_cast<std::uint32_t>(closing.size());
    add("chinese-quotes", {at, end}, {{"text", brief(inner)}});
    go_on(end, token.role == Role::value ? Role::after_value : token.role);
  }

  void on_word(const Token& token) {
    const std::vector<Run> parts = runs(cut_out(token.span), token.span.begin);
    const Run& lead = parts.front();
    if (lead.script == Script::space || lead.script == Script::hidden) {
      add_run(lead);
      go_on(lead.span.end, token.role);
    } else if (token.role == Role::key || token.role == Role::header) {
      on_key(token, parts);
    } else if (token.role == Role::value || before_.piece == Piece::word) {
      on_value(lexer_.value());
    } else {
      on_after_value(token, parts);
    }
  }

  /// Where the value begins if the word holds a wide equal sign (or a colon that stands for one).
  std::optional<Span> wide_equal(const Token& token, const std::vector<Run>& parts) const {
    const std::string_view word = cut_out(token.span);
    for (std::string_view sign : {std::string_view("＝"), std::string_view("：")}) {
      const std::size_t found = word.find(sign);
      if (found == std::string_view::npos) continue;
      const auto begin = token.span.begin + static_cast<std::uint32_t>(found);
      const auto end = begin + static_cast<std::uint32_t>(sign.size());
      const std::string_view value = without_blanks(text_.substr(end, line_end(end) - end));
      const bool plain = parts.front().script == Script::ascii && parts.front().span.end == begin;
      const bool like_value =
          !value.empty() &&
          (std::string_view("\"'[{0123456789").find(value.front()) != std::string_view::npos ||
           starts_with_any(value, {"“", "‘"}));
      if (sign == "＝" || plain || like_value) return Span{begin, end};
    }
    return std::nullopt;
  }

  void on_key(const Token& token, const std::vector<Run>& parts) {
    const std::uint32_t limit = line_end(token.span.begin);
    const std::string_view line = text_.substr(token.span.begin, limit - token.span.begin);
    const std::optional<Span> equal = wide_equal(token, parts);
    const std::size_t mark = line.find_first_of("=\"'#");
    const bool is_key = equal || token.role == Role::header ||
                        starts_with_any(line, {"【", "［", "〔"}) ||
                        (mark != std::string_view::npos && line[mark] == '=');
    if (!is_key && parts.front().script == Script::wide) {
      add_run(parts.front());
      go_on(parts.front().span.end, token.role);
      return;
    }
    if (!is_key) {
      const Span run = plain_run(token.span.begin);
      add_stray(run);
      go_on(run.end, token.role);
      return;
    }
    const std::uint32_t end = equal ? equal->begin : token.span.end;
    Span name{token.span.begin, token.span.begin};
    bool foreign = false;
    const auto end_name = [&] {
      if (foreign) add("chinese-key", name, {{"key", brief(cut_out(name))}});
      foreign = false;
    };
    for (const Run& part : parts) {
      if (part.span.begin >= end) break;
      if (part.script == Script::ascii || part.script == Script::foreign) {
        foreign = foreign || part.script == Script::foreign;
        name.end = part.span.end;
        continue;
      }
      end_name();
      name = {part.span.end, part.span.end};
      add_run({part.script, {part.span.begin, std::min(part.span.end, end)}});
    }
    end_name();
    if (equal) {
      add_run({Script::wide, *equal});
      go_on(equal->end, Role::value);
    }
  }

  /// The value without full-width punctuation at the line's end, when what is left can be a value.
  Span without_trailing(Span span) const {
    if (lexer_.depth() > 0) return span;
    Span left = span;
    const auto ends = [&](std::string_view mark) { return cut_out(left).ends_with(mark); };
    for (const std::string_view mark : {"，", "；", "、", "。"})
      if (ends(mark)) left.end -= static_cast<std::uint32_t>(mark.size());
    const std::string_view value = cut_out(left);
    const bool plain =
        !value.empty() && (narrow(value) || meant_date(value) || meant_boolean(value));
    return plain ? left : span;
  }

  void add_trailing(Span span) {
    add("trailing-punctuation", span, {{"character", std::string(cut_out(span))}});
  }

  void on_value(std::uint32_t begin) {
    const Run lead =
        runs(text_.substr(begin, utf8::step(text_.substr(begin)).length), begin).front();
    const std::string half = narrow(cut_out(lead.span)).value_or("");
    if (lead.script == Script::wide && (half == "[" || half == "{" || half == "=")) {
      add_run(lead);
      go_on(lead.span.end, Role::value);
      return;
    }
    const Span whole = plain_run(begin);
    if (whole.begin == whole.end) {  // a comma or bracket where a value should stand
      on_separator(lead);
      return;
    }
    const Span span = without_trailing(whole);
    const std::string_view value = cut_out(span);
    const auto date = meant_date(value);
    if (const auto right = meant_boolean(value)) {
      add("boolean-form", span, {{"value", std::string(value)}, {"right", std::string(*right)}});
    } else if (date && date->possible && date->text == value) {
      // Right but for what stands behind it.
    } else if (date && date->possible) {
      add("date-form", span, {{"value", std::string(value)}, {"date", date->text}});
    } else if (date) {
      add("date-impossible", span, {{"value", std::string(value)}});
    } else if (narrow(value)) {
      for (const Run& part : runs(value, span.begin))
        if (part.script != Script::ascii) add_run(part);
    } else {
      add("value-unquoted", whole, {{"value", brief(cut_out(whole))}});
    }
    if (span.end < whole.end) add_trailing({span.end, whole.end});
    go_on(whole.end, Role::after_value);
  }

  /// Wide punctuation after a value.
  void on_separator(const Run& run) {
    const std::string half = narrow(cut_out(run.span)).value_or("");
    const bool bracket = half.find_first_of("[]{}") != std::string::npos;
    const std::uint32_t limit = line_end(run.span.end);
    const std::string_view rest = without_blanks(text_.substr(run.span.end, limit - run.span.end));
    const bool last = rest.empty() || rest.front() == '#';
    if (lexer_.depth() == 0 && last && !bracket) {
      add_trailing(run.span);
    } else if (half.find('.') != std::string::npos) {
      add_stray(run.span);
    } else {
      add_run(run);
    }
    const bool comma = half.ends_with(',') && lexer_.depth() > 0;
    go_on(run.span.end, comma ? item_role() : Role::after_value);
  }

  void on_after_value(const Token& token, const std::vector<Run>& parts) {
    if (parts.front().script == Script::wide) {
      on_separator(parts.front());
      return;
    }
    const std::uint32_t limit = line_end(token.span.end);
    if (before_.piece == Piece::string && before_.span.end == token.span.begin &&
        text_.substr(token.span.end, limit - token.span.end).find('"') != std::string_view::npos) {
      add("quote-inside", {before_.span.end - 1, before_.span.end}, {});
      go_on(end_of_quoted(token.span.end, limit), Role::after_value);
      return;
    }
    const Span run = plain_run(token.span.begin);
    add_stray(run);
    go_on(run.end, Role::after_value);
  }

  /// After the quote which, seen from `at`, most likely was meant to close the text.
  std::uint32_t end_of_quoted(std::uint32_t at, std::uint32_t limit) const {
    for (std::uint32_t end = at; end < limit; ++end) {
      if (text_[end] != '"') continue;
      const std::string_view rest = without_blanks(text_.substr(end + 1, limit - end - 1));
      if (rest.empty() || rest.front() == '#' ||
          (lexer_.depth() > 0 && starts_with_any(rest, {",", "]", "}", "，", "、"})))
        return end + 1;
    }
    return limit;
  }

  void on_wide_quote(const Token& token) {
    if (token.role == Role::after_value) {
      if (before_.piece == Piece::word) {
        on_value(lexer_.value());
      } else {
        const Span run = plain_run(token.span.begin);
        add_stray(run);
        go_on(run.end, Role::after_value);
      }
      return;
    }
    const Span inner = quoted(token);
    const std::uint32_t limit = line_end(token.span.begin);
    const auto closing = inner.end < limit ? utf8::step(text_.substr(inner.end)).length : 0;
    const auto end = inner.end + static_cast<std::uint32_t>(closing);
    add("chinese-quotes", {token.span.begin, end}, {{"text", brief(cut_out(inner))}});
    go_on(end, token.role == Role::value ? Role::after_value : token.role);
  }

  /// The text between a wide quote and the quote that most likely was meant to close it.
  Span quoted(const Token& token) const {
    const std::string_view opening = cut_out(token.span);
    const bool twofold = opening == "“" || opening == "”";
    const std::uint32_t limit = line_end(token.span.end);
    std::optional<std::uint32_t> first;
    for (std::uint32_t at = token.span.end; at < limit;) {
      const std::string_view rest = text_.substr(at, limit - at);
      const auto length = static_cast<std::uint32_t>(utf8::step(rest).length);
      const bool quote = twofold ? starts_with_any(rest, {"”", "\"", "“"})
                                 : starts_with_any(rest, {"’", "'", "‘"});
      if (quote) {
        if (!first) first = at;
        const std::string_view after = without_blanks(rest.substr(length));
        const bool ends_item =
            lexer_.depth() > 0 && starts_with_any(after, {",", "]", "}", "，", "、", "】", "｝"});
        const bool ends_key =
            token.role == Role::key && starts_with_any(after, {"=", "＝", ".", ":", "："});
        if (after.empty() || after.front() == '#' || ends_item || ends_key)
          return {token.span.end, at};
      }
      at += length;
    }
    return {token.span.end, first.value_or(limit)};
  }

  std::string_view text_;
  std::uint32_t begin_;
  const std::vector<Span>& conflicts_;
  Findings& findings_;
  Lexer lexer_;
  Token previous_;  ///< the last piece read; empty after a finding
  Token before_;    ///< the one before it
  std::ptrdiff_t dots_ = 0;
  Span swallower_;  ///< the opening quotes of a text that holds a header
  std::uint32_t swallowed_until_ = 0;
  bool stopped_ = false;
};

}  // namespace

void find_strays(const Source& source, const std::vector<Span>& conflicts, Findings& findings) {
  StrayScan(source, conflicts, findings).run();
}

}  // namespace taizhang::document
