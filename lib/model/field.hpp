#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "model/records.hpp"

namespace taizhang::model {

// The field tables (fields.cpp) say once what keys a record has. Reader, writer, `check`, JSON
// Schema, templates and the README's format chapter are all made from them.

/// Whatever a field can hold. What `get` gives is lent its text by the record.
using Datum =
    std::variant<std::monostate, Text, std::int64_t, double, bool, Date, std::vector<std::string>,
                 Counts, Answers, std::vector<Evidence>, Condition>;

/// How a field is written in TOML.
enum class Shape : std::uint8_t {
  text,
  choice,  ///< text, one of `choices`
  whole,   ///< integer, not negative unless `Format::signed_whole`
  flag,    ///< true or false
  date,
  texts,      ///< array of texts
  counts,     ///< one-line table of whole numbers
  answers,    ///< one-line table or dotted keys, typed by the rule set
  evidence,   ///< array of { file, sha256 }
  number,     ///< integer or decimal
  condition,  ///< one-line table: a comparison or a group of them
};

/// What a text must look like.
enum class Format : std::uint8_t {
  any,
  county_code,    ///< 6 digits
  township_code,  ///< 9 digits
  village_code,   ///< 12 digits
  id,             ///< ASCII letters, digits, - and _, at most 32
  period,         ///< one name of a period, e.g. 2023-06-H1
  sha256,         ///< 64 lower-case hexadecimal digits
  short_hash,     ///< 8 lower-case hexadecimal digits
  path,           ///< relative, inside the workspace
  signed_whole,   ///< whole number that may be negative
};

/// How many digits an administrative code of that format has; 0 for what is no such code.
constexpr std::size_t code_digits(Format format) {
  switch (format) {
    case Format::county_code:
      return 6;
    case Format::township_code:
      return 9;
    case Format::village_code:
      return 12;
    default:
      return 0;
  }
}

enum class Need : std::uint8_t { required, optional };

struct Field {
  std::string_view key;
  Need need = Need::optional;
  Shape shape = Shape::text;
  Format format = Format::any;
  std::span<const std::string_view> choices;  ///< terms of a choice, items of texts, keys of counts

  Datum (*get)(const void* record) = nullptr;
  bool (*set)(void* record, Datum&& value) = nullptr;  ///< false when the type does not fit
  /// Of texts and choices: takes the text over, which is not blank; false when it is no choice.
  bool (*set_text)(void* record, Text&& text) = nullptr;
};

namespace detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class>
struct MemberOf;
template <class R, class T>
struct MemberOf<T R::*> {
  using Record = R;
  using Type = T;
};

template <class T>
constexpr Shape shape_of() {
  if constexpr (std::is_same_v<T, Text>) return Shape::text;
  else if constexpr (std::is_same_v<T, std::vector<std::string>>) return Shape::texts;
  else if constexpr (std::is_same_v<T, Counts>) return Shape::counts;
  else if constexpr (std::is_same_v<T, Answers>) return Shape::answers;
  else if constexpr (std::is_same_v<T, std::vector<Evidence>>) return Shape::evidence;
  else if constexpr (std::is_same_v<T, bool>) return Shape::flag;
  else if constexpr (std::is_same_v<T, std::optional<bool>>) return Shape::flag;
  else if constexpr (std::is_same_v<T, std::optional<std::int64_t>>) return Shape::whole;
  else if constexpr (std::is_same_v<T, std::optional<double>>) return Shape::number;
  else if constexpr (std::is_same_v<T, std::optional<Condition>>) return Shape::condition;
  else if constexpr (std::is_same_v<T, std::optional<Date>>) return Shape::date;
  else return Shape::choice;
}

template <auto Member>
Datum get_member(const void* record) {
  using Type = typename MemberOf<decltype(Member)>::Type;
  const Type& value =
      static_cast<const typename MemberOf<decltype(Member)>::Record*>(record)->*Member;
  if constexpr (shape_of<Type>() == Shape::choice)
    return value ? Datum{Text::lent(term(*value))} : Datum{};
  else if constexpr (IsOptional<Type>::value) return value ? Datum{*value} : Datum{};
  else if constexpr (std::is_same_v<Type, bool>) return value ? Datum{true} : Datum{};
  else if constexpr (std::is_same_v<Type, Text>)
    return value.empty() ? Datum{} : Datum{Text::lent(value)};
  else return value.empty() ? Datum{} : Datum{value};
}

template <auto Member>
bool set_member(void* record, Datum&& datum) {
  using Type = typename MemberOf<decltype(Member)>::Type;
  Type& value = static_cast<typename MemberOf<decltype(Member)>::Record*>(record)->*Member;
  if (std::holds_alternative<std::monostate>(datum)) {
    value = Type{};
    return true;
  }
  if constexpr (shape_of<Type>() == Shape::choice) {
    const auto* text = std::get_if<Text>(&datum);
    if (!text) return false;
    value = from_term<typename Type::value_type>(*text);
    return value.has_value();
  } else if constexpr (IsOptional<Type>::value) {
    auto* held = std::get_if<typename Type::value_type>(&datum);
    if (!held) return false;
    value = *held;
    return true;
  } else {
    auto* held = std::get_if<Type>(&datum);
    if (!held) return false;
    value = std::move(*held);
    return true;
  }
}

template <auto Member>
bool set_text_member(void* record, Text&& text) {
  using Type = typename MemberOf<decltype(Member)>::Type;
  Type& value = static_cast<typename MemberOf<decltype(Member)>::Record*>(record)->*Member;
  if constexpr (std::is_same_v<Type, Text>) {
    value = std::move(text);
    return true;
  } else {
    value = from_term<typename Type::value_type>(text);
    return value.has_value();
  }
}

template <class T>
constexpr std::span<const std::string_view> choices_of() {
  if constexpr (shape_of<T>() == Shape::choice) return terms_of<typename T::value_type>;
  else return {};
}

}  // namespace detail

template <auto Member>
constexpr Field field(std::string_view key, Need need = Need::optional, Format format = Format::any,
                      std::span<const std::string_view> choices = {}) {
  using Type = typename detail::MemberOf<decltype(Member)>::Type;
  Field made;
  made.key = key;
  made.need = need;
  made.shape = detail::shape_of<Type>();
  made.format = format;
  made.choices = choices.empty() ? detail::choices_of<Type>() : choices;
  made.get = &detail::get_member<Member>;
  made.set = &detail::set_member<Member>;
  if constexpr (detail::shape_of<Type>() == Shape::text ||
                detail::shape_of<Type>() == Shape::choice)
    made.set_text = &detail::set_text_member<Member>;
  return made;
}

enum class FileKind : std::uint8_t { workspace, county, township, inspections, village, rules };

/// One record kind: the header it is written under and its fields in the order they are written.
struct RecordKind {
  std::string_view name;  ///< "task" for [[task]]
  FileKind file{};
  bool repeated = true;  ///< [[name]], else [name]
  std::span<const Field> fields;
  Span& (*at)(void* record) = nullptr;  ///< where the header stands
};

template <class Record>
constexpr RecordKind record_kind(std::string_view name, FileKind file, bool repeated,
                                 std::span<const Field> fields) {
  return {name, file, repeated, fields,
          [](void* record) -> Span& { return static_cast<Record*>(record)->at; }};
}

/// Every record kind, in the order in which a file of its kind is laid out.
std::span<const RecordKind> record_kinds();

/// The kind written under that header in files of that sort; nullptr when there is none.
const RecordKind* find_kind(FileKind file, std::string_view name);

}  // namespace taizhang::model
