#!/usr/bin/env python3
"""The house: who may include whom, where third-party code and the system may be touched, what is not
written anywhere, how long a file may be, and what stands at the top level."""

import re

import common

FLOORS = {"base": 0, "document": 1, "model": 1, "sheet": 1, "store": 2, "rules": 2, "workflow": 2,
          "report": 3, "render": 4, "transfer": 4}
TOP = {"CMakeLists.txt", "cmd", "lib", "data", "examples", "tests", "README.md"}
LONGEST = 600

# What may be included where: (header, files that may, how many of them at most, how to say it).
THIRD_PARTY = [
    (r"toml(\+\+|\.hpp|/)", r"lib/document/", 1, "toml++ stays inside one file of lib/document"),
    (r"CLI/", r"cmd/", 1, "CLI11 stays inside one file of cmd"),
    (r"nlohmann/", r"lib/render/[^/]*json", 9, "nlohmann stays inside lib/render/*json*"),
    (r"csv\.h|zip\.h|expat\.h", r"lib/sheet/", 9, "this library stays inside lib/sheet"),
    (r"utf8proc\.h|sha2\.h|iconv\.h", r"lib/base/", 9, "this library stays inside lib/base"),
    (r"(sys|linux)/|unistd\.h|fcntl\.h|dirent\.h|spawn\.h|poll\.h|f?stream$|filesystem$",
     r"lib/base/|cmd/(main|session)\.cpp", 99, "only lib/base calls the system"),
    (r"iostream$|cstdio$|stdio\.h|fmt/(ostream|color)\.h", r"cmd/|lib/base/", 99, "only cmd prints"),
]

# What is not written: (where, in code, why).
FORBIDDEN = [
    (r"lib/", r"\bfmt::print\b|\bstd::(cout|cerr|clog)\b|(?<![\w.>])(std::)?(f?printf|f?puts|perror)\s*\(",
     "only cmd prints"),
    (r"lib/", r"(?<![\w.>])(std::)?(_?exit|abort|quick_exit)\s*\(", "only cmd chooses exit codes"),
    (r"lib/", r"_clock::now\b|\btime\s*\(\s*(nullptr|0|NULL)\s*\)", "only cmd reads the clock"),
    (r"lib/(?!base/process)", r"\bgetenv\b|\benviron\b", "no environment below cmd"),
    (r"lib/", r"\bthrow\b(?!\s*(taizhang::)?Failure\b|\s*std::bad_alloc\b|\s*;)",
     "the one exception is Failure"),
    (r"", r"\bstd::views?::|\bstd::ranges::views\b|(?<!:)\bviews::", "clang 14 cannot read views"),
    (r"", r"\bstd::ranges::(unique|remove(_if)?|equal_range|search|partition|rotate|subrange)\b",
     "clang 14 cannot read the subrange it gives; use the one without ranges"),
    (r"", r'\bu8"', 'u8"" is char8_t; plain literals are UTF-8'),
    (r"", r"\bsetlocale\b|\bstd::locale\b", "no locale is consulted"),
    (r"", r"\bstd::v?format\b", "g++ 12 has no std::format; use fmt"),
    (r"", r"^[ \t]*#[ \t]*define\b(?!\s+TOML_)", "no macros of our own"),
    (r"", r"\busing namespace std\s*;", "each name says where it comes from"),
]
HAN = "\u4e00-\u9fff"


def folder_of(path):
    """("lib", "base") of lib/base/date.hpp, ("cmd", "") of cmd/main.cpp."""
    parts = path.split("/")
    return parts[0], parts[1] if parts[0] == "lib" and len(parts) > 2 else ""


def include_findings(root, source):
    house, own = folder_of(source.path)
    for line, quote, header in source.includes:
        if quote == "<":
            if re.match(rf"({'|'.join(FLOORS)})/", header):
                yield source.path, line, f"write our own header in quotes: {header}"
            continue
        target = header.split("/")[0] if "/" in header else ""
        if target in FLOORS:
            if not (root / "lib" / header).is_file():
                yield source.path, line, f"there is no lib/{header}"
            elif house == "lib" and target != own and FLOORS[target] >= FLOORS.get(own, -1):
                yield source.path, line, f"lib/{own} may not see lib/{target} ({header})"
        elif house == "lib":
            yield source.path, line, f"write the path from lib/ on: {header}"
        elif not (root / "cmd" / header.removeprefix("cmd/")).is_file():
            yield source.path, line, f"there is no cmd/{header}"


def text_findings(source):
    for line, text in source.strings:
        if re.search(r"(?<!\{)\{\w*:[^{}]*\.(\d+|\{\w*\})s?\}", text):
            yield source.path, line, "{:.N} cuts by code points; use cut()"
        if re.search(f"[{HAN}].*[，。；！？]|[，。；！？].*[{HAN}]", text) or re.search(f"[{HAN}]{{16}}", text):
            yield source.path, line, "prose lives in data/messages and the pages"


def findings(root):
    users = {rule: [] for rule in THIRD_PARTY}
    for source in common.sources(root, "lib", "cmd"):
        house, own = folder_of(source.path)
        if house == "lib" and own not in FLOORS:
            yield source.path, 1, "no floor of the house"
        yield from include_findings(root, source)
        yield from text_findings(source)
        for rule in THIRD_PARTY:
            pattern, allowed, _, text = rule
            for line, _, header in source.includes:
                if re.match(pattern, header):
                    users[rule].append((source.path, line))
                    if not re.match(allowed, source.path):
                        yield source.path, line, f"{text} ({header})"
        for where, pattern, text in FORBIDDEN:
            if re.match(where, source.path):
                for match in re.finditer(pattern, source.code, re.M):
                    yield source.path, common.line_of(source.code, match.start()), text
        if source.path.endswith(".hpp") and not re.search(r"^#pragma once$", source.code, re.M):
            yield source.path, 1, "a header begins with #pragma once"
        if re.search(r"util", source.path):
            yield source.path, 1, "a drawer named util is never full; say what it is"
    for (_, _, most, text), places in users.items():
        if len({path for path, _ in places}) > most:
            yield from ((path, line, text) for path, line in places)

    for folder in ("lib", "cmd", "tests"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in (".cpp", ".hpp", ".py", ".sh") or not path.is_file():
                continue
            name, lines = path.relative_to(root).as_posix(), path.read_text("utf-8").splitlines()
            if len(lines) > LONGEST:
                yield name, LONGEST, f"{len(lines)} lines; split it by purpose"
            if name.startswith("tests/lint/"):
                continue  # these name what they look for
            for number, line in enumerate(lines, 1):
                if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line):
                    yield name, number, "left undone"

    there = {path.name for path in root.iterdir()}
    for name in sorted(there - TOP):
        if not name.startswith((".", "build")):
            yield name, 1, "the top level is fixed"
    for name in sorted(TOP - there):
        yield name, 1, "is missing at the top level"


if __name__ == "__main__":
    common.main(findings)
