#include "transfer/kind.hpp"

#include <algorithm>
#include <array>

namespace taizhang::transfer {

using model::FileKind;

namespace {

constexpr std::array all{
    KindInfo{Kind::villages, "villages", FileKind::village, "village"},
    KindInfo{Kind::answers, "answers", FileKind::village, "survey"},
    KindInfo{Kind::problems, "problems", FileKind::village, "problem"},
    KindInfo{Kind::tasks, "tasks", FileKind::village, "task"},
    KindInfo{Kind::submissions, "submissions", FileKind::township, "submission"},
};

constexpr std::array<std::string_view, 4> places{"county", "township", "village", "code"};

}  // namespace

std::span<const KindInfo> kinds() { return all; }

const KindInfo* find_kind(std::string_view name) {
  const auto found = std::ranges::find(all, name, &KindInfo::name);
  return found == all.end() ? nullptr : &*found;
}

std::span<const std::string_view> place_keys() { return places; }

std::vector<const model::Field*> fields_of(const KindInfo& kind) {
  std::vector<const model::Field*> fields;
  for (const model::Field& field : model::find_kind(kind.file, kind.record)->fields)
    if (field.shape != model::Shape::answers && field.key != "township") fields.push_back(&field);
  return fields;
}

}  // namespace taizhang::transfer
