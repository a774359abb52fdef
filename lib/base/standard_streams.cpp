#include "base/standard_streams.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>

#include "base/descriptor.hpp"

namespace taizhang::disk {

namespace {

tl::unexpected<Diagnostic> refuse(std::string_view code, Facts facts) {
  Diagnostic diagnostic{Severity::error, code, {}, std::move(facts)};
  diagnostic.place.path = "-";
  diagnostic.facts.emplace_back("path", "-");
  return tl::make_unexpected(std::move(diagnostic));
}

}  // namespace

tl::expected<std::string, Diagnostic> read_standard_input(std::size_t limit) {
  std::string bytes;
  std::array<char, 64 * 1024> buffer;
  while (true) {
    const ssize_t size = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (size == 0) return bytes;
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return refuse("file-unreadable", {{"reason", error_text(errno)}});
    bytes.append(buffer.data(), static_cast<std::size_t>(size));
    if (bytes.size() > limit) return refuse("file-too-large", {{"limit", std::to_string(limit)}});
  }
}

bool errors_go_to_terminal() { return ::isatty(STDERR_FILENO) == 1; }

}  // namespace taizhang::disk
