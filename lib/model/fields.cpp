#include <array>

#include "model/field.hpp"

namespace taizhang::model {

namespace {

using enum Need;

constexpr std::array<std::string_view, 6> heard_keys{"members",  "residents", "village",
                                                     "resident", "contact",   "households"};
constexpr std::array<std::string_view, 4> source_keys{"skilled", "managers", "veterans", "others"};

constexpr std::array workspace_fields{
    field<&WorkspaceInfo::name>("name", required),
    field<&WorkspaceInfo::language>("language"),
    field<&WorkspaceInfo::example>("example"),
};

constexpr std::array round_fields{
    field<&Round::year>("year", required),
    field<&Round::from>("from", required),
    field<&Round::to>("to", required),
};

constexpr std::array county_fields{
    field<&CountyInfo::code>("code", required, Format::county_code),
    field<&CountyInfo::name>("name", required),
    field<&CountyInfo::rules>("rules", optional, Format::id),
    field<&CountyInfo::roster>("roster"),
    field<&CountyInfo::chain>("chain", optional, Format::any, terms_of<StepKind>),
    field<&CountyInfo::departments>("departments"),
    field<&CountyInfo::rhythm>("rhythm"),
    field<&CountyInfo::deadline_days>("deadline_days"),
    field<&CountyInfo::planned_inspections>("planned_inspections"),
    field<&CountyInfo::scoring>("scoring", optional, Format::id),
    field<&CountyInfo::sheet>("sheet", optional, Format::id),
    field<&CountyInfo::follow_up>("follow_up"),
};

constexpr std::array unit_fields{
    field<&Unit::name>("name", required),   field<&Unit::aliases>("aliases"),
    field<&Unit::level>("level", required), field<&Unit::strengths>("strengths"),
    field<&Unit::capacity>("capacity"),
};

constexpr std::array chain_step_fields{
    field<&ChainStep::kind>("kind", required),
    field<&ChainStep::level>("level"),
    field<&ChainStep::by>("by"),
};

constexpr std::array contact_fields{
    field<&Contact::round>("round"),
    field<&Contact::leader>("leader", required),
    field<&Contact::post>("post"),
    field<&Contact::townships>("townships", required),
};

constexpr std::array grid_fields{
    field<&Grid::area>("area", required), field<&Grid::townships>("townships", required),
    field<&Grid::head>("head", required), field<&Grid::deputies>("deputies"),
    field<&Grid::from>("from"),           field<&Grid::to>("to"),
};

constexpr std::array township_fields{
    field<&TownshipInfo::code>("code", required, Format::township_code),
    field<&TownshipInfo::name>("name", required),
};

constexpr std::array leader_fields{
    field<&Leader::role>("role", required),
    field<&Leader::name>("name"),
    field<&Leader::post>("post"),
    field<&Leader::from>("from"),
    field<&Leader::to>("to"),
};

constexpr std::array submission_fields{
    field<&Submission::period>("period", required, Format::period),
    field<&Submission::date>("date", required),
    field<&Submission::by>("by", required),
    field<&Submission::unit>("unit"),
    field<&Submission::text>("text"),
};

constexpr std::array inspection_fields{
    field<&Inspection::id>("id", required, Format::id),
    field<&Inspection::round>("round", required),
    field<&Inspection::date>("date"),
    field<&Inspection::kind>("kind", required),
    field<&Inspection::unannounced>("unannounced"),
    field<&Inspection::occasion>("occasion"),
    field<&Inspection::by>("by"),
    field<&Inspection::unit>("unit"),
    field<&Inspection::villages>("villages", optional, Format::village_code),
    field<&Inspection::text>("text"),
    field<&Inspection::result>("result"),
};

constexpr std::array finding_fields{
    field<&InspectionFinding::id>("id", required, Format::id),
    field<&InspectionFinding::inspection>("inspection", required, Format::id),
    field<&InspectionFinding::village>("village", optional, Format::village_code),
    field<&InspectionFinding::kind>("kind", required),
    field<&InspectionFinding::handling>("handling"),
    field<&InspectionFinding::due>("due"),
    field<&InspectionFinding::text>("text", required),
};

constexpr std::array reply_fields{
    field<&Reply::finding>("finding", required, Format::id),
    field<&Reply::date>("date", required),
    field<&Reply::by>("by", required),
    field<&Reply::unit>("unit"),
    field<&Reply::text>("text", required),
};

constexpr std::array village_fields{
    field<&VillageInfo::code>("code", required, Format::village_code),
    field<&VillageInfo::kind>("kind"),
    field<&VillageInfo::name>("name", required),
    field<&VillageInfo::township>("township"),
    field<&VillageInfo::households>("households"),
    field<&VillageInfo::population>("population"),
    field<&VillageInfo::members>("members"),
    field<&VillageInfo::former>("former", optional, Format::village_code),
};

constexpr std::array survey_fields{
    field<&Survey::round>("round", required),
    field<&Survey::date>("date", required),
    field<&Survey::kind>("kind", required),
    field<&Survey::by>("by"),
    field<&Survey::rules>("rules", optional, Format::id),
    field<&Survey::methods>("methods"),
    field<&Survey::heard>("heard", optional, Format::any, heard_keys),
    field<&Survey::answers>("answers"),
    field<&Survey::text>("text"),
};

constexpr std::array step_fields{
    field<&Step::round>("round", required),
    field<&Step::date>("date"),
    field<&Step::kind>("kind", required),
    field<&Step::by>("by"),
    field<&Step::department>("department"),
    field<&Step::result>("result"),
    field<&Step::criteria>("criteria", optional, Format::id),
    field<&Step::rules>("rules", optional, Format::id),
    field<&Step::rules_sha256>("rules_sha256", optional, Format::sha256),
    field<&Step::reason>("reason"),
    field<&Step::opinion>("opinion"),
};

constexpr std::array support_fields{
    field<&Support::role>("role", required), field<&Support::name>("name"),
    field<&Support::post>("post"),           field<&Support::unit>("unit"),
    field<&Support::from>("from"),           field<&Support::to>("to"),
};

constexpr std::array problem_fields{
    field<&Problem::id>("id", required, Format::id),
    field<&Problem::round>("round", required),
    field<&Problem::type>("type", required),
    field<&Problem::found>("found"),
    field<&Problem::text>("text"),
    field<&Problem::cause>("cause"),
    field<&Problem::goal>("goal"),
};

constexpr std::array plan_fields{
    field<&Plan::round>("round", required),
    field<&Plan::date>("date", required),
    field<&Plan::by>("by"),
    field<&Plan::opinion>("opinion"),
    field<&Plan::goal>("goal"),
    field<&Plan::development>("development"),
    field<&Plan::text>("text"),
};

constexpr std::array income_fields{
    field<&Income::year>("year", required),
    field<&Income::amount>("amount", required),
    field<&Income::date>("date"),
    field<&Income::text>("text"),
};

constexpr std::array task_fields{
    field<&Task::id>("id", required, Format::id),
    field<&Task::round>("round", required),
    field<&Task::problem>("problem", optional, Format::id),
    field<&Task::kind>("kind", required),
    field<&Task::title>("title", required),
    field<&Task::measure>("measure"),
    field<&Task::owner>("owner"),
    field<&Task::unit>("unit"),
    field<&Task::opened>("opened", required),
    field<&Task::due>("due"),
    field<&Task::standard>("standard"),
    field<&Task::target>("target"),
    field<&Task::target_max>("target_max"),
    field<&Task::target_unit>("target_unit"),
    field<&Task::strand>("strand"),
};

constexpr std::array milestone_fields{
    field<&Milestone::id>("id", required, Format::id),
    field<&Milestone::task>("task", required, Format::id),
    field<&Milestone::due>("due", required),
    field<&Milestone::text>("text", required),
};

constexpr std::array entry_fields{
    field<&Entry::task>("task", required, Format::id),
    field<&Entry::date>("date", required),
    field<&Entry::action>("action", required),
    field<&Entry::by>("by", required),
    field<&Entry::unit>("unit", required),
    field<&Entry::level>("level", required),
    field<&Entry::text>("text"),
    field<&Entry::reason>("reason"),
    field<&Entry::count>("count", optional, Format::signed_whole),
    field<&Entry::sources>("sources", optional, Format::any, source_keys),
    field<&Entry::milestone>("milestone", optional, Format::id),
    field<&Entry::evidence>("evidence"),
    field<&Entry::definition>("definition", optional, Format::sha256),
    field<&Entry::due>("due"),
    field<&Entry::new_owner>("new_owner"),
    field<&Entry::new_unit>("new_unit"),
    field<&Entry::voids>("voids", optional, Format::short_hash),
};

constexpr std::array acceptance_fields{
    field<&Acceptance::round>("round", required),
    field<&Acceptance::date>("date", required),
    field<&Acceptance::kind>("kind", required),
    field<&Acceptance::by>("by", required),
    field<&Acceptance::unit>("unit"),
    field<&Acceptance::level>("level", required),
    field<&Acceptance::result>("result"),
    field<&Acceptance::sheet>("sheet", optional, Format::id),
    field<&Acceptance::scores>("scores"),
    field<&Acceptance::votes>("votes"),
    field<&Acceptance::reason>("reason"),
    field<&Acceptance::due>("due"),
    field<&Acceptance::text>("text"),
};

constexpr std::array follow_fields{
    field<&Follow::round>("round", required),
    field<&Follow::date>("date", required),
    field<&Follow::kind>("kind", required),
    field<&Follow::by>("by", required),
    field<&Follow::unit>("unit"),
    field<&Follow::level>("level"),
    field<&Follow::result>("result"),
    field<&Follow::text>("text"),
};

constexpr std::array note_fields{
    field<&Note::audit>("audit", required, Format::short_hash),
    field<&Note::date>("date", required),
    field<&Note::by>("by", required),
    field<&Note::unit>("unit"),
    field<&Note::text>("text", required),
};

constexpr std::array rules_fields{
    field<&RuleSetInfo::id>("id", required, Format::id),
    field<&RuleSetInfo::name>("name", required),
    field<&RuleSetInfo::place>("place", required),
    field<&RuleSetInfo::year>("year", required),
    field<&RuleSetInfo::source>("source", required),
    field<&RuleSetInfo::unpublished>("unpublished"),
    field<&RuleSetInfo::applies_to>("applies_to", optional, Format::any, terms_of<Settlement>),
};

constexpr std::array question_fields{
    field<&Question::id>("id", required, Format::id),
    field<&Question::label>("label", required),
    field<&Question::type>("type", required),
    field<&Question::topic>("topic"),
    field<&Question::unit>("unit"),
    field<&Question::min>("min"),
    field<&Question::max>("max"),
    field<&Question::choices>("choices"),
    field<&Question::applies_when>("applies_when"),
};

constexpr std::array problem_type_fields{
    field<&ProblemType::id>("id", required, Format::id),
    field<&ProblemType::label>("label", required),
    field<&ProblemType::needs>("needs"),
};

constexpr std::array criterion_fields{
    field<&Criterion::id>("id", required, Format::id),
    field<&Criterion::label>("label", required),
    field<&Criterion::effect>("effect", required),
    field<&Criterion::when>("when", required),
};

constexpr std::array score_fields{
    field<&Score::id>("id", required, Format::id),
    field<&Score::label>("label", required),
    field<&Score::base>("base"),
};

constexpr std::array item_fields{
    field<&ScoreItem::score>("score", required, Format::id),
    field<&ScoreItem::label>("label"),
    field<&ScoreItem::question>("question", optional, Format::id),
    field<&ScoreItem::when>("when"),
    field<&ScoreItem::points>("points"),
};

constexpr std::array knockout_fields{
    field<&Knockout::score>("score", required, Format::id),
    field<&Knockout::label>("label", required),
    field<&Knockout::when>("when", required),
};

constexpr std::array band_fields{
    field<&Band::id>("id", required, Format::id),
    field<&Band::score>("score", required, Format::id),
    field<&Band::label>("label", required),
    field<&Band::from>("from"),
    field<&Band::effect>("effect"),
    field<&Band::result>("result"),
};

constexpr std::array ranking_fields{
    field<&Ranking::id>("id", required, Format::id),
    field<&Ranking::label>("label", required),
    field<&Ranking::effect>("effect", required),
    field<&Ranking::count>("count"),
    field<&Ranking::share>("share"),
    field<&Ranking::rounding>("rounding"),
    field<&Ranking::within>("within"),
};

constexpr std::array key_fields{
    field<&RankingKey::ranking>("ranking", required, Format::id),
    field<&RankingKey::question>("question", optional, Format::id),
    field<&RankingKey::score>("score", optional, Format::id),
    field<&RankingKey::worse>("worse", required),
};

constexpr std::array rank_term_fields{
    field<&RankTerm::id>("id", required, Format::id),
    field<&RankTerm::label>("label", required),
    field<&RankTerm::basis>("basis", required),
    field<&RankTerm::points>("points", required),
    field<&RankTerm::cap>("cap"),
    field<&RankTerm::deadline_days>("deadline_days"),
    field<&RankTerm::finding>("finding"),
};

constexpr std::array quota_fields{
    field<&Quota::term>("term", required, Format::id),
    field<&Quota::period>("period", required, Format::period),
    field<&Quota::percent>("percent", required),
};

constexpr std::array kinds{
    record_kind<WorkspaceInfo>("workspace", FileKind::workspace, false, workspace_fields),
    record_kind<Round>("round", FileKind::workspace, true, round_fields),
    record_kind<CountyInfo>("county", FileKind::county, false, county_fields),
    record_kind<Unit>("unit", FileKind::county, true, unit_fields),
    record_kind<ChainStep>("chain_step", FileKind::county, true, chain_step_fields),
    record_kind<Contact>("contact", FileKind::county, true, contact_fields),
    record_kind<Grid>("grid", FileKind::county, true, grid_fields),
    record_kind<TownshipInfo>("township", FileKind::township, false, township_fields),
    record_kind<Leader>("leader", FileKind::township, true, leader_fields),
    record_kind<Submission>("submission", FileKind::township, true, submission_fields),
    record_kind<Inspection>("inspection", FileKind::inspections, true, inspection_fields),
    record_kind<InspectionFinding>("finding", FileKind::inspections, true, finding_fields),
    record_kind<Reply>("reply", FileKind::inspections, true, reply_fields),
    record_kind<VillageInfo>("village", FileKind::village, false, village_fields),
    record_kind<Survey>("survey", FileKind::village, true, survey_fields),
    record_kind<Step>("step", FileKind::village, true, step_fields),
    record_kind<Support>("support", FileKind::village, true, support_fields),
    record_kind<Plan>("plan", FileKind::village, true, plan_fields),
    record_kind<Income>("income", FileKind::village, true, income_fields),
    record_kind<Problem>("problem", FileKind::village, true, problem_fields),
    record_kind<Task>("task", FileKind::village, true, task_fields),
    record_kind<Milestone>("milestone", FileKind::village, true, milestone_fields),
    record_kind<Entry>("entry", FileKind::village, true, entry_fields),
    record_kind<Acceptance>("acceptance", FileKind::village, true, acceptance_fields),
    record_kind<Follow>("follow", FileKind::village, true, follow_fields),
    record_kind<Note>("note", FileKind::village, true, note_fields),
    record_kind<RuleSetInfo>("rules", FileKind::rules, false, rules_fields),
    record_kind<Question>("question", FileKind::rules, true, question_fields),
    record_kind<ProblemType>("problem_type", FileKind::rules, true, problem_type_fields),
    record_kind<Criterion>("criterion", FileKind::rules, true, criterion_fields),
    record_kind<Score>("score", FileKind::rules, true, score_fields),
    record_kind<ScoreItem>("item", FileKind::rules, true, item_fields),
    record_kind<Knockout>("knockout", FileKind::rules, true, knockout_fields),
    record_kind<Band>("band", FileKind::rules, true, band_fields),
    record_kind<Ranking>("ranking", FileKind::rules, true, ranking_fields),
    record_kind<RankingKey>("key", FileKind::rules, true, key_fields),
    record_kind<RankTerm>("term", FileKind::rules, true, rank_term_fields),
    record_kind<Quota>("quota", FileKind::rules, true, quota_fields),
};

}  // namespace

std::span<const RecordKind> record_kinds() { return kinds; }

const RecordKind* find_kind(FileKind file, std::string_view name) {
  for (const RecordKind& kind : kinds)
    if (kind.file == file && kind.name == name) return &kind;
  return nullptr;
}

}  // namespace taizhang::model
