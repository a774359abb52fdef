"""The same facts for other tools, the same question to them, and how to read their answers.

The question is what a half-month report answers first: how many tasks has each county in each state, and
which are overdue? The others get the states ready made, we derive them from the entries."""
import collections
import csv
import json
import re
import uuid

DAY = "2023-06-15"
COLUMNS = "county code village task title owner due state".split()
SQL = ("select county, state, count(*) from t group by 1, 2; "
       "select county, code, task, due, owner, title from t "
       f"where due < '{DAY}' and state in ('待整改', '整改中') order by 1, 2, 3")


def convert(facts, folder):
    """Writes the facts in the form of each peer."""
    rows = [{key: row[key] for key in COLUMNS}
            for row in csv.DictReader(open(facts, encoding="utf-8"))]
    with open(f"{folder}/tasks.csv", "w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    with open(f"{folder}/tasks.ndjson", "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    with open(f"{folder}/tasks.rec", "w", encoding="utf-8") as out:
        out.write("%rec: Task\n\n")
        for row in rows:
            out.write("".join(f"{key.capitalize()}: {value}\n" for key, value in row.items()) + "\n")
    with open(f"{folder}/tasks.journal", "w", encoding="utf-8") as out:
        for row in sorted(rows, key=lambda each: each["due"]):
            out.write(f"{row['due']} {row['title']}  ; village:{row['code']}, id:{row['task']}, "
                      f"owner:{row['owner']}\n    {row['county']}:{row['state']}   1 T\n    total\n\n")
    tasks = [{"uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, row["code"] + row["task"])),
              "description": row["title"], "project": row["county"], "entry": "20230412T000000Z",
              "due": row["due"].replace("-", "") + "T000000Z", "tags": [row["state"]],
              "status": {"已销号": "completed", "已撤销": "deleted"}.get(row["state"], "pending"),
              **({"end": "20230614T000000Z"} if row["state"] in ("已销号", "已撤销") else {})}
             for row in rows]
    json.dump(tasks, open(f"{folder}/tasks.json", "w", encoding="utf-8"), ensure_ascii=False)
    open(f"{folder}/taskrc", "w", encoding="utf-8").write(
        f"data.location={folder}/task\nconfirmation=no\nverbose=nothing\nhooks=off\ngc=off\n"
        "recurrence=no\ndefaultwidth=200\n")


def expected(facts):
    """(tasks by state, number of overdue tasks)"""
    states, overdue = collections.Counter(), 0
    for row in csv.DictReader(open(facts, encoding="utf-8")):
        states[row["state"]] += 1
        overdue += row["overdue"] == "1"
    return dict(states), overdue


# ---- Reading answers: each gives (tasks by state, number of overdue tasks), None for what it does not say

STATES = ["待整改", "整改中", "待初核", "待销号", "已销号", "已撤销"]


def counted(lines, separator):
    states = collections.Counter()
    for line in lines:
        parts = line.split(separator)
        states[parts[1]] += int(parts[2])
    return dict(states)


def two_parts(separator):
    """Lines `county state count`, then one line for each overdue task."""
    def read(text):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        counts = [line for line in lines if len(line.split(separator)) == 3]
        return counted([line for line in counts if line.split(separator)[1] in STATES],
                       separator), sum(len(line.split(separator)) == 6 for line in lines)
    return read


def of_miller(text):
    states, overdue = two_parts(",")(text)
    return states, overdue - 1  # its header


def of_recutils(text):
    counts, overdue = text.split("==\n")
    states = collections.Counter()
    for block in counts.strip().split("\n\n"):
        values = dict(line.split(": ", 1) for line in block.splitlines())
        states[values["State"]] += int(values["Count_Task"])
    return dict(states), len(overdue.strip().split("\n\n"))


def of_journal(text):
    counts, overdue = text.split("==\n")
    states = collections.Counter()
    for number, state in re.findall(r"(\d+) T\s+\S+?:(\S+)", counts):
        states[state] += int(number)
    return dict(states), sum(bool(line.strip()) for line in overdue.splitlines())


def of_hledger(text):
    states, overdue = of_journal(text)
    return states, overdue - 1  # its header


def of_task(text):
    return None, int(text.strip().splitlines()[-1])


def of_ours(text):
    """From the JSON of `report halfmonth`; 待整改 and 整改中 are one figure there."""
    tables = {table["id"]: table["rows"] for table in json.loads(text)["tables"]}
    figures = {row["item"]: row["value"] for row in tables["figures"]}
    states = collections.Counter()
    for row in tables["state"]:
        if not isinstance(row["township"], str) or row["township"].startswith("value."):
            continue  # a county's sum
        states["待初核"] += row["applied"] or 0
        states["待销号"] += row["verified"] or 0
        states["已销号"] += row["closed"] or 0
        states["未完成"] += (row["tasks"] or 0) - (row["closed"] or 0) - (row["applied"] or 0) - (
            row["verified"] or 0)
    states["已撤销"] = figures.get("figure.cancelled", 0)
    return dict(states), len(tables.get("overdue", []))


def in_our_terms(states):
    """As our report puts them."""
    merged = collections.Counter()
    for state, count in states.items():
        merged["未完成" if state in ("待整改", "整改中") else state] += count
    return dict(merged)


# ---- Peers: name, program, what prepares it once, the job, how to read its answer

def peers(folder, tree):
    utf8 = "LC_ALL=C.UTF-8"
    ledger = f"ledger --args-only --input-date-format %Y-%m-%d -f {folder}/tasks.journal"
    hledger = f"hledger -f {folder}/tasks.journal"
    overdue = f'$due < "{DAY}" && ($state == "待整改" || $state == "整改中")'
    return [
        ("sqlite3", "sqlite3", "", f'sqlite3 :memory: ".import --csv {folder}/tasks.csv t" "{SQL}"',
         two_parts("|")),
        ("miller", "mlr", "",
         f"mlr --icsv --ocsv --headerless-csv-output count -g county,state {folder}/tasks.csv; "
         f"mlr --icsv --ocsv filter '{overdue}' then cut -o -f county,code,task,due,owner,title "
         f"{folder}/tasks.csv", of_miller),
        ("jq", "jq", "",
         "jq -nr 'reduce inputs as $t ({}; .[$t.county + \"\\t\" + $t.state] += 1) | to_entries[] | "
         f"\"\\(.key)\\t\\(.value)\"' {folder}/tasks.ndjson; "
         f"jq -r 'select(.due < \"{DAY}\" and (.state == \"待整改\" or .state == \"整改中\")) | "
         "[.county, .code, .task, .due, .owner, .title] | @tsv' "
         f"{folder}/tasks.ndjson", two_parts("\t")),
        ("recutils", "recsel", "",
         f"recsel -t Task -G County,State -p 'County,State,Count(Task)' {folder}/tasks.rec; echo ==; "
         f"recsel -t Task -e \"Due << '{DAY}' && (State = '待整改' || State = '整改中')\" "
         f"-p County,Code,Task,Due,Owner,Title {folder}/tasks.rec",
         of_recutils),
        ("ledger", "ledger", "",
         f"{utf8} {ledger} bal --flat --no-total '^示例'; echo ==; "
         f"{utf8} {ledger} reg -e {DAY} '/待整改|整改中/'", of_journal),
        ("hledger", "hledger", "",
         f"{utf8} {hledger} bal --flat -N '^示例'; echo ==; "
         f"{utf8} {hledger} reg -e {DAY} '待整改|整改中' -O csv", of_hledger),
        ("Taskwarrior", "task",
         f"rm -rf {folder}/task; mkdir {folder}/task; task rc:{folder}/taskrc import {folder}/tasks.json",
         f"task rc:{folder}/taskrc summary; task rc:{folder}/taskrc status:pending due.before:{DAY} "
         f"'(+待整改 or +整改中)' list; "
         f"task rc:{folder}/taskrc status:pending due.before:{DAY} '(+待整改 or +整改中)' count", of_task),
        ("tomllib", "python3", "", f"python3 {__file__} {tree}", two_parts("\t")),
    ]


# ---- tomllib: the same ledgers, read by Python

ACTIONS = {"进展": "整改中", "申请销号": "待初核", "初核": "待销号", "销号": "已销号", "撤销": "已撤销"}


def with_tomllib(tree):
    import os
    import tomllib
    counts, overdue = collections.Counter(), []
    for county in sorted(os.listdir(tree)):
        if not os.path.isdir(f"{tree}/{county}"):
            continue
        for township in sorted(os.listdir(f"{tree}/{county}")):
            here = f"{tree}/{county}/{township}"
            if not os.path.isdir(here):
                continue
            for name in sorted(os.listdir(here)):
                if not name.endswith(".toml") or name == "township.toml":
                    continue
                with open(f"{here}/{name}", "rb") as file:
                    ledger = tomllib.load(file)
                last = {entry["task"]: entry["action"] for entry in ledger.get("entry", [])}
                for task in ledger.get("task", []):
                    state = ACTIONS[last[task["id"]]] if task["id"] in last else "待整改"
                    counts[county, state] += 1
                    if state in ("待整改", "整改中") and str(task["due"]) < DAY:
                        overdue.append([county, ledger["village"]["code"], task["id"],
                                        str(task["due"]), task["owner"], task["title"]])
    for (county, state), count in sorted(counts.items()):
        print(county, state, count, sep="\t")
    for row in overdue:
        print(*row, sep="\t")


if __name__ == "__main__":
    import sys
    with_tomllib(sys.argv[1])
