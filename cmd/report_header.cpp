#include "report_header.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <vector>

#include "base/text.hpp"
#include "render/catalogue.hpp"

namespace taizhang::cmd {

namespace {

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

std::optional<ReportHeader> completed(ReportHeader header, const std::string& place,
                                      const std::string& round, const std::string& as_of) {
  const auto day = parse_date(as_of);
  if (!day || round.empty() || round.size() > 4 ||
      round.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  header.place = place;
  header.round = std::stoi(round);
  header.as_of = *day;
  return header;
}

std::optional<ReportHeader> json_header(std::string_view bytes) {
  ReportHeader header;
  header.output.format = "json";
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
  header.received = parse_date(json_value(bytes, "received"));
  return completed(header, json_value(bytes, "place"), json_value(bytes, "round"),
                   json_value(bytes, "as_of"));
}

/// The day by which submissions had come, from the line that says so.
std::optional<Date> received_in(const render::Catalogue& catalogue,
                                const std::vector<std::string>& lines) {
  for (const std::string& line : lines)
    if (const auto facts = matched(catalogue.text("subtitle.received"), line))
      return parse_date(fact_of(*facts, "received"));
  return std::nullopt;
}

}  // namespace

std::optional<ReportHeader> header_in(std::string_view bytes) {
  const std::string_view format = format_of(bytes);
  if (format == "json") return json_header(bytes);
  const std::vector<std::string> lines = plain_lines(bytes, format);
  for (const model::Language language : {model::Language::zh, model::Language::en}) {
    const render::Catalogue catalogue{language};
    const auto wanted = lines.empty() ? std::nullopt : report_titled(catalogue, lines.front());
    if (!wanted) continue;
    ReportHeader header{format, language, *wanted, {}, 0, {}, {}};
    for (const std::string& line : lines)
      if (const auto facts = matched(catalogue.text("subtitle.scope"), line)) {
        header.received = received_in(catalogue, lines);
        return completed(header, fact_of(*facts, "place"), fact_of(*facts, "round"),
                         fact_of(*facts, "as_of"));
      }
  }
  return std::nullopt;
}

ReportHeader header_of(Session& session, const Reading& reading, const ReportWanted& wanted,
                       const Output& output) {
  const report::Occasion& occasion = reading.occasion;
  Output form{output.chosen()};
  form.csv_for = output.csv_for;
  return {form,
          session.catalogue().language(),
          wanted,
          reading.place_name(),
          occasion.round,
          occasion.as_of,
          occasion.received};
}

std::optional<ReportHeader> header_in(const store::Sidecar& sidecar) {
  ReportHeader header;
  const std::string kind = sidecar.fact("kind");
  for (const ReportKind& each : report_kinds())
    if (each.name == kind) header.wanted.kind = each.kind;
  if (header.wanted.kind.empty()) return std::nullopt;
  header.wanted.period = parse_period(sidecar.fact("period"));
  header.wanted.level =
      model::from_term<model::Level>(sidecar.fact("level")).value_or(model::Level::county);
  header.output.format = sidecar.fact("format");
  header.output.csv_for = sidecar.fact("csv_for");
  header.language =
      model::from_term<model::Language>(sidecar.fact("language")).value_or(model::Language::zh);
  header.received = parse_date(sidecar.fact("received"));
  return completed(header, sidecar.fact("place"), sidecar.fact("round"), sidecar.fact("as_of"));
}

void note_header(const ReportHeader& header, store::Sidecar& sidecar) {
  const auto note = [&](std::string name, std::string value) {
    if (!value.empty()) sidecar.facts.emplace_back(std::move(name), std::move(value));
  };
  const bool ledger = header.wanted.kind == "ledger";
  note("kind", std::string{header.wanted.kind});
  note("period", header.wanted.period ? period_name(*header.wanted.period) : "");
  note("level", ledger ? std::string{model::term(header.wanted.level)} : "");
  note("place", header.place);
  note("round", std::to_string(header.round));
  note("as_of", format_date(header.as_of));
  note("received", header.received ? format_date(*header.received) : "");
  note("language", std::string{model::term(header.language)});
  note("format", header.output.format);
  note("csv_for", header.output.csv_for);
}

}  // namespace taizhang::cmd
