#include "document/merge_order.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace taizhang::document {

namespace {

using Names = std::vector<std::string>;

Names those_in(const Names& names, const std::set<std::string>& wanted) {
  Names kept;
  for (const std::string& name : names)
    if (wanted.contains(name)) kept.push_back(name);
  return kept;
}

/// The names of the base that stay, in the order of the side that moved some.
Names skeleton(const Names& base, const Names& ours, const Names& theirs,
               const std::set<std::string>& staying) {
  const std::set<std::string> in_base{base.begin(), base.end()};
  const auto moved = [&](const Names& side) {
    const std::set<std::string> there{side.begin(), side.end()};
    return those_in(those_in(base, staying), there) != those_in(side, staying);
  };
  const bool we = moved(ours);
  const bool they = moved(theirs);
  const Names* leading = &base;
  if (we && they)
    leading =
        std::min(those_in(ours, staying), those_in(theirs, staying)) == those_in(ours, staying)
            ? &ours
            : &theirs;
  else if (we) leading = &ours;
  else if (they) leading = &theirs;
  Names order = those_in(*leading, staying);
  // What that side took away and yet stays follows what it followed in the base.
  auto at = order.begin();
  for (const std::string& name : base) {
    if (!staying.contains(name)) continue;
    const auto found = std::ranges::find(order, name);
    at = found == order.end() ? order.insert(at, name) + 1 : found + 1;
  }
  return order;
}

/// New names by the staying name that they follow; "" before the first.
std::map<std::string, Names> additions(const Names& side, const std::set<std::string>& in_base,
                                       const std::set<std::string>& staying) {
  std::map<std::string, Names> added;
  std::string after;
  for (const std::string& name : side)
    if (staying.contains(name)) after = name;
    else if (!in_base.contains(name)) added[after].push_back(name);
  return added;
}

class Zip {
 public:
  Zip(std::function<bool(const std::string&, const std::string&)> before, Names& order)
      : before_(std::move(before)), order_(order) {}

  void add(const Names& ours, const Names& theirs) {
    auto our = ours.begin();
    auto their = theirs.begin();
    while (our != ours.end() || their != theirs.end()) {
      if (our != ours.end() && done_.contains(*our)) ++our;
      else if (their != theirs.end() && done_.contains(*their)) ++their;
      else if (our == ours.end()) put(*their++);
      else if (their == theirs.end()) put(*our++);
      else {
        const bool ours_waits = std::find(their + 1, theirs.end(), *our) != theirs.end();
        const bool theirs_waits = std::find(our + 1, ours.end(), *their) != ours.end();
        const bool first = ours_waits == theirs_waits ? !before_(*their, *our) : theirs_waits;
        put(first ? *our++ : *their++);
      }
    }
  }

 private:
  void put(const std::string& name) {
    if (done_.insert(name).second) order_.push_back(name);
  }

  std::function<bool(const std::string&, const std::string&)> before_;
  Names& order_;
  std::set<std::string> done_;
};

/// Lines with their endings, told apart where they are the same.
Names lines_of(std::string_view text, std::map<std::string, std::string>& bytes) {
  std::map<std::string, int> seen;
  Names names;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string line{text.substr(0, end)};
    names.push_back(line + std::to_string(seen[line]++));
    bytes[names.back()] = line;
    text.remove_prefix(end);
  }
  return names;
}

}  // namespace

std::vector<std::string> merge_order(
    const Names& base, const Names& ours, const Names& theirs,
    const std::function<bool(const std::string&)>& stays,
    const std::function<bool(const std::string&, const std::string&)>& before) {
  const std::set<std::string> in_base{base.begin(), base.end()};
  std::set<std::string> staying;
  for (const std::string& name : base)
    if (stays(name)) staying.insert(name);
  auto from_ours = additions(ours, in_base, staying);
  auto from_theirs = additions(theirs, in_base, staying);
  Names order;
  Zip zip{before, order};
  zip.add(from_ours[""], from_theirs[""]);
  for (const std::string& name : skeleton(base, ours, theirs, staying)) {
    order.push_back(name);
    zip.add(from_ours[name], from_theirs[name]);
  }
  return order;
}

std::string merge_lines(const std::string& base, const std::string& ours,
                        const std::string& theirs) {
  if (const auto one = pick(base, ours, theirs)) return *one;
  std::map<std::string, std::string> bytes;
  const Names from_base = lines_of(base, bytes);
  const Names from_ours = lines_of(ours, bytes);
  const Names from_theirs = lines_of(theirs, bytes);
  const std::set<std::string> we{from_ours.begin(), from_ours.end()};
  const std::set<std::string> they{from_theirs.begin(), from_theirs.end()};
  std::string text;
  for (const std::string& name : merge_order(
           from_base, from_ours, from_theirs,
           [&](const std::string&line) { return we.contains(line) && they.contains(line); },
           [](const std::string&a, const std::string&b) { return a < b; }))
    text += bytes[name];
  return text;
}

}  // namespace taizhang::document
