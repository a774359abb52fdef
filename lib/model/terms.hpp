#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace taizhang::model {

// The enumerated values of the file format: an enum, and the Chinese terms that stand in ledgers in
// the enum's order.

/// Specialised for every enum of the format with a `std::array<std::string_view, N>`.
template <class Enum>
inline constexpr std::array<std::string_view, 0> terms_of{};

enum class Language : std::uint8_t { zh, en };
template <>
inline constexpr std::array<std::string_view, 2> terms_of<Language>{"zh", "en"};

enum class Level : std::uint8_t { village, township, county };
template <>
inline constexpr std::array<std::string_view, 3> terms_of<Level>{"村", "镇", "县"};

enum class Roster : std::uint8_t { complete, partial };
template <>
inline constexpr std::array<std::string_view, 2> terms_of<Roster>{"全部", "部分"};

enum class Rhythm : std::uint8_t { half_month, month };
template <>
inline constexpr std::array<std::string_view, 2> terms_of<Rhythm>{"半月", "月"};

enum class Settlement : std::uint8_t { village, community };
template <>
inline constexpr std::array<std::string_view, 2> terms_of<Settlement>{"村", "社区"};

enum class SurveyKind : std::uint8_t { visit, return_visit, self_check, questionnaire };
template <>
inline constexpr std::array<std::string_view, 4> terms_of<SurveyKind>{"走访", "回访", "自查",
                                                                      "问卷"};

enum class StepKind : std::uint8_t {
  self_check,
  township_check,
  nomination,
  joint_review,
  approval,
  filing,
  feedback,
  plan_filing,
};
template <>
inline constexpr std::array<std::string_view, 8> terms_of<StepKind>{
    "自查", "镇自查", "初定", "联审", "审定", "备案", "反馈", "方案备案"};

enum class StepResult : std::uint8_t { listed, not_listed, agreed, objected, done };
template <>
inline constexpr std::array<std::string_view, 5> terms_of<StepResult>{"列入", "不列入", "同意",
                                                                      "不同意", "完成"};

enum class SupportRole : std::uint8_t {
  county_leader,
  township_leader,
  first_secretary,
  partner_unit,
  work_group,
  contact_office,
  first_responsible,
  direct_responsible,
  resident_cadre,
  helping_department,
  grid_unit,
};
template <>
inline constexpr std::array<std::string_view, 11> terms_of<SupportRole>{
    "联村县领导", "包村镇领导", "第一书记", "结对单位", "整顿工作组", "包联组室",
    "第一责任人", "直接责任人", "蹲点干部", "帮扶部门", "包抓部门"};

enum class TaskKind : std::uint8_t { task, service, team, planning, institution };
template <>
inline constexpr std::array<std::string_view, 5> terms_of<TaskKind>{"任务", "实事", "队伍", "规划",
                                                                    "制度"};

enum class Strand : std::uint8_t { thought, organisation, institution };
template <>
inline constexpr std::array<std::string_view, 3> terms_of<Strand>{"思想", "组织", "制度"};

enum class Action : std::uint8_t {
  progress,
  apply,
  verify,
  send_back,
  close,
  reopen,
  extend,
  reassign,
  cancel,
  correct,
};
template <>
inline constexpr std::array<std::string_view, 10> terms_of<Action>{
    "进展", "申请销号", "初核", "退回", "销号", "重开", "延期", "转办", "撤销", "更正"};

enum class AcceptanceKind : std::uint8_t { apply, first_check, acceptance, delisting };
template <>
inline constexpr std::array<std::string_view, 4> terms_of<AcceptanceKind>{"申请验收", "初验",
                                                                          "验收", "摘牌"};

enum class AcceptanceResult : std::uint8_t { passed, failed };
template <>
inline constexpr std::array<std::string_view, 2> terms_of<AcceptanceResult>{"合格", "不合格"};

enum class FollowKind : std::uint8_t { follow_up, re_inspection };
template <>
inline constexpr std::array<std::string_view, 2> terms_of<FollowKind>{"跟踪", "回头看"};

enum class FollowResult : std::uint8_t { held, relapsed };
template <>
inline constexpr std::array<std::string_view, 2> terms_of<FollowResult>{"巩固", "反弹"};

enum class InspectionKind : std::uint8_t { inspection, meeting, assessment, checkup, research };
template <>
inline constexpr std::array<std::string_view, 5> terms_of<InspectionKind>{"督查", "会议", "季评估",
                                                                          "体检", "专题调研"};

enum class FindingKind : std::uint8_t { slow, weak, fraud, other };
template <>
inline constexpr std::array<std::string_view, 4> terms_of<FindingKind>{"进度缓慢", "措施不实不力",
                                                                       "弄虚作假", "其他"};

enum class Handling : std::uint8_t { urged, circulated, interviewed, referred };
template <>
inline constexpr std::array<std::string_view, 4> terms_of<Handling>{"督促", "通报", "约谈", "移交"};

enum class QuestionType : std::uint8_t { flag, whole, number, choice, date, poll };
template <>
inline constexpr std::array<std::string_view, 6> terms_of<QuestionType>{"是否", "整数", "数值",
                                                                        "选项", "日期", "计票"};

enum class Effect : std::uint8_t { list, watch };
template <>
inline constexpr std::array<std::string_view, 2> terms_of<Effect>{"列入", "关注"};

enum class Rounding : std::uint8_t { up, down, nearest };
template <>
inline constexpr std::array<std::string_view, 3> terms_of<Rounding>{"进一", "舍去", "四舍五入"};

enum class WorseEnd : std::uint8_t { large, small };
template <>
inline constexpr std::array<std::string_view, 2> terms_of<WorseEnd>{"大", "小"};

/// What a term of a township ranking (督查排名) counts. Paper and photos are none of it.
enum class RankBasis : std::uint8_t {
  progress,
  quality,
  on_time,
  late,
  missing,
  overdue,
  returned,
  reopened,
  finding,
};
template <>
inline constexpr std::array<std::string_view, 9> terms_of<RankBasis>{
    "进度", "质量", "按时报送", "迟报", "未报", "逾期", "退回", "重开", "督查发现"};

/// The term that stands in ledgers.
template <class Enum>
constexpr std::string_view term(Enum value) {
  return terms_of<Enum>[static_cast<std::size_t>(value)];
}

/// The enum value of a term; nothing when it is none of them.
template <class Enum>
constexpr std::optional<Enum> from_term(std::string_view text) {
  if (text.empty()) return std::nullopt;
  for (std::size_t i = 0; i < terms_of<Enum>.size(); ++i) {
    const std::string_view term = terms_of<Enum>[i];
    if (term.back() == text.back() && term == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace taizhang::model
