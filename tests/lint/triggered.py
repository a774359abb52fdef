#!/usr/bin/env python3
"""Every diagnostic of the catalogue is triggered by a test: its code stands in a string of a unit test,
or as [code] in a transcript or a test of crashes. Tests of lib/render do not count, they are handed
their codes."""

import re

import common
import messages


# What only a broken machine, a fault of ours or a command to come can bring about, each with the reason.
UNREACHED = {
    "edit-not-proven": "a fault of the program itself; the property and fuzz tests look for it",
    "gb18030-missing": "a C library without its GB18030 converter",
    "readers-disagree": "a fault of a reader; toml-test and the fuzz test look for it",
    "out-of-memory": "memory that runs out",
    "usage": "an error of the option parser that none of the other codes describes",
}


def findings(root):
    catalogue, _ = messages.read_catalogue(root)
    tested = set()
    for source in common.sources(root, "tests/unit"):
        if source.path.startswith("tests/unit/render/"):
            continue
        for _, text in source.strings:
            tested.add(text)
            tested.update(re.findall(r"(?<![\w-])[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?![\w-])", text))
    for place in (*(root / "tests/cli").glob("*.md"), *(root / "tests/crash").glob("*")):
        if place.is_file():
            tested.update(re.findall(r"\[([a-z0-9-]+)\]", place.read_text("utf-8")))
    for name, (path, line, texts) in catalogue.items():
        if "zh-fix" in texts and name not in tested and name not in UNREACHED:
            yield path, line, f"no test triggers {name}"


if __name__ == "__main__":
    common.main(findings)
