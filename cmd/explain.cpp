#include <algorithm>
#include <memory>
#include <string>

#include "arguments.hpp"
#include "reading.hpp"
#include "render/catalogue.hpp"
#include "report/explanation.hpp"

namespace taizhang::cmd {

namespace {

struct ExplainOptions : ReadingOptions {
  std::string rules;
};

/// What a message code means and what to do about it.
Exit explain_code(Session& session, const std::string& code) {
  const auto& catalogue = session.catalogue();
  session.print(code + "\n  " + catalogue.bare_text(code) + "\n  → " + catalogue.bare_remedy(code) +
                "\n");
  return Exit::done;
}

/// Small letters and hyphens, as codes of messages are written.
bool looks_like_code(const std::string& word) {
  return word.find('-') != std::string::npos && std::ranges::all_of(word, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

}  // namespace

Runner declare_explain(Arguments& args) {
  auto options = std::make_shared<ExplainOptions>();
  args.positional("WHAT", options->place);
  declare_reading(args, *options);
  args.option("--rules", options->rules);
  return [options](Session& session) {
    if (!session.catalogue().remedy(options->place).empty())
      return explain_code(session, options->place);
    if (const auto near = session.catalogue().nearest_code(options->place);
        near && looks_like_code(options->place)) {
      Diagnostic diagnostic;
      diagnostic.code = "code-unknown";
      diagnostic.facts = {{"code", options->place}, {"nearest", std::string{*near}}};
      session.complain(diagnostic);
      return Exit::usage;
    }
    auto reading = open_reading(session, *options);
    if (!reading) return reading.error();
    if (const auto refused = refuse_unknown_rules(session, *reading, options->rules))
      return *refused;
    const auto one = open_village(session, *reading);
    if (!one) return one.error();
    const OneVillage& found = **one;
    const auto rules = county_rules(session, *reading, found.loaded.ledger, options->rules);
    if (rules)
      session.emit(report::explanation(reading->occasion, found.state, *found.village, *rules),
                   options->format, Places::shown);
    return reading->exit;
  };
}

}  // namespace taizhang::cmd
