#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace taizhang {

/// Numbers that belong to a person and have no place in a ledger.
enum class PrivateKind : std::uint8_t { identity, mobile, bank_card };

struct PrivateNumber {
  PrivateKind kind = PrivateKind::identity;
  std::size_t offset = 0;  ///< bytes
  std::size_t length = 0;

  friend bool operator==(const PrivateNumber&, const PrivateNumber&) = default;
};

/// Identity numbers (18 characters, birth date and check digit right), mainland mobile numbers (also
/// after 86) and bank cards (16–19 digits, Luhn) in a text, in order. Digits may be full-width, and
/// grouped by single spaces or hyphens as people write them. A number counts only with no ASCII
/// letter or digit beside it and when it is no decimal fraction. Takes time linear in the text.
std::vector<PrivateNumber> find_private_numbers(std::string_view utf8);

/// The text with all but the first three and last two digits of each such number as `*` (`＊` for
/// full-width ones); as many code points and columns as before.
std::string mask_private_numbers(std::string_view utf8);

}  // namespace taizhang
