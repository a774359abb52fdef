#include "progress.hpp"

#include "base/standard_streams.hpp"
#include "base/text.hpp"
#include "render/layout.hpp"

namespace taizhang::cmd {

void Progress::show(std::string_view id, const Facts& facts) {
  if (std::chrono::steady_clock::now() - began_ < std::chrono::seconds{1}) return;
  if (!disk::errors_go_to_terminal()) return;
  clear();
  session_.write_error(cut(session_.catalogue().text(id, facts), render::text_columns - 1));
  shown_ = true;
}

void Progress::clear() {
  if (!shown_) return;
  session_.write_error("\r\x1b[K");
  shown_ = false;
}

}  // namespace taizhang::cmd
