#include "base/private_data.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/date.hpp"

namespace taizhang {

namespace {

constexpr std::size_t longest = 19;   ///< digits of the longest number that is looked for
constexpr std::size_t shortest = 11;  ///< of the shortest

constexpr std::array<std::string_view, 7> separators{" ", "-", "\u3000", "－", "‐", "‑", "–"};

/// A digit or a sign at the front of a text, ASCII or full-width (U+FF01–FF5E, EF BC 81–EF BD 9E).
struct Sign {
  char ascii = 0;  ///< 0: something else
  std::size_t length = 1;
};

Sign sign_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  if (byte(0) < 0x80) return {text[at], 1};
  if (byte(0) != 0xEF || at + 2 >= text.size()) return {};
  if (byte(1) == 0xBC && byte(2) >= 0x81 && byte(2) <= 0xBF)
    return {static_cast<char>(byte(2) - 0x60), 3};
  if (byte(1) == 0xBD && byte(2) >= 0x80 && byte(2) <= 0x9E)
    return {static_cast<char>(byte(2) - 0x20), 3};
  return {};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_x(char c) { return c == 'x' || c == 'X'; }

/// The bytes of digits and separators. No character of U+4000 to U+9FFF has only such bytes.
constexpr std::array<bool, 256> number_bytes = [] {
  std::array<bool, 256> bytes{};
  const auto add = [&](std::string_view text) {
    for (const char c : text) bytes[static_cast<unsigned char>(c)] = true;
  };
  add("0123456789");
  add("０１２３４５６７８９");
  for (const std::string_view separator : separators) add(separator);
  return bytes;
}();

bool is_number_byte(char c) { return number_bytes[static_cast<unsigned char>(c)]; }

/// Where the next bytes begin that are enough for the shortest number; the size when there are none.
/// Of other text it looks at every eleventh byte only.
std::size_t next_stretch(std::string_view text, std::size_t at) {
  while (at + shortest <= text.size()) {
    const std::size_t last = at + shortest - 1;
    // No number has two spaces in a row.
    if (!is_number_byte(text[last]) || (text[last] == ' ' && text[last - 1] == ' ')) {
      at = last + 1;
      continue;
    }
    std::size_t begin = last;
    while (begin > at && is_number_byte(text[begin - 1])) --begin;
    const bool starts = is_digit(text[begin]) || text[begin] == '\xEF';
    if (begin == at && starts) return at;
    at = starts ? begin : begin + 1;
  }
  return text.size();
}

/// The separator that ends at `at`; none when it is something else.
std::string_view separator_before(std::string_view text, std::size_t at) {
  for (const std::string_view separator : separators)
    if (text.substr(0, at).ends_with(separator)) return separator;
  return {};
}

std::string_view separator_at(std::string_view text, std::size_t at) {
  constexpr std::string_view beginnings = " -\xE2\xE3\xEF";
  if (at >= text.size() || beginnings.find(text[at]) == beginnings.npos) return {};
  for (const std::string_view separator : separators)
    if (text.substr(at).starts_with(separator)) return separator;
  return {};
}

struct Digits {
  std::size_t count = 0;
  std::size_t end = 0;  ///< after the last
};

/// The digits from `at` on, of one group and of those that separators join to it.
Digits joined_digits(std::string_view text, std::size_t at) {
  Digits digits;
  while (true) {
    const std::size_t begin = at;
    for (Sign sign = sign_at(text, at); is_digit(sign.ascii); sign = sign_at(text, at)) {
      ++digits.count;
      at += sign.length;
    }
    if (at == begin) return digits;
    digits.end = at;
    at += separator_at(text, at).size();
  }
}

/// ASCII only: a full-width letter is no part of a code.
bool is_letter_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_letter(text[at]);
}

/// Digits without a gap, perhaps with the X of an identity number behind them.
struct Group {
  std::size_t begin = 0;
  std::size_t end = 0;       ///< after the last digit
  std::size_t end_of_x = 0;  ///< after the X; `end` when there is none
  std::string digits;        ///< at most one more than the longest number
  std::string_view joint;    ///< the separator before it when it continues the one before
  bool begins_free =
      true;               ///< no ASCII letter before it, no decimal point that makes it a fraction
  bool ends_free = true;  ///< no ASCII letter after the digits, no decimals
  bool ends_free_x = false;  ///< an X that nothing follows
};

bool decimals_at(std::string_view text, std::size_t at) {
  return at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1]);
}

Group take_group(std::string_view text, std::size_t begin) {
  Group group;
  group.begin = begin;
  std::size_t at = begin;
  for (Sign sign = sign_at(text, at); is_digit(sign.ascii); sign = sign_at(text, at)) {
    if (group.digits.size() <= longest) group.digits += sign.ascii;
    at += sign.length;
  }
  group.end = group.end_of_x = at;
  const bool fraction = begin >= 2 && text[begin - 1] == '.' && text[begin - 2] == '0' &&
                        (begin == 2 || !is_digit(text[begin - 3]));
  group.begins_free = !fraction && (begin == 0 || !is_letter(text[begin - 1]));
  group.ends_free = !is_letter_at(text, at) && !decimals_at(text, at);
  const Sign next = sign_at(text, at);
  if (is_x(next.ascii)) {
    group.end_of_x = at + next.length;
    group.ends_free_x =
        !is_letter_at(text, group.end_of_x) && !is_digit(sign_at(text, group.end_of_x).ascii);
  }
  return group;
}

int number_of(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

/// ISO 7064 MOD 11-2 over 17 digits and the check character.
bool is_identity(std::string_view number) {
  constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view checks = "10X98765432";
  if (number.size() != 18) return false;
  const int province = number_of(number.substr(0, 2));
  if (province < 11 || province > 83) return false;
  const int year = number_of(number.substr(6, 4));
  const Date born{std::chrono::year{year},
                  std::chrono::month{static_cast<unsigned>(number_of(number.substr(10, 2)))},
                  std::chrono::day{static_cast<unsigned>(number_of(number.substr(12, 2)))}};
  if (year < 1900 || year > 2099 || !born.ok()) return false;
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (number[i] - '0');
  return checks[static_cast<std::size_t>(sum % 11)] == number[17];
}

/// A unified social credit code (GB 32100) that happens to have digits only: a unit's, not a
/// person's.
bool is_unit_code(std::string_view digits) {
  if (digits.size() != 18 || (digits[0] != '1' && digits[0] != '5' && digits[0] != '9'))
    return false;
  int sum = 0;
  int weight = 1;
  for (std::size_t i = 0; i < 17; ++i, weight = weight * 3 % 31) sum += weight * (digits[i] - '0');
  return (31 - sum % 31) % 31 == digits[17] - '0';
}

/// Luhn, with a first digit that cards have; 20… would be a time written without gaps.
bool is_bank_card(std::string_view digits) {
  if (digits.size() < 16 || digits.size() > longest) return false;
  const int front = number_of(digits.substr(0, 4));
  const bool issued =
      (front >= 3000 && front < 7000) || front >= 8000 || (front >= 2221 && front <= 2720);
  if (!issued || is_unit_code(digits)) return false;
  int sum = 0;
  bool twice = false;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, twice = !twice) {
    const int value = (*digit - '0') * (twice ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 == 0;
}

/// The country's prefix, when 11 digits follow it.
std::string_view without_country(std::string_view digits) {
  if (digits.size() == 13 && digits.starts_with("86")) return digits.substr(2);
  if (digits.size() == 15 && digits.starts_with("0086")) return digits.substr(4);
  return digits;
}

bool is_mobile(std::string_view digits) {
  digits = without_country(digits);
  return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
}

/// How numbers of a kind are broken into groups.
bool groups_of_mobile(std::string_view sizes) {
  return sizes == "344" || sizes == "544" || sizes == "744";
}

bool groups_of_card(std::string_view sizes) {
  return sizes.starts_with("4444") || (sizes.size() == 2 && sizes[0] == '6');
}

/// Groups that belong together: each continues the one before with the same separator.
class Chain {
 public:
  bool takes(const Group& group) const {
    return groups_.empty() || (!group.joint.empty() && groups_.back().end == joint_begin(group));
  }
  void add(Group group) { groups_.push_back(std::move(group)); }

  void move_findings_to(std::vector<PrivateNumber>& found) {
    for (std::size_t first = 0; first < groups_.size();) first += match(first, found);
    groups_.clear();
  }

 private:
  static std::size_t joint_begin(const Group& group) { return group.begin - group.joint.size(); }

  /// Groups that were used up, at least 1.
  std::size_t match(std::size_t first, std::vector<PrivateNumber>& found) const {
    if (!groups_[first].begins_free) return 1;
    std::string digits;
    std::string sizes;
    std::size_t used = 0;
    PrivateNumber best;  // the longest, so that no digit of a card stays outside
    for (std::size_t last = first; last < groups_.size(); ++last) {
      const Group& group = groups_[last];
      if (last > first + 1 && group.joint != groups_[first + 1].joint) break;
      digits += group.digits;
      sizes += static_cast<char>('0' + std::min<std::size_t>(group.digits.size(), 9));
      if (digits.size() > longest) break;
      const auto kind = kind_of(digits, sizes, group);
      if (!kind) continue;
      const bool with_x = *kind == PrivateKind::identity && digits.size() == 17;
      const std::size_t end = with_x ? group.end_of_x : group.end;
      best = {*kind, groups_[first].begin, end - groups_[first].begin};
      used = last - first + 1;
    }
    if (used > 0) found.push_back(best);
    return std::max<std::size_t>(used, 1);
  }

  static std::optional<PrivateKind> kind_of(const std::string& digits, std::string_view sizes,
                                            const Group& last) {
    const bool alone = sizes.size() == 1;
    const auto broken_well = [&](std::string_view groups) {
      return alone || groups.find_first_of("01") == groups.npos;
    };
    if (last.ends_free_x && digits.size() == 17 && broken_well(sizes.substr(0, sizes.size() - 1)) &&
        is_identity(digits + 'X'))
      return PrivateKind::identity;
    if (!last.ends_free) return std::nullopt;
    if (broken_well(sizes) && is_identity(digits)) return PrivateKind::identity;
    if ((alone || groups_of_mobile(sizes)) && is_mobile(digits)) return PrivateKind::mobile;
    if ((alone || groups_of_card(sizes)) && is_bank_card(digits)) return PrivateKind::bank_card;
    return std::nullopt;
  }

  std::vector<Group> groups_;
};

}  // namespace

std::vector<PrivateNumber> find_private_numbers(std::string_view text) {
  std::vector<PrivateNumber> found;
  Chain chain;
  std::size_t chain_end = 0;
  for (std::size_t at = next_stretch(text, 0); at < text.size();
       at = at < chain_end ? at : next_stretch(text, at)) {
    const Sign sign = sign_at(text, at);
    if (!is_digit(sign.ascii)) {
      at += sign.length;
      continue;
    }
    if (at >= chain_end) {
      const Digits digits = joined_digits(text, at);
      chain_end = digits.end;
      if (digits.count < shortest) {
        at = digits.end;
        continue;
      }
    }
    Group group = take_group(text, at);
    group.joint = separator_before(text, at);
    at = group.end;
    if (!chain.takes(group)) chain.move_findings_to(found);
    chain.add(std::move(group));
  }
  chain.move_findings_to(found);
  return found;
}

std::string mask_private_numbers(std::string_view text) {
  constexpr std::size_t kept_front = 3;
  constexpr std::size_t kept_back = 2;
  std::string masked;
  std::size_t done = 0;
  for (const PrivateNumber& number : find_private_numbers(text)) {
    masked += text.substr(done, number.offset - done);
    done = number.offset + number.length;
    const std::string_view all = text.substr(number.offset, number.length);
    std::size_t signs = 0;
    for (std::size_t at = 0; at < all.size(); at += sign_at(all, at).length)
      if (is_digit(sign_at(all, at).ascii) || is_x(sign_at(all, at).ascii)) ++signs;
    std::size_t nth = 0;
    for (std::size_t at = 0; at < all.size();) {
      const Sign sign = sign_at(all, at);
      const bool counts = is_digit(sign.ascii) || is_x(sign.ascii);
      if (counts) ++nth;
      if (!counts || nth <= kept_front || nth + kept_back > signs)
        masked += all.substr(at, sign.length);
      else masked += sign.length == 1 ? "*" : "＊";
      at += sign.length;
    }
  }
  masked += text.substr(done);
  return masked;
}

}  // namespace taizhang
