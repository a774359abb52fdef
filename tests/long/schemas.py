#!/usr/bin/env python3
"""The JSON Schemas of data/schema against `check`: they accept every ledger and rule set of the
repository and what `check` only warns of; and both refuse a listed set of faults, each planted alone.

What a schema cannot see: a date in quotes (editors hand dates to schemas as texts), and everything that
takes more than one record to judge."""

import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import tomllib

import jsonschema

REPO = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["TAIZHANG"]
TODAY = "2023-06-30"

VILLAGE, COUNTY = "眉县/汤峪镇/示例甲村.toml", "眉县/county.toml"
TOWNSHIP, VISITS = "眉县/汤峪镇/township.toml", "眉县/inspections.toml"
GRID, CONTACT = "金台区/county.toml", "扶风县/county.toml"
ROOT, RULES = "taizhang.toml", "rules/meixian-2023.toml"
WHEN = "when   = { question ="

# (file, text to find, what to write instead, code of `check`)
FAULTS = [
    (ROOT, "schema = 1", "schema = 2", "schema-newer"),
    (ROOT, "schema = 1", 'schema = "1"', "schema-bad"),
    (ROOT, "[workspace]", "[workspce]", "identity-missing"),
    (ROOT, 'language = "zh"', 'language = "fr"', "bad-choice"),
    (ROOT, "example  = true", 'example  = "true"', "wrong-type"),
    (ROOT, "year = 2023\n", "", "missing-key"),
    (ROOT, "year = 2023", "year = 2023.5", "wrong-type"),
    (ROOT, "to   = 2023-12-31", "to   = 2023-12-31T08:00:00", "wrong-type"),
    (COUNTY, 'code   = "610326"', "code   = 610326", "code-not-text"),
    (COUNTY, 'code   = "610326"', 'code   = "61032"', "code-length"),
    (COUNTY, 'rules  = "meixian-2023"', 'rules  = "眉县"', "bad-id"),
    (COUNTY, '"初定"', '"初步"', "bad-choice"),
    (COUNTY, 'aliases = ["组织部"]', 'aliases = "组织部"', "wrong-type"),
    (COUNTY, "[[unit]]\nname    = \"县委组织部\"", "[[unit]]\nname    = \"　\"", "empty-value"),
    (CONTACT, "round     = 2023", "round     = -1", "negative-number"),
    (CONTACT, 'townships = ["城关街道"]', "townships = [1]", "wrong-type"),
    (TOWNSHIP, 'code = "610326103"', 'code = "61032610３"', "code-wide"),
    (TOWNSHIP, 'period = "2023-04-H2"', 'period = "2023-04-H3"', "bad-period"),
    (TOWNSHIP, 'period = "2023-04-H2"', 'period = "2023年4月下"', "bad-period"),
    (VISITS, 'id          = "X1"', 'id          = "第1次"', "bad-id"),
    (VISITS, "unannounced = true", "unannounced = 1", "wrong-type"),
    (VISITS, '"610326103901", "610326101901"', '"610326103901", "6103261"', "code-length"),
    (VILLAGE, "[village]", "[[village]]", "brackets-single"),
    (VILLAGE, 'code       = "610326103901"', 'code       = "61032610390"', "code-length"),
    (VILLAGE, "households = 412", 'households = "412"', "wrong-type"),
    (VILLAGE, "population = 1580", "population = -1580", "negative-number"),
    (VILLAGE, 'kind    = "走访"', 'kind    = "走方"', "bad-choice"),
    (VILLAGE, "heard   = { members = 12", "heard   = { member = 12", "bad-counts"),
    (VILLAGE, "heard   = { members = 12", "heard   = { members = -12", "negative-number"),
    (VILLAGE, "heard   = { members", "heard   = 50 # { members", "wrong-type"),
    (VILLAGE, "answers.team_weak              = true", "answers.team_weak = [true]", "wrong-type"),
    (VILLAGE, "[[survey]]", "[[survey]]\nanswers = 3\n[[survey]]", "wrong-type"),
    (VILLAGE, 'result = "完成"', 'result = "已完成"', "bad-choice"),
    (VILLAGE, "076afe633c70", "076AFE633C70", "bad-hash"),
    (VILLAGE, 'file = "佐证/示例甲村-主题', 'file = "/佐证/示例甲村-主题', "bad-path"),
    (VILLAGE, ', sha256 = "076afe63', ', sha512 = "076afe63', "bad-evidence"),
    (VILLAGE, 'definition = "37a1', 'definition = "37a1x', "bad-hash"),
    (RULES, 'id          = "meixian-2023"', "", "missing-key"),
    (RULES, 'type  = "是否"', 'type  = "布尔"', "bad-choice"),
    (RULES, "min   = 1", 'min   = "1"', "wrong-type"),
    (RULES, WHEN, "when   = { qestion =", "bad-condition"),
    (RULES, ", is = true }", ", is = true, above = 1 }", "bad-condition"),
    (RULES, ", is = true }", ", equals = true }", "bad-condition"),
    (RULES, ", is = true }", ", one_of = [] }", "bad-condition"),
    (RULES, "when   = {", "when   = { any = [] } # {", "bad-condition"),
    (RULES, WHEN, "when   = { at_least = 0, of = [] } #", "bad-condition"),
    (RULES, WHEN, 'when   = "team_weak" #', "bad-condition"),
]

# What `check` accepts, with or without a warning, the schemas accept too.
HARMLESS = [
    (ROOT, "schema = 1\n", ""),
    (ROOT, "example  = true", "exampel  = true"),
    (COUNTY, "[[unit]]", "[[further]]\na = 1\n\n[[unit]]"),
    (COUNTY, 'code   = "610326"', 'code   = "610326"\nfurther = { a = [1, 2.5, 07:30:00] }'),
    (TOWNSHIP, "[township]", "#:schema ../../schema/township.json\n[township]"),
    (VILLAGE, "households = 412", "households = 0"),
    (VILLAGE, 'township   = "汤峪镇"', 'township   = ""'),
    (VILLAGE, "methods = [\"党员大会\"", "methods = [\"\", \"党员大会\""),
    (VILLAGE, "[[step]]", "[[problem]]\nid = \"P-_9\"\nround = 2023\ntype = \"甲\"\n\n[[step]]"),
    (VILLAGE, 'file = "佐证/示例甲村-主题', 'size = 3, file = "佐证/示例甲村-主题'),
    (RULES, WHEN, 'when   = { all = [{ question = "team_weak", one_of = [true] }] } # '),
    (RULES, WHEN, 'when   = { at_least = 1, of = [{ none = [{ question = "grade_last_year", above = 2 }] }] } # '),
]


def kind_of(path):
    names = {"taizhang.toml": "workspace", "county.toml": "county", "township.toml": "township",
             "inspections.toml": "inspections"}
    return "rules" if path.parent.name == "rules" else names.get(path.name, "village")


def as_json(value):
    """As editors hand TOML to a schema: dates and times become texts."""
    if isinstance(value, dict):
        return {key: as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_json(each) for each in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value


class Schemas:
    def __init__(self):
        self.validators = {}
        for path in (REPO / "data/schema").glob("*.json"):
            schema = json.loads(path.read_text("utf-8"))
            jsonschema.Draft7Validator.check_schema(schema)
            self.validators[path.stem] = jsonschema.Draft7Validator(schema)

    def complaints(self, path):
        data = as_json(tomllib.loads(path.read_text("utf-8")))
        return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}"
                for error in self.validators[kind_of(path)].iter_errors(data)]


def errors_of_check(folder):
    done = subprocess.run([PROGRAM, "-C", str(folder), "--today", TODAY, "check", "--format", "json"],
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    return {(each["path"], each["code"]) for each in json.loads(done.stdout)
            if each["severity"] == "error"}


def mutations(folder, listed):
    """Plants one change after the other, each alone in the folder."""
    for path, old, new, *code in listed:
        file = folder / path
        text = file.read_text("utf-8")
        assert old in text, f"{path}: nothing to replace: {old}"
        file.write_text(text.replace(old, new, 1), "utf-8")
        yield path, f"{path}: {new.strip() or 'without ' + old.strip()}", *code
        file.write_text(text, "utf-8")


def findings(folder, schemas):
    good = [path for path in folder.rglob("*.toml")] + list((REPO / "data/rules").glob("*.toml"))
    for path in good:
        for complaint in schemas.complaints(path):
            yield f"{path.name}: the schema refuses a good file: {complaint}"
    for path, code in errors_of_check(folder):
        yield f"{path}: check refuses a good file: {code}"
    for path, name, code in mutations(folder, FAULTS):
        if not schemas.complaints(folder / path):
            yield f"{name}: the schema does not see it"
        if (path, code) not in (found := errors_of_check(folder)):
            yield f"{name}: check does not say {code}, but {sorted(found)}"
    for path, name in mutations(folder, HARMLESS):
        for complaint in schemas.complaints(folder / path):
            yield f"{name}: the schema refuses what check accepts: {complaint}"
        if found := errors_of_check(folder):
            yield f"{name}: check refuses it: {sorted(found)}"


def main():
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "baoji"
        shutil.copytree(REPO / "examples/baoji", folder)
        (folder / "rules").mkdir()
        shutil.copy(REPO / "data/rules/meixian-2023.toml", folder / "rules")
        wrong = list(findings(folder, Schemas()))
    print(*wrong, sep="\n")
    print(f"{len(FAULTS)} faults, {len(HARMLESS)} harmless changes, {len(wrong)} findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
