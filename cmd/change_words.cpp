#include "change_words.hpp"

#include <algorithm>

#include "model/field.hpp"
#include "render/field_words.hpp"

namespace taizhang::cmd {

report::ChangeReport::KeyWords key_words(Session& session, const Output& output) {
  if (output == "json") return [](const std::string&, const std::string& key) { return key; };
  return [&session](const std::string& kind, const std::string& key) {
    const std::string first = key.substr(0, key.find('.'));
    for (const model::RecordKind& each : model::record_kinds()) {
      if (each.name != kind) continue;
      const auto field = std::ranges::find(each.fields, first, &model::Field::key);
      if (field == each.fields.end()) break;
      std::string words = render::field_words(session.catalogue(), each, *field);
      for (const std::string_view stop : {"。", "，", "（", ",", "(", ". "})
        words.resize(std::min(words.find(stop), words.size()));
      return first == key ? words : words + " " + key.substr(first.size() + 1);
    }
    return key;
  };
}

report::ChangeReport::KindWords kind_words(Session& session, const Output& output) {
  if (output == "json") return [](const std::string& kind) { return kind; };
  return [&session](const std::string& kind) {
    const auto& all = model::record_kinds();
    const bool known = std::ranges::find(all, kind, &model::RecordKind::name) != all.end();
    return known ? session.catalogue().text("thing." + kind) : kind;
  };
}

bool wants_parts(const Output& output) {
  return output == "json" || output == "csv" || output == "xlsx";
}

}  // namespace taizhang::cmd
