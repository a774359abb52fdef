#!/usr/bin/env python3
"""The catalogue: every message in both languages with the same placeholders, every id that the code
names is there, and none is there that nobody names.

How an id is recognised in lib/ and cmd/: a string literal of two or more kebab-case words is a
diagnostic (a single word only after `code =`), a literal with dots is a label. A literal that ends
in a dot ("field.") or holds {} ("column.{}") stands for every label that fits it."""

import re

import common

KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
WORD = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
DOTTED = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+")
FAMILY = re.compile(r"[a-z][a-z0-9_-]*\.([a-z0-9_.-]|\{\})*")
FILE_NAME = re.compile(r".*\.(toml|md|txt|csv|json|html|xlsx|xml|rels|cpp|hpp|lock|git)")
KEYS = ("zh", "zh-fix", "en", "en-fix")

# Literals that look like diagnostics and are none: command names are read from the table, these are
# words of other formats, ids of shipped rule sets, names of the patterns of `audit`, git's commands.
NO_IDS = {"pre-commit", "cat-file", "ls-files", "merge-file", "rev-parse", "merge.taizhang.name",
          "merge.taizhang.driver", "diff.taizhang.xfuncname",
          "ranking-illustration", "reused-evidence", "similar-text", "older-evidence", "bulk-closing",
          "same-day", "nothing-new", "moved-deadline", "problem-back", "mutual-checks",
          "removed-record", "late-commit", "utf-8"}


def placeholders(text):
    return set(re.findall(r"\{(\w*)\}", text))


def read_catalogue(root):
    """({id: (path, line, {key: text})}, findings)."""
    messages, found = {}, []
    for path in sorted((root / "data" / "messages").glob("*.txt")):
        name, block = path.relative_to(root).as_posix(), None
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line or line.startswith("#"):
                block = block if line else None
            elif path.name == "terms.txt":
                if not re.fullmatch(r"\S.* = \S.*", line):
                    found.append((name, number, "a term is written `中文 = english`"))
            elif match := re.fullmatch(r"\[(.*)\]", line):
                if not (WORD.fullmatch(match[1]) or DOTTED.fullmatch(match[1])):
                    found.append((name, number, f"an id is kebab-case or dotted: {match[1]}"))
                if match[1] in messages:
                    first = messages[match[1]]
                    found.append((name, number, f"{match[1]} stands at {first[0]}:{first[1]} already"))
                block = messages[match[1]] = (name, number, {})
            else:
                key, colon, text = line.partition(": ")
                if block is None or not colon or key not in KEYS or not text.strip():
                    found.append((name, number, "neither [id] nor zh, zh-fix, en or en-fix with a text"))
                elif key in block[2]:
                    found.append((name, number, f"{key} is there twice"))
                else:
                    block[2][key] = text
    return messages, found


def message_findings(messages):
    for name, (path, line, texts) in messages.items():
        label = "." in name
        for key in KEYS:
            if key.endswith("-fix") and label:
                if key in texts:
                    yield path, line, f"{name}: a label has no {key}"
            elif key not in texts:
                yield path, line, f"{name}: {key} is missing"
        for zh, en in (("zh", "en"), ("zh-fix", "en-fix")):
            if zh in texts and en in texts and placeholders(texts[zh]) != placeholders(texts[en]):
                differ = ", ".join(sorted(placeholders(texts[zh]) ^ placeholders(texts[en])))
                yield path, line, f"{name}: {zh} and {en} differ in {{{differ}}}"


def findings(root):
    messages, found = read_catalogue(root)
    yield from found
    yield from message_findings(messages)

    table = root / "cmd" / "commands.cpp"
    commands = re.findall(r'Command\{"([^"]+)"', table.read_text("utf-8")) if table.is_file() else []
    no_ids = NO_IDS | set(commands)
    words, families = set(), set()
    for source in common.sources(root, "lib", "cmd"):
        after_code = {common.line_of(source.code, m.start())
                      for m in re.finditer(r'\bcode\s*=\s*"', source.code)}
        for line, text in source.strings:
            words.add(text)
            if FAMILY.fullmatch(text) and (text.endswith(".") or "{}" in text):
                families.add(text)
                continue
            diagnostic = KEBAB.fullmatch(text) and text not in no_ids
            single = WORD.fullmatch(text) and line in after_code
            label = (DOTTED.fullmatch(text) and not FILE_NAME.fullmatch(text)
                     and text not in no_ids)
            if (diagnostic or single or label) and text not in messages:
                yield source.path, line, f"no message {text} in data/messages"
    fits = [re.compile(re.escape(f).replace(r"\{\}", "[^.]*") + (".*" if f.endswith(".") else ""))
            for f in families]
    for name, (path, line, _) in messages.items():
        if name not in words and not ("." in name and any(fit.fullmatch(name) for fit in fits)):
            yield path, line, f"nobody uses {name}"


if __name__ == "__main__":
    common.main(findings)
