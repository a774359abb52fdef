#include "progress.hpp"

#include "base/standard_streams.hpp"
#include "base/text.hpp"
#include "render/layout.hpp"

namespace taizhang::cmd {

void Progress::show(std::string_view id, const Facts& facts) {
  if (std::chrono::steady_clock::now() - began_ < std::chrono::seconds{1}) return;
  if (!disk::errors_go_to_terminal()) return;
  session_.show_line(cut(session_.catalogue().text(id, facts), render::text_columns - 1));
}

}  // namespace taizhang::cmd
