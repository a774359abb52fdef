#include "session.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/failure.hpp"
#include "render/csv.hpp"
#include "render/diagnostics.hpp"
#include "render/json.hpp"
#include "render/text.hpp"

namespace taizhang::cmd {

namespace {

/// Colour only for a terminal that understands it and a person who did not decline it.
bool wants_colour(int descriptor) {
  const char* declined = std::getenv("NO_COLOR");
  if (declined && *declined) return false;
  const char* terminal = std::getenv("TERM");
  return terminal && std::string_view(terminal) != "dumb" && isatty(descriptor) == 1;
}

/// 0 when all was written, else the system's error number.
int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

Session::Session(Date system_day, std::string clock)
    : today_(system_day), clock_(std::move(clock)) {}

void Session::set_command(std::string_view name, const std::vector<std::string>& words) {
  command_ = name;
  command_line_ = name;
  for (const std::string& word : words) {
    const bool plain = !word.empty() && word.find_first_of(" \t\n'\"\\") == std::string::npos;
    std::string quoted = word;
    for (std::size_t at = 0; (at = quoted.find('\'', at)) != std::string::npos; at += 4)
      quoted.replace(at, 1, "'\\''");
    command_line_ += plain ? " " + word : " '" + quoted + "'";
  }
}

void Session::set_language(model::Language language) {
  chosen_language_ = language;
  if (language_ != language) catalogue_.reset();
  language_ = language;
}

void Session::set_workspace_language(std::optional<model::Language> language) {
  const model::Language now =
      chosen_language_ ? *chosen_language_ : language.value_or(model::Language::zh);
  if (language_ != now) catalogue_.reset();
  language_ = now;
}

const render::Catalogue& Session::catalogue() {
  if (!catalogue_) catalogue_.emplace(language_);
  return *catalogue_;
}

void Session::print_line(std::string_view id, const Facts& facts) {
  print(catalogue().text(id, facts));
  print("\n");
}

void Session::emit(const report::Report& report, std::string_view format, Places places) {
  if (format == "json") return print(render::render_json(report));
  if (format == "csv") return print(render::render_csv(catalogue(), report));
  render::TextOptions options;
  options.colour = wants_colour(STDOUT_FILENO);
  options.places = places == Places::shown;
  print(render::render_text(catalogue(), report, options));
}

void Session::complain(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics)
    text += render::render_diagnostic(catalogue(), diagnostic);
  write_error(text);
}

void Session::complain(const Diagnostic& diagnostic) {
  write_error(render::render_diagnostic(catalogue(), diagnostic));
}

void Session::tell(std::string_view id, const Facts& facts) {
  write_error(catalogue().text(id, facts) + "\n");
}

void Session::write_error(std::string_view bytes) {
  // When even this fails there is nobody left to tell.
  [[maybe_unused]] const int error = write_all(STDERR_FILENO, bytes);
}

bool Session::interactive() const { return isatty(STDIN_FILENO) == 1; }

void Session::finish() {
  const int error = write_all(STDOUT_FILENO, output_);
  output_.clear();
  if (error != 0 && error != EPIPE)
    throw Failure("output-failed", {{"reason", std::strerror(error)}});
}

}  // namespace taizhang::cmd
