#!/usr/bin/env python3
"""What the repository keeps of the field tables is what the built program makes of them: the files in
data/schema, and the tables of README.md between `<!-- fields: begin -->` and `<!-- fields: end -->`.
With --accept it writes them anew (then build once more: data/ is part of the program)."""

import argparse
import pathlib
import subprocess

import commands
import common

KINDS = ("workspace", "county", "township", "inspections", "village", "rules")
BEGIN, END = "<!-- fields: begin -->\n", "<!-- fields: end -->\n"


def printed(program, *words):
    done = subprocess.run([program, "__format", *words], capture_output=True, text=True, check=True)
    return done.stdout


def text_of(path):
    return path.read_text("utf-8") if path.is_file() else ""


def wanted_files(root, program):
    """{path: text as it should be}; None where the markers are missing."""
    wanted = {f"data/schema/{kind}.json": printed(program, "schema", kind) for kind in KINDS}
    before, begin, rest = text_of(root / "README.md").partition(BEGIN)
    _, end, after = rest.partition(END)
    chapter = before + BEGIN + "\n" + printed(program, "chapter") + "\n" + END + after
    wanted["README.md"] = chapter if begin and end else None
    return wanted


def first_difference(old, new):
    pairs = enumerate(zip(old.splitlines(), new.splitlines()), 1)
    return next((number for number, (a, b) in pairs if a != b), 1)


def findings(root, program=None, accept=False):
    program = program or commands.program_of(root)
    if not program:
        yield "build-test/taizhang", 1, "build the program first, so that its field tables can be compared"
        return
    for name, text in wanted_files(root, program).items():
        path = root / name
        old = text_of(path)
        if text is None:
            yield name, 1, f"the markers {BEGIN.strip()} and {END.strip()} are missing"
        elif text == old:
            continue
        elif accept:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        else:
            yield name, first_difference(old, text), "not what the program makes; tests/lint/format.py --accept"
    for path in sorted((root / "data/schema").glob("*")):
        if path.stem not in KINDS or path.suffix != ".json":
            yield path.relative_to(root).as_posix(), 1, "the schema of no kind of file"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", nargs="?", type=pathlib.Path, default=common.ROOT)
    parser.add_argument("--program", type=pathlib.Path, help="else the one in build-test/ or build/")
    parser.add_argument("--accept", action="store_true", help="write what the program makes")
    options = parser.parse_args()
    common.report(findings(options.root.resolve(), options.program, options.accept))
