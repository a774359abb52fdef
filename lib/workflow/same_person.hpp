#pragma once

#include <string>
#include <string_view>

namespace taizhang::workflow {

/// How a person or post is told from others: what was written without white space and quotation
/// marks, in half width and NFC.
std::string plain_person(std::string_view written);

/// Whether two persons may be one: alike when plain, or one of them only has something in brackets
/// behind it, as 副书记 and 副书记（李四）. What differs within the brackets makes two persons.
bool same_person(std::string_view written, std::string_view other);

}  // namespace taizhang::workflow
