#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "exit.hpp"
#include "render/catalogue.hpp"
#include "report/table.hpp"

namespace taizhang::cmd {

/// Whether a text shows `path:line` under the rows that have a place.
enum class Places : std::uint8_t { hidden, shown };

/// How a document leaves the program; `declare_output` fills it.
struct Output {
  std::string format;   ///< text csv json md html xlsx; empty: by the file's ending, else text
  std::string file;     ///< -o; empty or "-": standard output
  std::string csv_for;  ///< "excel" or empty
  bool proves = false;  ///< a sidecar comes with it, which sees to it that nothing is lost

  Output() = default;
  Output(std::string_view wanted) : format(wanted) {}
  Output(const std::string& wanted) : format(wanted) {}
  Output(const char* wanted) : format(wanted) {}

  /// The format asked for or meant.
  std::string_view chosen() const;
  bool to_file() const { return !file.empty() && file != "-"; }
  /// Whether the format must be guessed from an ending that is no format's.
  bool ending_unknown() const;

  /// Whether that is the format chosen.
  friend bool operator==(const Output& output, std::string_view wanted) {
    return output.chosen() == wanted;
  }
};

/// What one run of the program knows and where its output goes. Standard output is collected and
/// written once, in `finish`; standard error at once.
class Session {
 public:
  /// `clock` is the day and time at +08:00 as people write them.
  Session(Date system_day, std::string clock);

  /// -C, else ".": where the search for the workspace begins.
  const std::string& start_folder() const { return start_folder_; }
  /// What a command told in a message needs behind -C; empty when it needs none.
  std::string other_folder() const { return start_folder_ == "." ? "" : start_folder_; }
  void set_start_folder(std::string folder) { start_folder_ = std::move(folder); }

  /// --today, else the system's day at +08:00.
  Date today() const { return today_; }
  void set_today(Date today) { today_ = today; }

  /// --jobs, else the number of cores: how many counties are read at once.
  std::size_t jobs() const { return jobs_; }
  void set_jobs(std::int64_t jobs);

  /// When this run began, e.g. 2023-06-12 14:03:22.
  const std::string& clock() const { return clock_; }

  /// What was typed: the command's name, and the whole line without options of the program itself.
  const std::string& command() const { return command_; }
  const std::string& command_line() const { return command_line_; }
  void set_command(std::string_view name, const std::vector<std::string>& words);

  /// --lang wins over the workspace's language; without either it is Chinese.
  void set_language(model::Language language);
  void set_workspace_language(std::optional<model::Language> language);
  const render::Catalogue& catalogue();

  /// Bytes for standard output.
  void print(std::string_view bytes);
  /// A message of the catalogue as a line, or as many as it takes, on standard output.
  void print_line(std::string_view id, const Facts& facts = {});
  /// A report as a document, on standard output or in a file; nothing is printed besides.
  /// Failures: those of disk::write_document and render_xlsx.
  void emit(const report::Report& report, const Output& output, Places places = Places::hidden);
  /// The bytes of that document.
  std::string document(const report::Report& report, const Output& output,
                       Places places = Places::hidden);

  /// On standard error, in the order given.
  void complain(const Diagnostics& diagnostics);
  void complain(const Diagnostic& diagnostic);
  /// A message of the catalogue as a line on standard error.
  void tell(std::string_view id, const Facts& facts = {});
  void write_error(std::string_view bytes);

  /// Shows how far a long run has come on the terminal's last line; whatever is told next takes its
  /// place.
  void show_line(std::string_view line);
  void clear_line();
  /// From now on standard error is left alone.
  void hush() { hushed_ = true; }

  /// Whether standard output is a terminal.
  bool shows_on_terminal() const;

  /// Whether a person sits at the keyboard and can be asked.
  bool interactive() const;
  /// Asks with a message of the catalogue and waits for a line; true for a yes.
  bool ask(std::string_view id, const Facts& facts = {});

  /// Writes standard output. Failure: output-failed. A reader that went away is none.
  void finish();

 private:
  void write_output();

  std::string start_folder_ = ".";
  bool line_shown_ = false;
  bool hushed_ = false;
  Date today_;
  std::size_t jobs_;
  std::string clock_;
  std::string command_;
  std::string command_line_;
  std::optional<model::Language> chosen_language_;
  model::Language language_ = model::Language::zh;
  std::optional<render::Catalogue> catalogue_;  ///< made when first needed
  std::string output_;                          ///< not yet written
  int output_error_ = 0;                        ///< what the system said to what was
};

}  // namespace taizhang::cmd
