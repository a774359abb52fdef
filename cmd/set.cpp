#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "arguments.hpp"
#include "base/text.hpp"
#include "base/typed.hpp"
#include "field_options.hpp"
#include "render/field_words.hpp"
#include "target.hpp"
#include "transfer/convert.hpp"
#include "transfer/mapping.hpp"
#include "writing.hpp"

namespace taizhang::cmd {

namespace {

using model::Field;
using model::RecordKind;
using model::Shape;

struct SetOptions : WritingOptions {
  std::string place;
  std::vector<std::string> words;  ///< [RECORD] KEY VALUE…
  bool remove = false;
  bool append = false;
};

/// Records that are written once; a wrong one is voided or taken back.
constexpr std::array<std::string_view, 4> journals{"entry", "acceptance", "follow", "reply"};

/// A record of the file, as the words name it.
struct Spot {
  const RecordKind* kind = nullptr;
  const document::Value* record = nullptr;
};

Diagnostic complaint(std::string_view code, Facts facts) {
  return {Severity::error, code, {}, std::move(facts)};
}

std::vector<const document::Value*> records_of(const document::Document& document,
                                               const RecordKind& kind) {
  std::vector<const document::Value*> records;
  const document::Member* member = document.root.find(kind.name);
  if (!member) return records;
  if (const auto* array = member->value.array(); array && array->of_tables)
    for (const document::Value& item : array->items) records.push_back(&item);
  else if (member->value.table()) records.push_back(&member->value);
  return records;
}

bool says(const document::Value& record, std::string_view key, std::string_view text) {
  const document::Member* member = record.table()->find(key);
  return member && member->value.text() && *member->value.text() == text;
}

/// Finds the record that a word names: `T1` by its id, `support/2` by its number, `unit/县委办` by its
/// name.
std::vector<Spot> find_records(const document::Document& document, model::FileKind file,
                               std::string_view word) {
  std::vector<Spot> found;
  const std::size_t slash = word.find('/');
  for (const RecordKind& kind : model::record_kinds()) {
    if (kind.file != file) continue;
    const auto records = records_of(document, kind);
    const std::string_view rest = word.substr(std::min(slash, word.size() - 1) + 1);
    if (slash == std::string_view::npos) {
      for (const auto* record : records)
        if ((kind.repeated && says(*record, "id", word)) || (!kind.repeated && kind.name == word))
          found.push_back({&kind, record});
    } else if (word.substr(0, slash) == kind.name) {
      const auto number = whole_number(rest);
      for (std::size_t i = 0; i < records.size(); ++i)
        if ((number && *number == static_cast<std::int64_t>(i) + 1) ||
            (!number && (says(*records[i], "name", rest) || says(*records[i], "id", rest))))
          found.push_back({&kind, records[i]});
    }
  }
  return found;
}

/// A value as typed, in the type that the field wants; nothing when it is none.
std::optional<document::Value> typed_value(const Field& field, std::span<const std::string> words) {
  const std::string& word = words.front();
  if (field.shape != Shape::texts && words.size() > 1) return std::nullopt;
  switch (field.shape) {
    case Shape::whole:
      if (const auto whole = whole_number(half_width(word))) return document::Value{*whole, {}};
      return std::nullopt;
    case Shape::date:
      if (const auto date = typed_date(word)) return document::Value{*date, {}};
      return std::nullopt;
    case Shape::flag:
      if (word == "true" || word == "是") return document::Value{true, {}};
      if (word == "false" || word == "否") return document::Value{false, {}};
      return std::nullopt;
    case Shape::text:
    case Shape::choice:
      return document::Value{model::code_digits(field.format) ? half_width(word) : word, {}};
    case Shape::texts:
      return store::write_datum(std::vector<std::string>{words.begin(), words.end()});
    default:
      return std::nullopt;  // counts and answers are set one by one: heard.members
  }
}

/// Changes one fact of a ledger.
class Setter {
 public:
  Setter(Session& session, const SetOptions& options, Writing& writing, Reading& reading)
      : session_(session), options_(options), writing_(writing), reading_(reading) {}

  Exit set() {
    auto target = open_target(session_, reading_);
    if (!target) return target.error();
    target_ = std::move(*target);
    auto file = writing_.changes().open(target_->path);
    if (!file) {
      session_.complain(file.error());
      return Exit::unreadable;
    }
    file_ = *file;
    if (const auto exit = find_spot()) return *exit;
    if (const auto exit = change()) return *exit;
    const Place anchor = file_->document.source.place(spot_.record->span);
    if (const auto refused = writing_.judge(anchor, {"verification-suspect"})) return *refused;
    return writing_.save(options_.remove ? "set.removed" : "set.done",
                         {{"place", target_->name},
                          {"record", spot_.kind->repeated ? record_ : ""},
                          {"key", key_text_},
                          {"label", label_of(*spot_.kind, *field_)},
                          {"value", value_text_}});
  }

 private:
  /// What the key is called in the user's language.
  std::string label_of(const RecordKind& kind, const Field& field) {
    return render::field_comment(session_.catalogue(), kind, field);
  }

  /// The key that the word calls by what it means (户数) or as sheets head it (时限), else the word itself.
  std::string key_called(const RecordKind& kind, const std::string& word) {
    for (const Field& field : kind.fields) {
      const std::string label = label_of(kind, field);
      if (label == word || label.substr(0, label.find(',')) == word) return std::string{field.key};
    }
    for (const transfer::KindInfo& sheet : transfer::kinds()) {
      if (sheet.record != kind.name) continue;
      const auto key = transfer::Mapping(sheet).key_of(sheet::Heading{0, word, word});
      if (key && std::ranges::find(kind.fields, *key, &Field::key) != kind.fields.end())
        return *key;
    }
    return word;
  }

  std::string near_key(const RecordKind& kind, const std::string& word) {
    std::vector<std::string_view> keys;
    for (const Field& field : kind.fields) keys.push_back(field.key);
    return std::string{nearest(word, keys).value_or("")};
  }

  Exit usage(std::string_view code, Facts facts) {
    session_.complain(complaint(code, std::move(facts)));
    return Exit::usage;
  }

  /// Which record and key the words name; the rest are values.
  std::optional<Exit> find_spot() {
    typed_ = options_.words;
    words_ = typed_;
    const RecordKind* main = nullptr;
    for (const RecordKind& kind : model::record_kinds())
      if (kind.file == target_->file && !kind.repeated) main = &kind;
    typed_.front() = key_called(*main, typed_.front());
    const std::string_view first_key =
        std::string_view{words_.front()}.substr(0, words_.front().find('.'));
    if (std::ranges::find(main->fields, first_key, &Field::key) != main->fields.end()) {
      record_ = main->name;
    } else {
      record_ = words_.front();
      words_ = words_.subspan(1);
    }
    const auto found = find_records(file_->document, target_->file, record_);
    if (found.empty()) return unknown_record(*main);
    if (found.size() > 1)
      return usage("set-record-ambiguous", {{"record", record_}, {"place", target_->name}});
    spot_ = found.front();
    if (std::ranges::find(journals, spot_.kind->name) != journals.end()) {
      Diagnostic refused = complaint("set-journal", {{"record", record_}});
      refused.place = file_->document.source.place(spot_.record->span);
      return writing_.refuse({refused});
    }
    if (words_.empty()) return usage("missing-argument", {{"word", "KEY"}, {"command", "set"}});
    key_text_ = key_called(*spot_.kind, words_.front());
    words_ = words_.subspan(1);
    if (words_.empty() != options_.remove)
      return options_.remove
                 ? usage("extra-argument", {{"word", words_.front()}, {"command", "set"}})
                 : usage("missing-argument", {{"word", "VALUE"}, {"command", "set"}});
    const std::size_t dot = key_text_.find('.');
    key_ = {key_text_.substr(0, dot)};
    if (dot != std::string::npos) key_.push_back(key_text_.substr(dot + 1));
    const auto field = std::ranges::find(spot_.kind->fields, key_.front(), &Field::key);
    if (field == spot_.kind->fields.end()) return unknown_key();
    field_ = &*field;
    if (const auto* entry = entry_against(); entry) {
      Diagnostic refused = complaint("set-has-history", {{"record", record_}, {"key", key_text_}});
      refused.place = file_->document.source.place(entry->span);
      return writing_.refuse({refused});
    }
    return std::nullopt;
  }

  /// What was meant may be a key of the place itself.
  Exit unknown_record(const RecordKind& main) {
    return usage(
        "set-record-unknown",
        {{"record", record_}, {"place", target_->name}, {"nearest", near_key(main, record_)}});
  }

  /// Due dates and responsibility of a task at work change by entries, which stay to be seen.
  const document::Value* entry_against() const {
    constexpr std::array<std::string_view, 4> by_entry{"due", "opened", "owner", "unit"};
    if (spot_.kind->name != "task" || std::ranges::find(by_entry, key_.front()) == by_entry.end())
      return nullptr;
    const document::Member* id = spot_.record->table()->find("id");
    if (!id || !id->value.text()) return nullptr;
    const RecordKind& entries = *model::find_kind(model::FileKind::village, "entry");
    for (const document::Value* entry : records_of(file_->document, entries))
      if (says(*entry, "task", *id->value.text())) return entry;
    return nullptr;
  }

  Exit unknown_key() {
    return usage("set-key-unknown", {{"record", record_},
                                     {"key", key_text_},
                                     {"nearest", near_key(*spot_.kind, key_.front())}});
  }

  std::optional<Exit> change() {
    const Span record = spot_.record->span;
    const bool there = document::find_value(*spot_.record->table(), key_).value != nullptr;
    if (options_.remove) {
      if (!there) return usage("set-key-absent", {{"record", record_}, {"key", key_text_}});
      file_->edit.remove_key(record, key_, document::Comments::keep);
      return std::nullopt;
    }
    for (const std::string& word : words_) value_text_ += (value_text_.empty() ? "" : " ") + word;
    const auto value = new_value();
    if (!value) return value.error();
    if (field_->shape == Shape::texts)
      for (const std::string& word : words_)
        if (looks_joined(word))
          return usage("list-item-joined", {{"option", key_text_}, {"value", word}});
    if (options_.append) {
      if (field_->shape != Shape::texts) return usage("set-not-a-list", {{"key", key_text_}});
      if (there) {
        for (const document::Value& item : value->array()->items)
          file_->edit.append_to_array(record, key_, item);
        return std::nullopt;
      }
    }
    if (there) file_->edit.set_value(record, key_, *value);
    else file_->edit.insert_key(record, key_, *value);
    return std::nullopt;
  }

  tl::expected<document::Value, Exit> new_value() {
    if (key_.size() == 1) {
      if (auto value = typed_value(*field_, words_)) return *value;
    } else if (field_->shape == Shape::counts && words_.size() == 1) {
      if (const auto count = whole_number(half_width(words_.front())))
        return document::Value{*count, {}};
    } else if (field_->shape == Shape::answers && spot_.kind->name == "survey") {
      return answer();
    }
    return tl::unexpected{usage("set-bad-value", {{"key", key_text_}, {"value", value_text_}})};
  }

  tl::expected<document::Value, Exit> answer() {
    const document::Member* named = spot_.record->table()->find("rules");
    const auto rules = county_rules(session_, reading_, target_->loaded.ledger,
                                    named && named->value.text() ? *named->value.text() : "");
    if (!rules) return tl::unexpected{reading_.exit};
    const auto answer = transfer::read_typed_answer(*rules, key_.back(), words_.front());
    if (!answer) {
      session_.complain(answer.error());
      return tl::unexpected{Exit::usage};
    }
    return store::write_answer(answer->value);
  }

  Session& session_;
  const SetOptions& options_;
  Writing& writing_;
  Reading& reading_;
  std::unique_ptr<Target> target_;
  store::ChangeSet::OpenFile* file_ = nullptr;
  std::vector<std::string> typed_;
  std::span<const std::string> words_;  ///< what is left of them
  Spot spot_;
  const Field* field_ = nullptr;
  document::Key key_;
  std::string record_;
  std::string key_text_;
  std::string value_text_;
};

}  // namespace

Runner declare_set(Arguments& args) {
  auto options = std::make_shared<SetOptions>();
  args.positional("PLACE", options->place);
  args.rest("WORDS", options->words, Need::required);
  args.flag("--append", options->append);
  args.flag("--remove", options->remove);
  declare_writing(args, *options);
  return [options](Session& session) {
    auto writing = Writing::begin(session, *options);
    if (!writing) return writing.error();
    auto reading = open_place(session, options->place);
    if (!reading) return reading.error();
    return Setter{session, *options, *writing, *reading}.set();
  };
}

}  // namespace taizhang::cmd
