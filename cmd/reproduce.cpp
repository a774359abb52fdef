#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include "arguments.hpp"
#include "base/disk.hpp"
#include "base/text.hpp"
#include "base/unified_diff.hpp"
#include "report_kinds.hpp"

namespace taizhang::cmd {

namespace {

struct ReproduceOptions {
  std::string file;
};

/// What a report says of itself.
struct Header {
  std::string format;
  model::Language language{};
  ReportWanted wanted;
  std::string place;
  std::int64_t round = 0;
  Date as_of{};
};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(trim(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string_view format_of(std::string_view bytes) {
  if (bytes.starts_with("{")) return "json";
  if (bytes.starts_with("<!DOCTYPE html>")) return "html";
  if (bytes.starts_with("# ")) return "md";
  return "text";
}

/// The lines of a report as plain text: title first, then what stands under it.
std::vector<std::string> plain_lines(std::string_view bytes, std::string_view format) {
  constexpr std::size_t enough = 60000;  // the header is at the beginning
  std::string text{bytes.substr(0, enough)};
  if (format == "md") {
    text.erase(0, 2);
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i)
      if (text[i] != '\\' || i + 1 == text.size()) plain += text[i];
      else plain += text[++i];
    text = plain;
  }
  if (format == "html") {
    const std::size_t body = text.find("<h1>");
    text.erase(0, body == std::string::npos ? text.size() : body);
    for (const std::string_view tag : {"<h1>", "</h1>", "<p>", "</p>"}) replace_all(text, tag, "");
    replace_all(text, "&quot;", "\"");
    replace_all(text, "&#39;", "'");
    replace_all(text, "&lt;", "<");
    replace_all(text, "&gt;", ">");
    replace_all(text, "&amp;", "&");
  }
  return lines_of(text);
}

using Values = std::map<std::string, std::string>;

/// What stands for each placeholder where the text fits the pattern "… {a} … {b} …"; nothing else.
std::optional<Values> matched(std::string_view pattern, std::string_view text) {
  Values facts;
  while (true) {
    const std::size_t open = pattern.find('{');
    const std::string_view before = pattern.substr(0, open);
    if (!text.starts_with(before)) return std::nullopt;
    text.remove_prefix(before.size());
    if (open == std::string_view::npos) return text.empty() ? std::optional{facts} : std::nullopt;
    const std::size_t close = pattern.find('}', open);
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    pattern.remove_prefix(close + 1);
    const std::string_view next = pattern.substr(0, pattern.find('{'));
    const std::size_t end = next.empty() ? text.size() : text.find(next);
    if (end == std::string_view::npos) return std::nullopt;
    facts.emplace(name, text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::string fact_of(const Values& facts, const std::string& name) {
  const auto found = facts.find(name);
  return found == facts.end() ? std::string{} : found->second;
}

/// Which report has that title.
std::optional<ReportWanted> report_titled(const render::Catalogue& catalogue,
                                          const std::string& title) {
  for (const ReportKind& kind : report_kinds()) {
    if (!kind.period || kind.name != kind.kind) continue;
    const auto facts = matched(catalogue.text(std::string{kind.kind} + ".title"), title);
    const auto period = facts ? parse_period(fact_of(*facts, "period")) : std::nullopt;
    if (period && period->kind == *kind.period) return ReportWanted{kind.kind, period, {}};
  }
  if (title == catalogue.text("brief.title")) return ReportWanted{"brief", {}, {}};
  using model::Level;
  for (const auto& [id, level] :
       {std::pair{"ledger.county", Level::county}, std::pair{"ledger.township", Level::township},
        std::pair{"ledger.village", Level::village}})
    if (title == catalogue.text(id)) return ReportWanted{"ledger", {}, level};
  return std::nullopt;
}

/// The value of `"name": "…"` or `"name": 1` on a line of JSON; the first one in the text.
std::string json_value(std::string_view bytes, std::string_view name) {
  const std::string key = "\"" + std::string{name} + "\": \"";
  const std::size_t at = bytes.find(key);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = bytes.substr(at + key.size());
  return std::string{rest.substr(0, rest.find('"'))};
}

std::optional<Header> completed(Header header, const std::string& place, const std::string& round,
                                const std::string& as_of) {
  const auto day = parse_date(as_of);
  if (!day || round.empty() || round.size() > 4 ||
      round.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  header.place = place;
  header.round = std::stoi(round);
  header.as_of = *day;
  return header;
}

std::optional<Header> json_header(std::string_view bytes) {
  Header header;
  header.format = "json";
  const std::string schema = json_value(bytes, "schema");
  const auto facts = matched("taizhang.{kind}/1", schema);
  if (!facts) return std::nullopt;
  const std::string kind = fact_of(*facts, "kind");
  for (const ReportKind& each : report_kinds())
    if (each.name == kind) header.wanted = {each.kind, {}, {}};
  if (header.wanted.kind.empty()) return std::nullopt;
  const std::string title = json_value(bytes, "title");
  if (title == "ledger.township") header.wanted.level = model::Level::township;
  if (title == "ledger.village") header.wanted.level = model::Level::village;
  header.wanted.period = parse_period(json_value(bytes, "period"));
  return completed(header, json_value(bytes, "place"), json_value(bytes, "round"),
                   json_value(bytes, "as_of"));
}

std::optional<Header> header_of(std::string_view bytes) {
  const std::string_view format = format_of(bytes);
  if (format == "json") return json_header(bytes);
  const std::vector<std::string> lines = plain_lines(bytes, format);
  for (const model::Language language : {model::Language::zh, model::Language::en}) {
    const render::Catalogue catalogue{language};
    const auto wanted = lines.empty() ? std::nullopt : report_titled(catalogue, lines.front());
    if (!wanted) continue;
    Header header{std::string{format}, language, *wanted, {}, 0, {}};
    for (const std::string& line : lines)
      if (const auto facts = matched(catalogue.text("subtitle.scope"), line))
        return completed(header, fact_of(*facts, "place"), fact_of(*facts, "round"),
                         fact_of(*facts, "as_of"));
  }
  return std::nullopt;
}

/// Without the lines of ledgers, which move when something is written above them.
std::string without_lines(std::string_view bytes) {
  std::string kept;
  for (const std::string& line : lines_of(bytes))
    if (!line.starts_with("\"line\": ")) kept += line + "\n";
  return kept;
}

Exit compare(Session& session, const std::string& file, const Header& header,
             const std::string& then, const std::string& now) {
  if (then == now) {
    session.print_line("reproduce.same", {{"file", file}});
    return Exit::done;
  }
  if (header.format == "json" && without_lines(then) == without_lines(now)) {
    session.print_line("reproduce.lines", {{"file", file}});
    return Exit::done;
  }
  session.print(visible(unified_diff(then, now, file, 1), true));
  Diagnostic diagnostic;
  diagnostic.code = "reproduce-differs";
  diagnostic.place.path = file;
  session.complain(diagnostic);
  return Exit::findings;
}

}  // namespace

Runner declare_reproduce(Arguments& args) {
  auto options = std::make_shared<ReproduceOptions>();
  args.positional("FILE", options->file);
  return [options](Session& session) {
    const auto bytes = disk::read_file(options->file, options->file, disk::max_evidence_bytes);
    if (!bytes) {
      session.complain(bytes.error());
      return Exit::unreadable;
    }
    const auto header = header_of(*bytes);
    if (!header) {
      Diagnostic diagnostic;
      diagnostic.code = "reproduce-no-header";
      diagnostic.facts = {{"file", options->file}};
      session.complain(diagnostic);
      return Exit::usage;
    }
    ReadingOptions wanted;
    wanted.as_of = header->as_of;
    wanted.round = header->round;
    const auto workspace = open_reading(session, wanted, Complaints::kept);
    if (!workspace) return workspace.error();
    if (header->place != workspace->occasion.workspace) wanted.place = header->place;
    auto reading = open_reading(session, wanted);
    if (!reading) return reading.error();
    const report::Report report = make_report(session, *reading, header->wanted);
    Output output{header->format};
    output.file = ".";  // as in a file: no colour
    if (header->format != "json") session.set_language(header->language);
    const std::string now = session.document(report, output);
    return worst(reading->exit, compare(session, options->file, *header, *bytes, now));
  };
}

}  // namespace taizhang::cmd
