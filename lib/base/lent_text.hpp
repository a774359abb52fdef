#pragma once

#include <fmt/format.h>

#include <cassert>
#include <compare>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <limits>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace taizhang {

class Text;

/// What a text may be made from and compared with.
template <class T>
concept Lender = std::convertible_to<T, std::string_view> && !std::same_as<T, Text>;

/// A text that either owns its bytes or is lent them by a longer text that outlives it, as the values
/// of a ledger are by the ledger's text. A copy always owns its bytes, so only what was lent, and what
/// it is moved into, depends on the lender. At most 4 GiB: ledgers have 8 MiB.
class Text {
 public:
  Text() = default;

  /// Owns a copy.
  template <Lender From>
  Text(const From& from) : Text(std::string_view(from), Copied{}) {}

  /// Lasts no longer than the bytes of `text`.
  static Text lent(std::string_view text) {
    Text made;
    made.data_ = text.data();
    made.size_ = length(text);
    return made;
  }

  Text(const Text& other) : Text(other.view(), Copied{}) {}
  Text(Text&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        owns_(std::exchange(other.owns_, false)) {}
  Text& operator=(const Text& other) { return *this = Text(other); }
  Text& operator=(Text&& other) noexcept {
    Text taken(std::move(other));
    std::swap(data_, taken.data_);
    std::swap(size_, taken.size_);
    std::swap(owns_, taken.owns_);
    return *this;
  }
  ~Text() {
    if (owns_) delete[] data_;
  }

  std::string_view view() const { return {data_, size_}; }
  operator std::string_view() const { return view(); }
  operator std::string() const { return std::string(view()); }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  void clear() { *this = Text{}; }
  bool starts_with(std::string_view text) const { return view().starts_with(text); }
  bool ends_with(std::string_view text) const { return view().ends_with(text); }

  friend bool operator==(const Text& a, const Text& b) { return a.is(b.view()); }
  template <Lender Other>
  friend bool operator==(const Text& a, const Other& b) {
    return a.is(b);
  }
  friend auto operator<=>(const Text& a, const Text& b) { return a.view() <=> b.view(); }
  template <Lender Other>
  friend auto operator<=>(const Text& a, const Other& b) {
    return a.view() <=> std::string_view(b);
  }
  friend std::string operator+(const Text& a, const Text& b) { return std::string(a) += b; }
  template <Lender Other>
  friend std::string operator+(const Text& a, const Other& b) {
    return std::string(a) += b;
  }
  template <Lender Other>
  friend std::string operator+(const Other& a, const Text& b) {
    return std::string(a) += b;
  }
  friend std::ostream& operator<<(std::ostream& out, const Text& text) {
    return out << text.view();
  }

 private:
  bool is(std::string_view text) const {
    return size_ == text.size() && same_bytes(data_, text.data(), size_);
  }

  /// Short words, as keys and ids are, are compared here: to call somebody takes longer.
  static bool same_bytes(const char* a, const char* b, std::size_t size) {
    const auto differ = [&]<class Part>(Part one, std::size_t at) {
      Part other;
      std::memcpy(&one, a + at, sizeof one);
      std::memcpy(&other, b + at, sizeof other);
      return one != other;
    };
    if (size > 16) return std::memcmp(a, b, size) == 0;
    if (size >= 8) return !differ(std::uint64_t{}, 0) && !differ(std::uint64_t{}, size - 8);
    if (size >= 4) return !differ(std::uint32_t{}, 0) && !differ(std::uint32_t{}, size - 4);
    for (std::size_t i = 0; i < size; ++i)
      if (a[i] != b[i]) return false;
    return true;
  }

  static std::uint32_t length(std::string_view text) {
    assert(text.size() <= std::numeric_limits<std::uint32_t>::max());
    return static_cast<std::uint32_t>(text.size());
  }

  struct Copied {};
  Text(std::string_view text, Copied /*tag*/) {
    if (text.empty()) return;
    size_ = length(text);
    char* const bytes = new char[text.size()];
    std::memcpy(bytes, text.data(), text.size());
    data_ = bytes;
    owns_ = true;
  }

  const char* data_ = nullptr;
  std::uint32_t size_ = 0;
  bool owns_ = false;
};

}  // namespace taizhang

// What algorithms compare a text with are views of both.
template <template <class> class A, template <class> class B>
struct std::basic_common_reference<taizhang::Text, std::string_view, A, B> {
  using type = std::string_view;
};
template <template <class> class A, template <class> class B>
struct std::basic_common_reference<std::string_view, taizhang::Text, A, B> {
  using type = std::string_view;
};
template <template <class> class A, template <class> class B>
struct std::basic_common_reference<taizhang::Text, std::string, A, B> {
  using type = std::string_view;
};
template <template <class> class A, template <class> class B>
struct std::basic_common_reference<std::string, taizhang::Text, A, B> {
  using type = std::string_view;
};

template <>
struct fmt::formatter<taizhang::Text> : fmt::formatter<std::string_view> {
  template <class Context>
  auto format(const taizhang::Text& text, Context& context) const {
    return fmt::formatter<std::string_view>::format(text.view(), context);
  }
};
