#!/usr/bin/env python3
"""Hands and accidents: thirty different faults planted in one copy of the example are all found in one
run, each at its line and column; and no file, whatever it is, stops, hangs or kills the program."""

import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

REPO = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TAIZHANG_SANITIZED") or os.environ["TAIZHANG"]
VILLAGE = "扶风县/城关街道/示例{}村.toml"
RICH = "眉县/汤峪镇/示例甲村.toml"

# (file, text to find, what to write instead, code, text that the finding points at in the new file)
FAULTS = [
    (VILLAGE.format("一"), "[village]", "[村]", "chinese-key", "村"),
    (VILLAGE.format("二"), "date    = 2023-03", "date    = 2023-13", "date-impossible", "2023-13"),
    (VILLAGE.format("三"), 'kind    = "走访"', 'kind    = “走访”', "chinese-quotes", "“走访"),
    (VILLAGE.format("四"), "round   = 2023", "round   ＝ 2023", "wide-punctuation", "＝"),
    (VILLAGE.format("五"), 'kind    = "走访"', 'kind    = "走防"', "bad-choice", '"走防"'),
    (VILLAGE.format("六"), "round   = 2023", "round   = 2022", "round-unknown", "2022"),
    (VILLAGE.format("七"), "date    = 2023-03", "date    = 2099-03", "date-in-future", "2099-03"),
    (VILLAGE.format("八"), "date    = 2023", 'date    = "2023', "string-unclosed", '"2023'),
    (VILLAGE.format("九"), "answers.team_disunited", "answers.team_disunitd", "answer-unknown-question", None),
    (VILLAGE.format("十"), "answers.grade_last_year         = ", "answers.grade_last_year         = 7", "answer-does-not-fit", None),
    (VILLAGE.format("十一"), "households", "househods", "unknown-key", "househods"),
    (VILLAGE.format("十二"), "[[survey]]", "[survey]", "brackets-double", "survey"),
    (VILLAGE.format("十三"), "round   = 2023\n", "", "missing-key", "[[survey]]"),
    (VILLAGE.format("十四"), 'township   = "城关街道"', 'township   = "城管街道"', "township-differs", '"城管街道"'),
    ("扶风县/天度镇/示例一村.toml", 'code       = "', 'code       = "9', "code-length", None),
    ("扶风县/天度镇/示例二村.toml", 'code       = "610324101902"', "code       = 610324101902", "code-not-text", "610324101902"),
    ("扶风县/天度镇/示例三村.toml", "610324101903", "610324102903", "code-outside-township", '"610324102903"'),
    ("扶风县/天度镇/示例四村.toml", "schema = 1", "schema = 2", "schema-newer", "2"),
    ("扶风县/天度镇/示例五村.toml", "schema = 1", "<<<<<<< 甲\nschema = 1\n=======\nschema = 1\n>>>>>>> 乙", "merge-conflict", "<<<<<<<"),
    ("扶风县/天度镇/示例六村.toml", "households = ", "households = -", "negative-number", None),
    ("扶风县/天度镇/示例八村.toml", "kind    = ", "kind      ", "equals-missing", None),
    ("扶风县/天度镇/示例九村.toml", 'name       = "示例九村"', 'name       = ""', "empty-value", '""'),
    ("扶风县/天度镇/示例十村.toml", "members    = ", 'members    = "多"  #', "wrong-type", '"多"'),
    ("扶风县/午井镇/示例一村.toml", "heard   = { ", "heard   = { cats = 1, ", "bad-counts", "cats"),
    ("扶风县/午井镇/示例二村.toml", "date    = 2023-0", "date    = 2023/0", "date-form", None),
    ("扶风县/午井镇/township.toml", '"610324102"', '"610324"', "code-length", '"610324"'),
    ("眉县/county.toml", 'level   = "镇"', 'level   = "乡"', "bad-choice", '"乡"'),
    ("眉县/横渠镇/示例乙村.toml", 'task     = "T1"', 'task     = "T99"', "dangling-reference", '"T99"'),
    (RICH, 'action     = "初核"', 'action     = "销号"', "action-not-allowed", '"销号"'),
    ("眉县/金渠镇/示例丁村.toml", 'id       = "T2"', 'id       = "T1"', "duplicate-id", '"T1"'),
]


def place_of(text, at):
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def run(folder, *words):
    started = time.monotonic()
    done = subprocess.run([PROGRAM, "-C", str(folder), "--today", "2023-06-30", *words],
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode(), time.monotonic() - started


def planted(folder):
    """Plants all faults; gives (path, code, line or nothing, column or nothing) of each."""
    expected = []
    for path, old, new, code, pointed in FAULTS:
        file = folder / path
        text = file.read_text("utf-8")
        at = text.find(old)
        assert at >= 0, f"{path}: nothing to replace: {old}"
        text = text[:at] + new + text[at + len(old):]
        file.write_text(text, "utf-8")
        if pointed:
            spot = place_of(text, text.index(pointed, max(0, at - 12)))
        else:
            spot = (place_of(text, at)[0], None)
        expected.append((path, code, *spot))
    return expected


def check_faults(folder):
    expected = planted(folder)
    exit_code, out, err, _ = run(folder, "check", "--format", "json")
    found = json.loads(out)
    wrong = []
    if exit_code != 3:
        wrong.append(f"check leaves with {exit_code}, not 3: {err}")
    for path, code, line, column in expected:
        hits = [(each["line"], each["column"]) for each in found
                if each["path"] == path and each["code"] == code]
        if not any(hit[0] == line and column in (None, hit[1]) for hit in hits):
            others = [(each["code"], each["line"], each["column"]) for each in found if each["path"] == path]
            wrong.append(f"{path}: no {code} at {line}:{column}, but {others}")
    return wrong


def nasty():
    """How to make each kind of hostile ledger."""
    def write(path, data):
        return path.write_bytes(data)
    return {
        "folder": lambda path: path.mkdir(),
        "fifo": lambda path: os.mkfifo(path),
        "zero": lambda path: path.symlink_to("/dev/zero"),
        "empty": lambda path: write(path, b""),
        "large": lambda path: write(path, b"# x\n" * 12_500_000),
        "brackets": lambda path: write(path, b"a = " + b"[" * 100_000 + b"]" * 100_000),
        "dots": lambda path: write(path, b".".join([b"a"] * 100_000) + b" = 1\n"),
        "gbk": lambda path: write(path, "name = \"示例村\"\n".encode("gbk")),
        "bytes": lambda path: write(path, bytes(range(256)) * 40),
        "header": lambda path: write(path, "[村]\n".encode()),
    }


def check_nasty(source):
    wrong = []
    for name, make in nasty().items():
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch) / "baoji"
            shutil.copytree(source, folder)
            make(folder / "眉县/汤峪镇/坏村.toml")
            for words in (("check", "眉县"), ("list", "眉县")):
                exit_code, out, err, seconds = run(folder, *words)
                if exit_code != 3:
                    wrong.append(f"{name}: {words[0]} leaves with {exit_code}, not 3")
                if seconds > (5 if "TAIZHANG_SANITIZED" in os.environ else 1):
                    wrong.append(f"{name}: {words[0]} takes {seconds:.1f} s")
                if "坏村.toml" not in out + err:
                    wrong.append(f"{name}: {words[0]} does not name the file")
                if words[0] == "list" and out.count("示例甲村") != 1:
                    wrong.append(f"{name}: the other villages are not listed")
    return wrong


def check_memory(folder):
    """With little memory a report is there, or the program says that memory is short. (To start at all, the
    allocator of the released program wants about 46 MB of address space.)"""
    wrong = []
    for megabytes in (48, 56, 64, 80, 96, 128):
        limit = megabytes << 20
        done = subprocess.run([os.environ["TAIZHANG"], "--today", "2023-06-15", "--jobs", "8", "report", "halfmonth"], cwd=folder,
                              capture_output=True, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
        if done.returncode not in (0, 4) or (done.returncode == 4) != (b"out-of-memory" in done.stderr):
            wrong.append(f"{megabytes} MB: exit {done.returncode}, {done.stderr.decode()[:200]}")
    return wrong


def main():
    with tempfile.TemporaryDirectory() as scratch:
        source = pathlib.Path(scratch) / "baoji"
        shutil.copytree(REPO / "examples/baoji", source)
        wrong = check_nasty(source)
        wrong += check_memory(source)
        wrong += check_faults(source)
    for line in wrong:
        print(line)
    print(f"{len(FAULTS)} faults and {len(nasty())} kinds of files: {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
