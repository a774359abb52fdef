#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "base/date.hpp"
#include "base/diagnostic.hpp"
#include "model/field.hpp"
#include "model/ledger.hpp"
#include "sheet/sheet.hpp"

namespace taizhang::transfer {

// Cells of office sheets → values of the file format. Nothing is guessed: what may mean two things
// is refused. Diagnostics have no place; facts name the value.

/// A code of so many digits; full-width digits and spaces are put right. Diagnostics:
/// cell-code-scientific, cell-code-cut and cell-code-zeros (a spreadsheet made a number of it and lost
/// digits), cell-code.
tl::expected<std::string, Diagnostic> read_code(const sheet::Cell& cell, std::size_t digits);

/// A date cell, or 2023-06-02, 2023/6/2, 2023.6.2, 2023年6月2日, 20230602. Diagnostics: cell-date,
/// cell-date-unclear (day and month could change places, or the year is short), cell-date-number.
tl::expected<Date, Diagnostic> read_date(const sheet::Cell& cell);

/// The cell as the field wants it, below that heading. Diagnostics: those above, cell-number,
/// cell-number-wide, cell-number-comma, cell-choice, cell-id, cell-counts, cell-flag, cell-flag-unclear, cell-period, cell-error,
/// cell-private, cell-hidden.
tl::expected<model::Datum, Diagnostic> read_cell(const model::Field& field, const sheet::Cell& cell,
                                                 std::string_view heading = {});

/// A count that has a column of its own. Diagnostics: cell-number, cell-error.
tl::expected<std::int64_t, Diagnostic> read_count(const sheet::Cell& cell,
                                                  std::string_view heading);

/// An answer that was typed, in the words that forms are filled with too: √ for 是, 3类 and full-width digits
/// for 3. Diagnostics: those of `rules::read_answer`.
tl::expected<model::Answer, Diagnostic> read_typed_answer(const model::RuleSet& rules,
                                                          std::string_view question,
                                                          std::string_view typed);

/// An answer in the type of its question. Diagnostics: cell-answer, answer-question-unknown and
/// those above.
tl::expected<model::Answer, Diagnostic> read_answer_cell(const model::RuleSet& rules,
                                                         std::string_view question,
                                                         const sheet::Cell& cell,
                                                         std::string_view heading = {});

/// A name or other running text: without the ' that `export --csv-for excel` puts before what looks
/// like a formula. Diagnostics: cell-error, cell-private, cell-hidden.
tl::expected<std::string, Diagnostic> read_text(const sheet::Cell& cell);

/// What is written into a cell for a value: the form that read_cell takes back.
std::string cell_text(const model::Datum& datum);
std::string answer_cell_text(const model::AnswerValue& answer);

/// 10 and 10.0 are one answer.
bool same_number(const model::AnswerValue& a, const model::AnswerValue& b);

}  // namespace taizhang::transfer
