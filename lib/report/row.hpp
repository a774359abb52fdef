#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/diagnostic.hpp"

namespace taizhang::report {

/// A text of data/messages by its id, with the values of its placeholders.
struct Label {
  std::string_view id = {};
  Facts facts = {};
};

/// Not filled in by the office: prints 未填, never 0.
struct Missing {};

/// A Chinese term of the file format or of a derived state; translated in English output.
struct Term {
  std::string_view zh;
};

/// Several words in one cell, set apart as the language does it; as terms they are translated too.
struct Names {
  std::vector<std::string> items = {};
  bool terms = false;

  /// As it stands in machine formats.
  std::string joined() const {
    std::string all;
    for (const std::string& item : items) all += (all.empty() ? "" : "、") + item;
    return all;
  }
};

/// part / whole; prints as a percentage with one digit, as Missing when whole is 0.
struct Share {
  std::int64_t part = 0;
  std::int64_t whole = 0;
};

/// A number with two digits after the point, e.g. points.
struct Decimal {
  std::int64_t hundredths = 0;
};

/// std::monostate is an empty cell; a std::string is the user's own text, printed as it is.
using Content = std::variant<std::monostate, Missing, std::string, Term, Names, Label, std::int64_t,
                             Share, Decimal, Date>;

/// Always printed with its word beside it (红 黄 绿), never as colour alone.
enum class Light : std::uint8_t { none, red, yellow, green };

struct Cell {
  Content content;
  Light light = Light::none;

  template <class T>
  Cell(T value, Light shown = Light::none) : content(std::move(value)), light(shown) {}
  Cell() = default;
};

/// What a Content holds, without owning it, in the same order.
using ContentView = std::variant<std::monostate, Missing, std::string_view, Term, const Names*,
                                 const Label*, std::int64_t, Share, Decimal, Date>;

/// A cell that is written down at once and owns nothing.
struct CellView {
  ContentView content;
  Light light = Light::none;

  CellView() = default;
  template <std::convertible_to<ContentView> T>
  CellView(const T& value, Light shown = Light::none) : content(value), light(shown) {}
  CellView(const Names& names, Light shown = Light::none) : content(&names), light(shown) {}
  CellView(const Label& label, Light shown = Light::none) : content(&label), light(shown) {}
  CellView(const Content& owned, Light shown = Light::none);
  CellView(const Cell& cell) : CellView(cell.content, cell.light) {}
};

struct Row {
  std::vector<Cell> cells = {};
  std::string path = {};  ///< the source place of the row; empty when computed from many
  std::uint32_t line = 0;
  bool total = false;  ///< a sum line, set apart
};

}  // namespace taizhang::report
