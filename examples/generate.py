#!/usr/bin/env python3
"""Writes the uniform ledgers of the example workspace and checks the figures of all of it.

    python3 generate.py            write the ledgers of 扶风县 and 陇县
    python3 generate.py --verify   change nothing; recount the workspace and compare with the bulletin

The same bytes on every run: nothing is random. 眉县 and 金台区 and all county files are written by
hand and only read here. The counting is deliberately not made with taizhang itself.
"""

import datetime
import hashlib
import pathlib
import sys
import tomllib
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE / "baoji"

DIGITS = "一二三四五六七八九十"
NUMBERS = [*DIGITS, *("十" + digit for digit in DIGITS[:5])]

# county: name, code, then townships with code part and number of villages
FUFENG = ("扶风县", "610324", [
    ("城关街道", "001", 15), ("天度镇", "101", 14), ("午井镇", "102", 14), ("绛帐镇", "103", 15),
    ("段家镇", "104", 14), ("杏林镇", "105", 14), ("召公镇", "106", 15), ("法门镇", "107", 15)])
LONGXIAN = ("陇县", "610327", [
    ("城关镇", "100", 11), ("东风镇", "101", 11), ("八渡镇", "102", 10), ("东南镇", "104", 11),
    ("温水镇", "106", 10), ("天成镇", "107", 10), ("曹家湾镇", "108", 10), ("固关镇", "109", 10),
    ("河北镇", "112", 10), ("新集川镇", "113", 11)])

BARS = ["team_disunited", "meetings_irregular", "key_tasks_lagging", "petitions_frequent",
        "satisfaction_low"]
# the few villages of 扶风县 that meet a bar; all others meet none
HITS = {
    ("城关街道", 3): {"team_disunited": True},
    ("天度镇", 7): {"meetings_irregular": True, "satisfaction_low": True},
    ("绛帐镇", 11): {"petitions_frequent": True},
    ("杏林镇", 2): {"key_tasks_lagging": True, "grade_last_year": 3},
    ("召公镇", 9): {"grade_last_year": 3},
    ("法门镇", 5): {"satisfaction_low": True},
}
# return visits (回访): the villages above, and two to compare with
RETURNS = [*HITS, ("午井镇", 4), ("段家镇", 12)]

DEPARTMENTS = ["纪检监察机关", "统战", "政法", "民政", "信访"]
LISTED = [("东风镇", 5), ("温水镇", 8), ("曹家湾镇", 2), ("河北镇", 6), ("新集川镇", 10)]
# on the preliminary list too, ranked from the bottom (倒排), but not listed after the joint review
SPARED = [("新集川镇", 2), ("城关镇", 1), ("东南镇", 1), ("城关镇", 2), ("新集川镇", 4)]

METHODS = [["党员大会", "座谈了解", "现场查看"], ["党员大会", "现场查看"], ["座谈了解", "现场查看"],
           ["党员大会", "座谈了解"]]


# ---- writing

def toml(value):
    """One TOML value on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, datetime.date)):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + " }"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def record(header, fields):
    """A header and its keys, equal signs in one column (that of answers.… apart)."""
    width = {dotted: max((len(key) for key in fields if ("." in key) == dotted), default=0)
             for dotted in (False, True)}
    return "\n".join([header, *(f"{key:{width['.' in key]}} = {toml(value)}"
                                for key, value in fields.items())])


def document(title, *records):
    return "\n\n".join([f"# {title}\nschema = 1", *records]) + "\n"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def day(year, month, start, offset):
    return datetime.date(year, month, start) + datetime.timedelta(days=offset)


def village(code, number, township, seed):
    return record("[village]", {
        "code": f"{code}{900 + number}",
        "kind": "村",
        "name": f"示例{NUMBERS[number - 1]}村",
        "township": township,
        "households": 210 + seed * 37 % 330,
        "members": 24 + seed * 11 % 43,
    })


def fufeng_surveys(township, number, seed):
    answers = {bar: False for bar in BARS}
    answers["grade_last_year"] = 1 + (seed % 3 != 0)
    answers |= HITS.get((township, number), {})
    answers |= {"reserve_short": seed % 5 == 0, "collective_economy_weak": seed % 7 == 0,
                "village_building_weak": seed % 11 == 0}
    visit = {
        "round": 2023,
        "date": day(2023, 3, 6, seed % 40),
        "kind": "走访",
        "by": f"县委常委包镇工作组({township})",
        "rules": "fufeng-2023",
        "methods": METHODS[seed % len(METHODS)],
        "heard": {"members": 9 + seed % 8, "residents": 15 + seed * 7 % 20, "village": 3 + seed % 3,
                  "resident": 1 + seed % 2, "contact": 1},
    } | {f"answers.{question}": answer for question, answer in answers.items()}
    yield record("[[survey]]", visit)
    if (township, number) not in RETURNS:
        return
    hit = (township, number) in HITS
    yield record("[[survey]]", {
        "round": 2023,
        "date": day(2023, 4, 24, seed % 12),
        "kind": "回访",
        "by": f"县委组织部调研组({township})",
        "rules": "fufeng-2023",
        "methods": ["座谈了解"],
        "heard": {"members": 6 + seed % 4, "residents": 10 + seed % 9, "village": 3, "resident": 2,
                  "contact": 1},
        "answers.team_runs_smoothly": not answers["team_disunited"],
        "answers.work_ability_strong": not answers["key_tasks_lagging"],
        "answers.spirit_good": not answers["meetings_irregular"],
        "answers.public_view": "差" if answers["satisfaction_low"] else "一般" if hit else "好",
        "answers.disputes_exist": answers["petitions_frequent"],
    })


def longxian_records(township, number, seed):
    listed = (township, number) in LISTED
    yield record("[[survey]]", {
        "round": 2023,
        "date": day(2023, 3, 8, seed % 45),
        "kind": "走访",
        "by": f"县领导班子成员带队摸排组({township})",
        "rules": "longxian-2023",
        "answers.eleven_types": listed,
        "answers.grade_last_year": 3 if listed else 1 + (seed % 4 != 0),
        "answers.collective_income": (20 + seed * 7 % 25 if listed else 55 + seed * 13 % 410) / 10,
    })
    spared = (township, number) in SPARED
    if not listed and not spared:
        return
    yield record("[[step]]", {"round": 2023, "kind": "初定", "result": "列入"}
                 | ({"reason": "倒排靠后"} if spared else {}))
    objecting = DEPARTMENTS[SPARED.index((township, number))] if spared else None
    for department in DEPARTMENTS:
        objects = department == objecting
        yield record("[[step]]", {"round": 2023, "kind": "联审", "department": department,
                                  "result": "不同意" if objects else "同意"}
                     | ({"reason": "综合分析后认为可以由镇上跟进,不必列入(示例)"} if objects else {}))
    if spared:
        yield record("[[step]]", {"round": 2023, "kind": "审定", "result": "不列入",
                                  "rules": "longxian-2023",
                                  "reason": "联合研判有不同意见,由镇党委跟进(示例)"})
        return
    yield ("# 专刊没有写由谁审定、哪一天审定,所以不写 by 和 date\n"
           + record("[[step]]", {"round": 2023, "kind": "审定", "result": "列入",
                                 "criteria": ["eleven_types"], "rules": "longxian-2023"}))


def leaders_of(county):
    """陇县: members of the county's leadership led the survey of each township (bulletin)."""
    if county != "陇县":
        return []
    return [record("[[leader]]", {"role": "摸排带队", "post": "县领导班子成员"})]


def write_county(county, records_of):
    name, county_code, townships = county
    seed = 0
    for township, part, villages in townships:
        folder = ROOT / name / township
        code = county_code + part
        write(folder / "township.toml", document(
            f"{name}{township}台账(示例数据)",
            record("[township]", {"code": code, "name": township}), *leaders_of(name)))
        for number in range(1, villages + 1):
            seed += 1
            place = f"示例{NUMBERS[number - 1]}村"
            write(folder / f"{place}.toml", document(
                f"{name}{township}{place}整顿台账(示例数据,村名和情况都是虚构的)",
                village(code, number, township, seed), *records_of(township, number, seed)))


# ---- verifying

def load(path):
    with path.open("rb") as file:
        return tomllib.load(file)


def ledgers(county):
    """Path and content of every ledger of a county, in order of code."""
    paths = (ROOT / county).glob("*/*.toml")
    found = [(path, load(path)) for path in paths if path.name != "township.toml"]
    return sorted(found, key=lambda item: item[1]["village"]["code"])


def definition(task):
    """SHA-256 over what the task promises; every 初核 of a task names it."""
    digest = hashlib.sha256()
    for key in ("id", "round", "problem", "kind", "title", "measure", "standard", "target",
                "target_max", "target_unit"):
        if key in task:
            value = unicodedata.normalize("NFC", str(task[key]))
            value = value.replace("\\", "\\\\").replace("\n", "\\n")
            digest.update(f"{key}={value}\n".encode("utf-8"))
    return digest.hexdigest()


ALLOWED = {  # action: states it is allowed in, state it leads to (None: stays)
    "进展": ({"待整改", "整改中"}, "整改中"),
    "申请销号": ({"整改中"}, "待初核"),
    "初核": ({"待初核"}, "待销号"),
    "退回": ({"待初核", "待销号"}, "整改中"),
    "销号": ({"待销号"}, "已销号"),
    "重开": ({"已销号"}, "整改中"),
    "延期": ({"待整改", "整改中", "待初核", "待销号"}, None),
    "转办": ({"待整改", "整改中", "待初核", "待销号"}, None),
}


def replay(task, entries, units, as_of, complain):
    """State and current due date of a task; `complain` hears of everything that is not allowed."""
    state, due, total, applied = "待整改", task.get("due"), 0, None
    persons, doing, verifier = {task.get("owner")}, {task.get("unit")}, None
    for entry in sorted((e for e in entries if e["date"] <= as_of), key=lambda e: e["date"]):
        action, person, unit = entry["action"], entry["by"], units.get(entry["unit"])
        where = f"{task['id']} {entry['date']} {action}"
        before, after = ALLOWED[action]
        if state not in before:
            complain(f"{where}: not allowed in {state}")
        if unit is None or unit["level"] != entry["level"]:
            complain(f"{where}: unit {entry['unit']} is not listed with level {entry['level']}")
        unit = unit and unit["name"]
        if action in ("进展", "申请销号"):
            persons.add(person)
            doing.add(unit)
        elif person in persons or unit in doing:
            complain(f"{where}: {person} / {unit} is among the doers")
        if action in ("销号", "延期") and entry["level"] != "县" or (
                action in ("初核", "退回", "重开", "转办") and entry["level"] == "村"):
            complain(f"{where}: wrong level")
        if action in ("退回", "重开", "延期", "转办") and not entry.get("reason"):
            complain(f"{where}: no reason")
        total += entry.get("count", 0)
        if action == "申请销号":
            applied = entry["date"]
            if total < task.get("target", 0):
                complain(f"{where}: {total} of {task['target']}")
            if not entry.get("evidence"):
                complain(f"{where}: no evidence")
        elif action == "初核":
            verifier = person
            if entry.get("definition") != definition(task):
                complain(f"{where}: definition should be {definition(task)}")
        elif action == "销号" and person == verifier:
            complain(f"{where}: {person} verified it too")
        elif action == "重开":
            persons, doing = {task.get("owner")}, {task.get("unit")}
        elif action == "转办":
            persons.add(entry.get("new_owner"))
            doing.add(entry.get("new_unit"))
        if action in ("延期", "重开"):
            due = entry["due"]
        state = after or state
    late = ""
    if due and due < as_of:
        if state in ("待整改", "整改中"):
            late = "逾期"
        elif state in ("待初核", "待销号") and applied <= due:
            late = "超期待核"
    return state, late, total


def listed(ledger):
    decisions = [step["result"] for step in ledger.get("step", []) if step["kind"] == "审定"]
    return decisions[-1:] == ["列入"]


def verify():
    faults = []
    as_of = datetime.date(2023, 6, 15)

    def same(what, found, wanted):
        if found != wanted:
            faults.append(f"{what}: {found}, should be {wanted}")

    codes, names = {}, set()
    for path in ROOT.rglob("*.toml"):
        same(f"{path.relative_to(ROOT)}: schema", load(path).get("schema"), 1)
        if "示例数据" not in path.read_text("utf-8").splitlines()[0]:
            faults.append(f"{path.relative_to(ROOT)}: the first line does not say 示例数据")
    for county in ("扶风县", "眉县", "陇县", "金台区"):
        for path, ledger in ledgers(county):
            code = ledger["village"]["code"]
            township = load(path.parent / "township.toml")["township"]
            same(f"{path}: code", (code[:9], len(code)), (township["code"], 12))
            same(f"{path}: name", path.stem, ledger["village"]["name"])
            same(f"{path}: township", ledger["village"]["township"], township["name"])
            if code in codes or (path.parent, path.stem) in names:
                faults.append(f"{path}: {code} twice")
            codes[code] = path
            names.add((path.parent, path.stem))

    def villages(county):
        return [ledger for _, ledger in ledgers(county) if ledger["village"]["kind"] == "村"]

    def count(county, records, /, **wanted):
        return sum(all(item.get(key) == value for key, value in wanted.items())
                   for ledger in villages(county) for item in ledger.get(records, []))

    fufeng, longxian = villages("扶风县"), villages("陇县")
    same("扶风县 villages", len(fufeng), 116)
    same("扶风县 visited", sum(any(s["kind"] == "走访" for s in v["survey"]) for v in fufeng), 116)
    same("扶风县 visits with six answers",
         sum({*BARS, "grade_last_year"} <= s["answers"].keys() for v in fufeng for s in v["survey"]
             if s["kind"] == "走访"), 116)
    same("扶风县 steps", count("扶风县", "step"), 0)
    same("陇县 villages", len(longxian), 104)
    same("陇县 townships", len({v["village"]["township"] for v in longxian}), 10)
    def bottom(ledger):
        answers = ledger["survey"][0]["answers"]
        return -answers["grade_last_year"], answers["collective_income"]

    same("陇县 nominated", [v["village"]["code"] for v in longxian
                          if any(s["kind"] == "初定" for s in v.get("step", []))],
         sorted(v["village"]["code"] for v in sorted(longxian, key=bottom)[:10]))
    for county, wanted in ("眉县", 4), ("陇县", 5), ("金台区", 3):
        same(f"{county} listed", sum(map(listed, villages(county))), wanted)
    same("眉县 problems", count("眉县", "problem"), 12)
    for kind, wanted in ("任务", 13), ("实事", 16), ("规划", 4), ("队伍", 12), ("制度", 0):
        same(f"眉县 {kind}", count("眉县", "task", kind=kind), wanted)
    for role in ("联村县领导", "整顿工作组", "包联组室", "帮扶部门", "第一责任人", "直接责任人"):
        holders = {(s.get("post"), s.get("unit")) for v in villages("眉县")
                   for s in v.get("support", []) if s["role"] == role}
        same(f"眉县 {role}", (count("眉县", "support", role=role), len(holders)), (4, 4))
    inspections = load(ROOT / "眉县" / "inspections.toml")
    same("眉县 inspections", [(i["kind"], i["unannounced"]) for i in inspections["inspection"]],
         [("督查", True)] * 4)
    for county in ("扶风县", "陇县", "金台区"):
        for kind in ("problem", "task", "entry"):
            same(f"{county} {kind}", count(county, kind), 0)
        same(f"{county} inspections", (ROOT / county / "inspections.toml").exists(), False)

    units = {}
    for unit in load(ROOT / "眉县" / "county.toml")["unit"]:
        for name in (unit["name"], *unit.get("aliases", [])):
            units[name] = unit
    for path, ledger in ledgers("眉县"):
        place = path.stem
        problems = {problem["id"] for problem in ledger.get("problem", [])}
        tasks = {task["id"]: task for task in ledger.get("task", [])}
        for entry in ledger.get("entry", []):
            if entry["task"] not in tasks:
                faults.append(f"{place}: entry of unknown task {entry['task']}")
            for item in entry.get("evidence", []):
                file = path.parent / item["file"]
                found = hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else None
                same(f"{place} {item['file']}", item["sha256"], found)
        solved = {task.get("problem") for task in tasks.values() if task["kind"] == "任务"}
        same(f"{place}: problems with a task", solved, problems)
        for task in tasks.values():
            entries = [e for e in ledger.get("entry", []) if e["task"] == task["id"]]
            state, late, total = replay(task, entries, units, as_of,
                                        lambda text, place=place: faults.append(f"{place} {text}"))
            reached = f" {total}/{task['target']}" if "target" in task else ""
            print(f"{place} {task['id']} {task['kind']} {task['title']}: {state}{late and ' ' + late}"
                  f"{reached}")

    print("\n".join(faults) if faults else "all figures as in the bulletin")
    return 1 if faults else 0


def main():
    if sys.argv[1:] == ["--verify"]:
        return verify()
    if sys.argv[1:]:
        print(__doc__, file=sys.stderr)
        return 2
    write_county(FUFENG, fufeng_surveys)
    write_county(LONGXIAN, longxian_records)
    return 0


if __name__ == "__main__":
    sys.exit(main())
