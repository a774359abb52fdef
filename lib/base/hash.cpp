#include "base/hash.hpp"

#include <nettle/sha2.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace taizhang {

std::string sha256(std::string_view bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest;
  sha256_digest(&context, digest.size(), digest.data());

  constexpr std::string_view digits = "0123456789abcdef";
  std::string result(2 * digest.size(), '0');
  for (std::size_t i = 0; i < digest.size(); ++i) {
    result[2 * i] = digits[digest[i] >> 4];
    result[2 * i + 1] = digits[digest[i] & 15];
  }
  return result;
}

}  // namespace taizhang
