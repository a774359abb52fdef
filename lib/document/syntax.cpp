#include "document/syntax.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/date.hpp"
#include "document/slips.hpp"

namespace taizhang::document {

namespace {

using Path = std::vector<std::string>;

struct Fault {
  std::string_view code;
  Span span;
  Facts facts;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_bare(std::string_view word) {
  return std::ranges::all_of(word, [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '-' || c == '.';
  });
}

/// Could be a number, or has a form that only numbers and times have.
bool is_number_like(std::string_view word) {
  if (word.starts_with('+') || word.starts_with('-')) word.remove_prefix(1);
  if (word == "inf" || word == "nan") return true;
  if (word.empty() || !is_digit(word.front())) return false;
  if (starts_with_any(word, {"0x", "0o", "0b"})) return true;
  if (word.find(':') != std::string_view::npos) return true;
  return word.find_first_not_of("0123456789_.eE+-") == std::string_view::npos &&
         std::ranges::count(word, '.') <= 1;
}

bool has_leading_zero(std::string_view word) {
  if (word.starts_with('+') || word.starts_with('-')) word.remove_prefix(1);
  return word.size() > 1 && word.front() == '0' &&
         word.find_first_not_of("0123456789_") == std::string_view::npos;
}

/// What is wrong with a value without quotes.
std::optional<Fault> scalar_fault(std::string_view word, std::string_view run, Span span) {
  if (word == "true" || word == "false") return std::nullopt;
  if (const auto right = meant_boolean(run))
    return Fault{
        "boolean-form", span, {{"value", std::string(run)}, {"right", std::string(*right)}}};
  if (const auto date = meant_date(run)) {
    if (!date->possible) return Fault{"date-impossible", span, {{"value", std::string(run)}}};
    if (parse_date(run)) return std::nullopt;
    return Fault{"date-form", span, {{"value", std::string(run)}, {"date", date->text}}};
  }
  if (has_leading_zero(word)) return Fault{"leading-zero", span, {{"value", brief(run)}}};
  if (is_number_like(word)) return std::nullopt;
  return Fault{"value-unquoted", span, {{"value", brief(run)}}};
}

/// The first escape that TOML does not know, in a string with double quotes.
std::optional<Fault> escape_fault(std::string_view text, const Token& token) {
  if (text[token.span.begin] != '"') return std::nullopt;
  for (std::uint32_t at = token.span.begin + 1; at + 1 < token.span.end; ++at) {
    if (text[at] != '\\') continue;
    const char next = text[at + 1];
    const std::string_view known = token.multi_line ? "btnfr\"\\uU \t\r\n" : "btnfr\"\\uU";
    if (known.find(next) == std::string_view::npos) return Fault{"escape-bad", {at, at + 2}, {}};
    ++at;
  }
  return std::nullopt;
}

/// Reads one statement piece by piece and stops at the first fault.
class Examination {
 public:
  Examination(std::string_view text, const Statement& statement)
      : text_(text.substr(0, statement.span.end)),
        statement_(statement),
        lexer_(text_, statement.span.begin) {}

  std::optional<Fault> run() {
    std::optional<Fault> fault;
    while (!fault) {
      depth_before_ = lexer_.depth();
      const Token token = lexer_.next();
      fault = examine(token);
      if (token.piece == Piece::end) break;
      if (token.piece != Piece::comment) previous_ = token;
    }
    if (auto open = bracket_fault()) {
      // What comes on later lines follows from the bracket.
      if (!fault || fault->span.begin >= line_end(text_, open->span.begin)) return open;
    }
    return fault;
  }

 private:
  std::string_view cut_out(Span span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }

  std::optional<Fault> examine(const Token& token) {
    switch (token.piece) {
      case Piece::string:
        return on_string(token);
      case Piece::word:
        return on_word(token);
      case Piece::punctuation:
        return on_punctuation(token);
      case Piece::line_end:
      case Piece::end:
        return on_line_end(token);
      case Piece::comment:
        break;
    }
    return std::nullopt;
  }

  std::optional<Fault> bracket_fault() const {
    if (statement_.left_open) return unclosed(*statement_.left_open);
    if (!broken_table_) return std::nullopt;
    return Fault{"inline-table-lines", {*broken_table_, *broken_table_ + 1}, {}};
  }

  Fault unclosed(std::uint32_t at) const {
    return {"bracket-unclosed", {at, at + 1}, {{"bracket", std::string(1, text_[at])}}};
  }

  std::optional<Fault> on_line_end(const Token& token) {
    if (statement_.header && token.role == Role::header && lexer_.depth() > 0)
      return unclosed(statement_.span.begin);
    if (lexer_.innermost() == '{' && token.piece == Piece::line_end && !broken_table_)
      broken_table_ = lexer_.innermost_at();
    if (lexer_.depth() > 0 || previous_.piece == Piece::end || previous_.piece == Piece::line_end)
      return std::nullopt;
    if (token.role == Role::value) return value_missing();
    if (token.role == Role::key) {
      const std::uint32_t end = line_end(text_, previous_.span.begin);
      return Fault{"equals-missing",
                   {previous_.span.begin, std::min(end, previous_.span.end)},
                   {{"key", brief(cut_out(previous_.span))}}};
    }
    return std::nullopt;
  }

  Fault value_missing() const { return {"value-missing", equal_, {{"key", brief(cut_out(key_))}}}; }

  /// A value or key where none may begin: after a value, or after a key without its equal sign.
  std::optional<Fault> misplaced(const Token& token) const {
    const bool touches = previous_.span.end == token.span.begin;
    if (token.role == Role::after_value) {
      if (touches && (previous_.piece == Piece::string || token.piece == Piece::string)) {
        const std::uint32_t quote =
            previous_.piece == Piece::string ? previous_.span.end - 1 : token.span.begin;
        return Fault{"quote-inside", {quote, quote + 1}, {}};
      }
      if (lexer_.depth() > 0) return Fault{"comma-missing", token.span, {}};
      return trailing(token);
    }
    return std::nullopt;
  }

  Fault trailing(const Token& token) const {
    const Span rest = plain_run(text_, token.span.begin, false);
    const std::string_view text = cut_out(rest);
    if (text == "," || text == ";")
      return {"trailing-punctuation", rest, {{"character", std::string(text)}}};
    return {"value-trailing", rest, {{"text", brief(text)}}};
  }

  std::optional<Fault> on_string(const Token& token) {
    if (!token.closed) {
      const std::uint32_t quotes = token.span.begin + (token.multi_line ? 3 : 1);
      return Fault{
          "string-unclosed", {token.span.begin, token.multi_line ? quotes : token.span.end}, {}};
    }
    if (auto fault = escape_fault(text_, token)) return fault;
    if (token.role == Role::key) return on_key_part(token);
    return misplaced(token);
  }

  std::optional<Fault> on_key_part(const Token& token) {
    const bool is_part = previous_.role == Role::key &&
                         (previous_.piece == Piece::word || previous_.piece == Piece::string);
    if (is_part && !text_.substr(0, previous_.span.end).ends_with('.') &&
        text_[token.span.begin] != '.')
      return Fault{"equals-missing", token.span, {{"key", brief(cut_out(previous_.span))}}};
    key_ = {is_part ? key_.begin : token.span.begin, token.span.end};
    if (token.piece != Piece::word) return std::nullopt;
    const std::string_view word = cut_out(token.span);
    const std::size_t colon = word.find(':');
    if (colon != std::string_view::npos && colon > 0) {
      const std::uint32_t at = token.span.begin + static_cast<std::uint32_t>(colon);
      return Fault{"equals-missing", {at, at + 1}, {{"key", brief(word.substr(0, colon))}}};
    }
    if (!is_bare(word)) return Fault{"key-form", token.span, {{"key", brief(word)}}};
    return std::nullopt;
  }

  std::optional<Fault> on_word(const Token& token) {
    if (token.role == Role::key) return on_key_part(token);
    if (token.role == Role::header) {
      if (depth_before_ == 0) return trailing(token);
      if (is_bare(cut_out(token.span))) return std::nullopt;
      return Fault{"key-form", token.span, {{"key", brief(cut_out(token.span))}}};
    }
    if (token.role == Role::value) {
      const Span run = plain_run(text_, token.span.begin, lexer_.depth() > 0);
      return scalar_fault(cut_out(token.span), cut_out(run), run);
    }
    // A date may be followed by a blank and a time.
    const bool time = previous_.piece == Piece::word &&
                      previous_.span.end + 1 == token.span.begin &&
                      parse_date(cut_out(previous_.span)) &&
                      token.span.end - token.span.begin >= 5 && text_[token.span.begin + 2] == ':';
    if (time) return std::nullopt;
    return misplaced(token);
  }

  std::optional<Fault> on_punctuation(const Token& token) {
    const char c = text_[token.span.begin];
    if (token.role == Role::header) {
      if (depth_before_ == 0 && !token.first) return trailing(token);
      return std::nullopt;
    }
    if (c == '=' && token.role == Role::key) {
      equal_ = token.span;
      return std::nullopt;
    }
    const bool after_comma =
        previous_.piece == Piece::punctuation && text_[previous_.span.begin] == ',';
    if (c == '}' && after_comma) return Fault{"comma-trailing", previous_.span, {}};
    if (token.role == Role::value && previous_.span == equal_ && (c == ',' || c == '}' || c == ']'))
      return value_missing();
    if (token.role != Role::after_value) return std::nullopt;
    if (c == '[' || c == '{') return misplaced(token);
    const bool closes = lexer_.depth() < depth_before_;
    if (lexer_.depth() == 0 && !closes) return trailing(token);
    return std::nullopt;
  }

  std::string_view text_;
  const Statement& statement_;
  Lexer lexer_;
  Token previous_;
  Span key_;
  Span equal_;
  std::size_t depth_before_ = 0;  ///< of the last piece
  std::optional<std::uint32_t> broken_table_;
};

/// Where the statement's key or header stands.
Span key_span(std::string_view text, const Statement& statement) {
  Lexer lexer(text.substr(0, statement.span.end), statement.span.begin);
  Span span{statement.span.begin, statement.span.begin};
  for (Token token = lexer.next();
       token.piece != Piece::end && token.piece != Piece::line_end && token.piece != Piece::comment;
       token = lexer.next()) {
    if (!statement.header && (token.role != Role::key || text[token.span.begin] == '=')) break;
    span.end = token.span.end;
  }
  return span;
}

bool begins_with(const Path& path, const Path& head) {
  return head.size() <= path.size() && std::equal(head.begin(), head.end(), path.begin());
}

/// The statement before `all[index]` which gave the same key or table.
std::optional<std::size_t> first_of_two(std::string_view text, const std::vector<Statement>& all,
                                        std::size_t index) {
  // Full paths; keys under a [[header]] are compared with those of their own block only.
  struct Named {
    Path path;
    std::size_t block;
  };
  std::vector<Named> named;
  Path block_path;
  std::size_t block = 0;
  for (std::size_t i = 0; i <= index; ++i) {
    Path path = key_parts(text, all[i]);
    if (all[i].header) {
      block = i;
      block_path = path;
    } else {
      path.insert(path.begin(), block_path.begin(), block_path.end());
    }
    named.push_back({std::move(path), block});
  }
  const Named& second = named.back();
  for (std::size_t i = 0; i < index; ++i) {
    const Named& first = named[i];
    const bool clash = first.path == second.path ||
                       (!all[i].header && begins_with(second.path, first.path)) ||
                       (!all[index].header && begins_with(first.path, second.path));
    const bool same_block = first.block == second.block || all[i].header || all[index].header;
    if (clash && same_block) return i;
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> key_parts(std::string_view text, const Statement& statement) {
  Path parts;
  Lexer lexer(text.substr(0, statement.span.end), statement.span.begin);
  const Span span = key_span(text, statement);
  for (Token token = lexer.next(); token.piece != Piece::end && token.span.end <= span.end;
       token = lexer.next()) {
    std::string_view piece = text.substr(token.span.begin, token.span.end - token.span.begin);
    if (token.piece == Piece::string) {
      if (piece.size() >= 2) parts.emplace_back(piece.substr(1, piece.size() - 2));
    } else if (token.piece == Piece::word) {
      while (!piece.empty()) {
        const std::size_t dot = std::min(piece.find('.'), piece.size());
        if (dot > 0) parts.emplace_back(piece.substr(0, dot));
        piece.remove_prefix(std::min(dot + 1, piece.size()));
      }
    }
  }
  return parts;
}

Diagnostic explain(const Source& source, std::string_view text, const std::vector<Statement>& all,
                   std::size_t index, const Refusal& refusal) {
  const auto say = [&](Fault fault) {
    return Diagnostic{Severity::error, fault.code, source.place(fault.span),
                      std::move(fault.facts)};
  };
  const Statement& statement = all[index];
  if (auto fault = Examination(text, statement).run()) return say(std::move(*fault));
  if (const auto first = first_of_two(text, all, index)) {
    const Span span = key_span(text, statement);
    const Place place = source.place(all[*first].span);
    return say({"duplicate-key",
                span,
                {{"key", brief(text.substr(span.begin, span.end - span.begin))},
                 {"line", fmt::format("{}", place.line)}}});
  }
  return say({refusal.code, {refusal.offset, refusal.offset}, {}});
}

}  // namespace taizhang::document
