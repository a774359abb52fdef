#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/lent_text.hpp"
#include "base/location.hpp"

namespace taizhang::document {

struct Value;
struct Member;

/// A TOML local time or date-time with or without offset, as written. Ledgers use none of these,
/// but reading them keeps the reader complete.
struct TimeText {
  Text text;
  friend bool operator==(const TimeText&, const TimeText&) = default;
};

struct Array {
  std::vector<Value> items;
  bool of_tables = false;  ///< written as [[name]] blocks
};

/// What first named a table that is not written in braces: its own [header], the [header] of a table
/// below it, or a dotted key. TOML lets different lines add to each.
enum class Origin : std::uint8_t { header, longer_header, dotted_key };

/// Members in the order in which they are written.
struct Table {
  std::vector<Member> members;
  bool is_inline = false;  ///< written as { … }
  Origin origin = Origin::header;

  const Member* find(std::string_view key) const;
};

/// What a value is: one of the types below, at first an empty text. Like a std::variant, but one that
/// is made and dropped without calling a function; a ledger has hundreds, and most own no memory.
class Data {
 public:
  enum class Kind : std::uint8_t { text, integer, real, boolean, date, time, array, table };

  Data() : Data(Text{}) {}
  Data(Text text) { make<Text>(std::move(text)); }
  template <Lender From>
  Data(const From& text) : Data(Text{text}) {}
  Data(std::int64_t number) { make<std::int64_t>(number); }
  Data(double number) { make<double>(number); }
  Data(bool answer) { make<bool>(answer); }
  Data(Date date) { make<Date>(date); }
  Data(TimeText time) { make<TimeText>(std::move(time)); }
  Data(Array array);
  Data(Table table);

  Data(const Data& other);
  Data(Data&& other) noexcept;
  Data& operator=(Data other) noexcept;
  ~Data();

  Kind kind() const { return kind_; }

  /// nullptr when it is something else.
  template <class T>
  const T* get_if() const {
    return kind_ == kind_of<T>() ? std::launder(reinterpret_cast<const T*>(held_)) : nullptr;
  }
  template <class T>
  T* get_if() {
    return const_cast<T*>(std::as_const(*this).get_if<T>());
  }

  template <class T>
  T& emplace(T value = {}) {
    this->~Data();
    make<T>(std::move(value));
    return *get_if<T>();
  }

 private:
  template <class T>
  static constexpr Kind kind_of() {
    if constexpr (std::is_same_v<T, Text>) return Kind::text;
    else if constexpr (std::is_same_v<T, std::int64_t>) return Kind::integer;
    else if constexpr (std::is_same_v<T, double>) return Kind::real;
    else if constexpr (std::is_same_v<T, bool>) return Kind::boolean;
    else if constexpr (std::is_same_v<T, Date>) return Kind::date;
    else if constexpr (std::is_same_v<T, TimeText>) return Kind::time;
    else if constexpr (std::is_same_v<T, Array>) return Kind::array;
    else return Kind::table;
  }

  template <class T>
  void make(T value) {
    static_assert(sizeof(T) <= sizeof held_);
    static_assert(alignof(T) <= alignof(Data));
    ::new (static_cast<void*>(held_)) T(std::move(value));
    kind_ = kind_of<T>();
  }

  /// Calls with what is held.
  template <class Self, class Do>
  static void with(Self& self, Do act);

  alignas(void*) alignas(std::int64_t) std::byte held_[sizeof(Table)];
  Kind kind_ = Kind::text;
};

/// One value and where it is written: a scalar, array or inline table from its first to its last
/// byte; a [header] table its header line's brackets; a dotted or implied table the key that made
/// it; an array of tables from its first to its last header. The texts that a reader finds are lent
/// by the text that it reads.
struct Value {
  Data data;
  Span span;

  const Text* text() const { return data.get_if<Text>(); }
  const std::int64_t* integer() const { return data.get_if<std::int64_t>(); }
  const double* real() const { return data.get_if<double>(); }
  const bool* boolean() const { return data.get_if<bool>(); }
  const Date* date() const { return data.get_if<Date>(); }
  const TimeText* time() const { return data.get_if<TimeText>(); }
  const Array* array() const { return data.get_if<Array>(); }
  const Table* table() const { return data.get_if<Table>(); }
  Text* text() { return data.get_if<Text>(); }
  Array* array() { return data.get_if<Array>(); }
  Table* table() { return data.get_if<Table>(); }
};

struct Member {
  Text key;
  Span key_span = {};  ///< of this part of the key only
  Value value = {};

  Member() = default;
  Member(Text name, Span at) : key(std::move(name)), key_span(at) {}
  Member(Text name, Span at, Value held)
      : key(std::move(name)), key_span(at), value(std::move(held)) {}
};

/// Equal in keys and values; spans and the order of members do not count, the order of items does.
bool same_meaning(const Value& a, const Value& b);

inline Data::Data(Array array) { make<Array>(std::move(array)); }
inline Data::Data(Table table) { make<Table>(std::move(table)); }

template <class Self, class Do>
void Data::with(Self& self, Do act) {
  switch (self.kind_) {
    case Kind::text:
      return act(*self.template get_if<Text>());
    case Kind::integer:
      return act(*self.template get_if<std::int64_t>());
    case Kind::real:
      return act(*self.template get_if<double>());
    case Kind::boolean:
      return act(*self.template get_if<bool>());
    case Kind::date:
      return act(*self.template get_if<Date>());
    case Kind::time:
      return act(*self.template get_if<TimeText>());
    case Kind::array:
      return act(*self.template get_if<Array>());
    case Kind::table:
      return act(*self.template get_if<Table>());
  }
}

inline Data::Data(const Data& other) {
  with(other, [this]<class T>(const T& held) { make<T>(T(held)); });
}

inline Data::Data(Data&& other) noexcept {
  with(other, [this]<class T>(T& held) { make<T>(std::move(held)); });
}

inline Data::~Data() {
  if (kind_ == Kind::text) get_if<Text>()->~Text();
  else if (kind_ > Kind::date) with(*this, []<class T>(T& held) { held.~T(); });
}

inline Data& Data::operator=(Data other) noexcept {
  this->~Data();
  return *::new (static_cast<void*>(this)) Data(std::move(other));
}

}  // namespace taizhang::document
