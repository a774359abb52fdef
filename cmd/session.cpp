#include "session.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>
#include <utility>

#include "base/failure.hpp"
#include "base/in_order.hpp"
#include "base/save.hpp"
#include "base/text.hpp"
#include "render/csv.hpp"
#include "render/diagnostics.hpp"
#include "render/html.hpp"
#include "render/json.hpp"
#include "render/layout.hpp"
#include "render/markdown.hpp"
#include "render/text.hpp"
#include "render/xlsx.hpp"

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

/// The format that a file of that name is expected to have; empty when the name says nothing.
std::string_view format_of_ending(std::string_view file) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> endings{{
      {".txt", "text"},
      {".csv", "csv"},
      {".json", "json"},
      {".jsonl", "jsonl"},
      {".md", "md"},
      {".markdown", "md"},
      {".html", "html"},
      {".htm", "html"},
      {".xlsx", "xlsx"},
  }};
  for (const auto& [ending, format] : endings)
    if (file.ends_with(ending)) return format;
  return {};
}

render::CsvFor csv_reader(const Output& output) {
  return output.csv_for == "excel" ? render::CsvFor::excel : render::CsvFor::programs;
}

}  // namespace

Session::Session(Date system_day, std::string clock)
    : today_(system_day), jobs_(all_cores()), clock_(std::move(clock)) {}

void Session::set_jobs(std::int64_t jobs) {
  constexpr std::int64_t most = 64;
  jobs_ = static_cast<std::size_t>(std::clamp<std::int64_t>(jobs, 1, most));
}

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
  for (const std::string& line : wrap(catalogue().text(id, facts), render::text_columns)) {
    print(line);
    print("\n");
  }
}

std::string_view Output::chosen() const {
  if (!format.empty()) return format;
  const std::string_view meant = format_of_ending(file);
  if (!meant.empty()) return meant;
  return csv_for.empty() ? "text" : "csv";
}

bool Output::ending_unknown() const {
  if (!format.empty() || !to_file() || !format_of_ending(file).empty()) return false;
  const std::size_t name = file.rfind('/') + 1;  // of npos: 0
  const std::size_t dot = file.rfind('.');
  return dot != std::string::npos && dot > name && dot + 1 < file.size();
}

std::string Session::document(const report::Report& report, const Output& output, Places places) {
  const std::string_view format = output.chosen();
  if (format == "jsonl") return render::render_json_lines(report);
  if (format == "json") return render::render_json(report);
  if (format == "md") return render::render_markdown(catalogue(), report);
  if (format == "html") return render::render_html(catalogue(), report);
  if (format == "xlsx") return render::render_xlsx(catalogue(), report);
  if (format == "csv") return render::render_csv(catalogue(), report, csv_reader(output));
  render::TextOptions options;
  options.colour = !output.to_file() && wants_colour(STDOUT_FILENO);
  options.places = places == Places::shown;
  return render::render_text(catalogue(), report, options);
}

void Session::emit(const report::Report& report, const Output& output, Places places) {
  if (output.chosen() == "csv" && !output.to_file())
    return render::write_csv(catalogue(), report, csv_reader(output), jobs(),
                             [&](std::string_view part) { print(part); });
  const std::string bytes = document(report, output, places);
  if (output.to_file()) disk::write_document(output.file, bytes);
  else print(bytes);
}

void Session::complain(const Diagnostics& diagnostics) {
  std::string text;
  catalogue();
  // What goes to standard output is the same wherever it is started.
  if (start_folder_ != ".") catalogue_->point_to(start_folder_);
  for (const Diagnostic& diagnostic : diagnostics)
    text += render::render_diagnostic(catalogue(), diagnostic);
  catalogue_->point_to({});
  write_error(text);
}

void Session::complain(const Diagnostic& diagnostic) { complain(Diagnostics{diagnostic}); }

void Session::tell(std::string_view id, const Facts& facts) {
  write_error(catalogue().text(id, facts) + "\n");
}

void Session::show_line(std::string_view line) {
  write_error(line);
  line_shown_ = true;
}

void Session::clear_line() {
  if (line_shown_) write_error({});
}

void Session::write_error(std::string_view bytes) {
  if (hushed_) return;
  const std::string begun = line_shown_ ? "\r\x1b[K" + std::string{bytes} : std::string{};
  if (line_shown_) bytes = begun;
  line_shown_ = false;
  // When even this fails there is nobody left to tell.
  [[maybe_unused]] const int error = write_all(STDERR_FILENO, bytes);
}

bool Session::shows_on_terminal() const { return isatty(STDOUT_FILENO) == 1; }

bool Session::interactive() const { return isatty(STDIN_FILENO) == 1; }

bool Session::ask(std::string_view id, const Facts& facts) {
  write_error(catalogue().text(id, facts) + " ");
  std::string answer;
  if (!std::getline(std::cin, answer)) write_error("\n");
  return answer == "是" || answer == "y" || answer == "Y" || answer == "yes";
}

void Session::print(std::string_view bytes) {
  constexpr std::size_t much = std::size_t{1024} * 1024;
  output_ += bytes;
  if (output_.size() >= much) write_output();
}

void Session::write_output() {
  clear_line();
  if (output_error_ == 0) output_error_ = write_all(STDOUT_FILENO, output_);
  output_.clear();
}

void Session::finish() {
  write_output();
  if (output_error_ != 0 && output_error_ != EPIPE)
    throw Failure("output-failed", {{"reason", std::strerror(output_error_)}});
}

}  // namespace taizhang::cmd
