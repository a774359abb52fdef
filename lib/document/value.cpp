#include "document/value.hpp"

#include <algorithm>
#include <cmath>

namespace taizhang::document {

namespace {

std::vector<const Member*> by_key(const Table& table) {
  std::vector<const Member*> members;
  members.reserve(table.members.size());
  for (const Member& member : table.members) members.push_back(&member);
  std::ranges::sort(members, {}, &Member::key);
  return members;
}

bool same_table(const Table& a, const Table& b) {
  return std::ranges::equal(by_key(a), by_key(b), [](const Member* x, const Member* y) {
    return x->key == y->key && same_meaning(x->value, y->value);
  });
}

}  // namespace

const Member* Table::find(std::string_view key) const {
  const auto found = std::ranges::find(members, key, &Member::key);
  return found == members.end() ? nullptr : &*found;
}

bool same_meaning(const Value& a, const Value& b) {
  if (a.data.kind() != b.data.kind()) return false;
  if (const Table* table = a.table()) return same_table(*table, *b.table());
  if (const Array* array = a.array())
    return std::ranges::equal(array->items, b.array()->items, same_meaning);
  if (const double* number = a.real())
    return *number == *b.real() || (std::isnan(*number) && std::isnan(*b.real()));
  if (a.text()) return *a.text() == *b.text();
  if (a.integer()) return *a.integer() == *b.integer();
  if (a.boolean()) return *a.boolean() == *b.boolean();
  if (a.date()) return *a.date() == *b.date();
  return (*a.time()) == (*b.time());
}

}  // namespace taizhang::document
