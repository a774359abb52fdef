#include "store/unfit_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/odd_characters.hpp"
#include "base/private_data.hpp"
#include "base/text.hpp"
#include "document/lexer.hpp"
#include "document/spelling.hpp"
#include "store/read_record.hpp"
#include "store/read_value.hpp"

namespace taizhang::store {

using document::Member;
using document::Table;
using document::Value;
using model::Format;

namespace {

constexpr std::size_t most = 100;

std::string_view term_of(PrivateKind kind) {
  switch (kind) {
    case PrivateKind::identity:
      return "身份证号";
    case PrivateKind::mobile:
      return "手机号";
    case PrivateKind::bank_card:
      break;
  }
  return "银行卡号";
}

/// True when a number of that kind may stand in a text of that form.
bool may_hold(Format format, std::string_view text, PrivateKind kind) {
  if (format == Format::any || format == Format::signed_whole) return false;
  if (format == Format::path) return kind == PrivateKind::bank_card;
  return has_format(text, format);
}

class Walk {
 public:
  Walk(const document::Document& document, model::FileKind file)
      : source_(document.source), text_(document.source.text()), file_(file) {}

  Diagnostics run(const Table& root) {
    read_comments();
    for (const Member& member : root.members) {
      read_key(member);
      if (const auto* kind = model::find_kind(file_, member.key)) read_records(member.value, *kind);
      else read_value(member.value, Format::any);
    }
    sort_by_place(found_);
    return std::move(found_);
  }

 private:
  void add(Severity severity, std::string_view code, Span span, Facts facts) {
    if (found_.size() < most) found_.push_back(at(source_, span, severity, code, std::move(facts)));
  }

  /// What is wrong with a text; `place` gives the span in the file of a part of it.
  template <class ToSpan>
  void read_text(std::string_view text, Format format, bool tabs, ToSpan place) {
    for (const PrivateNumber& number : find_private_numbers(text)) {
      if (may_hold(format, text, number.kind)) continue;
      const std::string_view digits = text.substr(number.offset, number.length);
      add(Severity::error, "private-number", place(number.offset, number.length),
          {{"kind", std::string{term_of(number.kind)}}, {"number", mask_private_numbers(digits)}});
    }
    bool hidden = false;
    bool private_use = false;
    for (auto odd = next_odd_character(text, 0); odd && !(hidden && private_use);
         odd = next_odd_character(text, odd->offset + odd->length)) {
      if (tabs && odd->code == '\t') continue;
      bool& told = odd->hidden ? hidden : private_use;
      if (!told)
        add(odd->hidden ? Severity::error : Severity::warning,
            odd->hidden ? "hidden-character" : "private-use-character",
            place(odd->offset, odd->length), {{"codepoint", fmt::format("U+{:04X}", odd->code)}});
      told = true;
    }
  }

  /// Comments, and numbers and dates without quotes.
  void read_comments() {
    document::Lexer lexer(text_, source_.offset(1, 1));
    for (auto token = lexer.next(); token.piece != document::Piece::end; token = lexer.next()) {
      const bool value =
          token.piece == document::Piece::word && token.role == document::Role::value;
      if (token.piece != document::Piece::comment && !value) continue;
      const Span span = token.span;
      read_text(text_.substr(span.begin, span.end - span.begin), Format::any, true,
                [&](std::size_t offset, std::size_t length) {
                  const auto begin = span.begin + static_cast<std::uint32_t>(offset);
                  return Span{begin, begin + static_cast<std::uint32_t>(length)};
                });
    }
  }

  void read_string(std::string_view text, Span span, Format format) {
    read_text(text, format, false, [&](std::size_t offset, std::size_t length) {
      return document::part_of_string(source_, span, offset, length);
    });
  }

  void read_key(const Member& member) {
    const bool quoted =
        member.key_span.begin < text_.size() &&
        (text_[member.key_span.begin] == '"' || text_[member.key_span.begin] == '\'');
    if (quoted) return read_string(member.key, member.key_span, Format::any);
    read_text(member.key, Format::any, false, [&](std::size_t offset, std::size_t length) {
      const auto begin = member.key_span.begin + static_cast<std::uint32_t>(offset);
      return Span{begin, begin + static_cast<std::uint32_t>(length)};
    });
  }

  void read_records(const Value& value, const model::RecordKind& kind) {
    if (const auto* array = value.array()) {
      for (const Value& item : array->items) read_records(item, kind);
    } else if (const Table* table = value.table()) {
      for (const Member& member : table->members) {
        read_key(member);
        const auto field = std::ranges::find(kind.fields, member.key, &model::Field::key);
        if (field == kind.fields.end()) read_value(member.value, Format::any);
        else if (field->shape == model::Shape::evidence) read_evidence(member.value);
        else read_value(member.value, field->format);
      }
    } else {
      read_value(value, Format::any);
    }
  }

  void read_evidence(const Value& value) {
    if (const auto* array = value.array()) {
      for (const Value& item : array->items) read_evidence(item);
    } else if (const Table* table = value.table()) {
      for (const Member& member : table->members) {
        read_key(member);
        read_value(member.value, member.key == "file"     ? Format::path
                                 : member.key == "sha256" ? Format::sha256
                                                          : Format::any);
      }
    } else {
      read_value(value, Format::any);
    }
  }

  void read_value(const Value& value, Format format) {
    if (const Text* text = value.text()) {
      read_string(*text, value.span, format);
    } else if (const auto* array = value.array()) {
      for (const Value& item : array->items) read_value(item, format);
    } else if (const Table* table = value.table()) {
      for (const Member& member : table->members) {
        read_key(member);
        read_value(member.value, format);
      }
    }
  }

  const document::Source& source_;
  std::string_view text_;
  model::FileKind file_;
  Diagnostics found_;
};

}  // namespace

Diagnostics unfit_text(const document::Document& document, model::FileKind file) {
  return Walk{document, file}.run(document.root);
}

bool may_be_unfit(std::string_view bytes) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  if (bytes.find('\\') != std::string_view::npos) return true;  // what is meant is not what is seen
  return has_odd_characters(bytes) || !find_private_numbers(bytes).empty();
}

}  // namespace taizhang::store
