"""For the tests of writing commands: a small workspace, one example of every writing command, and how
to run them. One county, one township, two villages; a copy is made in a moment."""

import json
import os
import pathlib
import shutil
import subprocess

PROGRAM = os.environ["TAIZHANG"]
TODAY = "2023-06-30"
TOWN = "例县/例镇"
VILLAGE = f"{TOWN}/甲村.toml"

COUNTY = """\
# 例县
schema = 1

[county]
code   = "610326"
name   = "例县"
rules  = "meixian-2023"
roster = "部分"                     # 全部 部分

[[unit]]
name    = "县委组织部"
aliases = ["组织部"]
level   = "县"

[[unit]]
name  = "县委办"
level = "县"

[[unit]]
name  = "例镇党委"
level = "镇"

[[unit]]
name  = "甲村党支部"
level = "村"
"""

LEDGER = """\
# {name}
schema = 1

[village]
code       = "{code}"
kind       = "村"                   # 村 社区
name       = "{name}"
township   = "例镇"
households = 412

[[survey]]
round   = 2023
date    = 2023-03-14
kind    = "走访"
by      = "县委组织部"
rules   = "meixian-2023"
heard   = {{ members = 12, residents = 30 }}
answers.grade_last_year = 3

[[step]]
round    = 2023
date     = 2023-04-06
kind     = "审定"
by       = "县委常委会"
result   = "列入"
criteria = ["grade_three"]
reason   = "考核三类"

[[support]]
role = "第一书记"
post = "驻{name}第一书记"
unit = "县委办"
from = 2023-04-10

[[problem]]
id    = "P1"
round = 2023
type  = "组织制度形同虚设"
found = 2023-04-06
text  = "制度不落实"

# ---- 任务

[[task]]                            # 一项
id       = "T1"
round    = 2023
problem  = "P1"
kind     = "任务"
title    = "健全“三会一课”"
measure  = "每月召开一次"
owner    = "甲村支书"
unit     = "甲村党支部"
opened   = 2023-04-12
due      = 2023-07-31
standard = "每月一次"

[[task]]
id       = "T2"
round    = 2023
problem  = "P1"
kind     = "任务"
title    = "落实“四议两公开”"
measure  = "修订清单"
owner    = "甲村支书"
unit     = "甲村党支部"
opened   = 2023-04-12
due      = 2023-07-31
standard = "清单上墙"
target   = 3

[[milestone]]
id   = "M1"
task = "T2"
due  = 2023-05-31
text = "清单"
"""

FILES = {
    "taizhang.toml": '# 例市\nschema = 1\n\n[workspace]\nname     = "例市"\nlanguage = "zh"\n\n'
                     "[[round]]\nyear = 2023\nfrom = 2023-01-01\nto   = 2023-12-31\n",
    "例县/county.toml": COUNTY,
    f"{TOWN}/township.toml": '# 例镇\nschema = 1\n\n[township]\ncode = "610326103"\nname = "例镇"\n',
    VILLAGE: LEDGER.format(name="甲村", code="610326103901"),
    f"{TOWN}/乙村.toml": LEDGER.format(name="乙村", code="610326103902"),
    f"{TOWN}/佐证/一.md": "# 主题党日\n",
    f"{TOWN}/佐证/二.md": "# 议事清单\n",
}


def doer(*words):
    return (*words, "--by", "甲村支书", "--unit", "甲村党支部")


def town(*words):
    return (*words, "--by", "镇党委副书记", "--unit", "例镇党委")


def county(*words):
    return (*words, "--by", "组织部干部", "--unit", "县委组织部")


LOG = doer("log", "甲村", "T1", "--text", "开了第一次会")
APPLY = doer("apply", "甲村", "T1", "--evidence", "佐证/一.md")
VERIFY = town("verify", "甲村", "T1")
CLOSE = county("close", "甲村", "T1")
COUNTY_NEW = ("init", "county", "新县", "--code", "610327")

# Name: what is run before, then the command itself. "{entry}" is the latest entry of T1. No --today
# goes with init, so that the first word is the command.
COMMANDS = {
    "log": ((), LOG),
    "apply": ((LOG,), APPLY),
    "verify": ((LOG, APPLY), VERIFY),
    "close": ((LOG, APPLY, VERIFY), CLOSE),
    "return": ((LOG, APPLY), town("return", "甲村", "T1", "--reason", "缺记录")),
    "reopen": ((LOG, APPLY, VERIFY, CLOSE),
               county("reopen", "甲村", "T1", "--reason", "反弹", "--due", "2023-09-30")),
    "extend": ((LOG,), county("extend", "甲村", "T1", "--reason", "汛期", "--due", "2023-08-31")),
    "reassign": ((LOG,), county("reassign", "甲村", "T1", "--reason", "换人", "--new-owner", "新支书")),
    "cancel": ((LOG,), county("cancel", "甲村", "T1", "--reason", "并入别的任务")),
    "correct": ((LOG,), doer("correct", "甲村", "T1", "{entry}", "--reason", "记错了")),
    "set": ((), ("set", "甲村", "households", "413")),
    "set text": ((), ("set", "甲村", "T2", "title", "修订清单")),
    "add village": ((), ("add", "village", "例镇", "--code", "610326103909", "--name", "丙村")),
    "add problem": ((), ("add", "problem", "甲村", "--type", "组织制度形同虚设", "--text", "又一个")),
    "add task": ((), ("add", "task", "甲村", "--problem", "P1", "--kind", "任务", "--title", "第三项",
                      "--measure", "修订", "--standard", "上墙", "--owner", "甲村支书", "--unit", "甲村党支部",
                      "--due", "2023-09-30")),
    "add milestone": ((), ("add", "milestone", "甲村", "--task", "T1", "--due", "2023-07-01",
                           "--text", "第一步")),
    "add unit": ((), ("add", "unit", "例县", "--name", "县水利局", "--level", "县")),
    "add round": ((), ("add", "round", "--year", "2024", "--from", "2024-01-01", "--to", "2024-12-31")),
    "assign": ((), ("assign", "甲村", "第一书记", "--post", "新任第一书记", "--unit", "县委办",
                    "--from", "2023-06-20", "--replace")),
    "survey": ((), ("survey", "甲村", "--kind", "回访", "--by", "县委组织部", "--answer",
                    "grade_last_year=2")),
    "step": ((), ("step", "甲村", "反馈", "完成", "--by", "县委组织部")),
    "submit": ((), ("submit", "例镇", "2023-06-H1", "--by", "镇党委副书记", "--unit", "例镇党委")),
    "init county": ((), COUNTY_NEW),
    "init township": ((COUNTY_NEW,), ("init", "township", "新县/新镇", "--code", "610327101")),
    "undo": ((LOG,), ("undo",)),
    "undo of many": ((COUNTY_NEW,), ("undo",)),
}


class Done:
    """What a run came to."""

    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout.decode("utf-8", "replace")
        self.err = process.stderr.decode("utf-8", "replace")

    def __str__(self):
        return f"exit {self.code}: {(self.out + self.err).strip()}"


def make(folder):
    for path, text in FILES.items():
        file = pathlib.Path(folder) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def run(folder, *words, through=(), today=TODAY, **more):
    """Runs the program in the folder, `through` another one if there is such."""
    return Done(subprocess.run([*through, PROGRAM, "--today", today, *words], cwd=folder,
                               stdin=subprocess.DEVNULL, capture_output=True, timeout=120, **more))


def must(folder, *words, **more):
    done = run(folder, *words, **more)
    assert done.code == 0, f"{words}: {done}"
    return done


def task(folder, village="甲村", name="T1"):
    """What `show` says of a task: its values by column and its entries."""
    facts, *more = json.loads(must(folder, "show", village, name, "--format", "json").out)["tables"]
    told = {row["item"].removeprefix("column."): row["value"] for row in facts["rows"]}
    return told | {"entries": [row for table in more if table["id"] == "entries" for row in table["rows"]]}


def prepare(folder, name):
    """A workspace in which that example can be run; gives its words."""
    before, words = COMMANDS[name]
    make(folder)
    for each in before:
        must(folder, *each)
    return filled(folder, words)


def filled(folder, words):
    if "{entry}" not in words:
        return words
    entry = task(folder)["entries"][-1]["hash"]
    return tuple(entry if word == "{entry}" else word for word in words)


def copy(source, target):
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True)


def state(folder):
    """The bytes of all files but those in the state folder; what is no file stands with nothing."""
    found = {}
    for path, folders, files in os.walk(folder):
        folders[:] = [each for each in folders if each != ".taizhang"]
        for name in folders + files:
            file = os.path.join(path, name)
            is_file = os.path.isfile(file)
            found[os.path.relpath(file, folder)] = pathlib.Path(file).read_bytes() if is_file else None
    return found


def files_of(found):
    """Of a state, without its folders: empty ones may be left by what failed."""
    return {path: data for path, data in found.items() if data is not None}


def leftovers(folder):
    """Temporaries and pending changes of runs that died."""
    return [str(path) for path in pathlib.Path(folder).rglob("*")
            if path.name.startswith(".taizhang.") or path.suffix == ".pending"]
