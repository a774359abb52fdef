#!/usr/bin/env python3
"""The lint scripts themselves: a small clean repository has no findings, and each fault planted in it
is found. Prints the faults that went unseen."""

import pathlib
import sys
import tempfile

import commands
import floors
import format as fields
import messages
import triggered

CLEAN = {
    "CMakeLists.txt": "", "README.md": f"# 台账\n{fields.BEGIN}\n| a |\n\n{fields.END}", "data/messages/terms.txt": "申请销号 = apply\n",
    "data/messages/a.txt": "# 注\n[bad-key]\nzh: 没有“{key}”\nzh-fix: 删去\nen: no {key}\nen-fix: remove\n\n"
                           "[column.village]\nzh: 村\nen: village\n\n[field.name]\nzh: 名\nen: name\n",
    "examples/run": "",
    "tests/cli/list.md": "",
    "lib/base/date.hpp": "#pragma once\n// \"no-message\" std::cout\n",
    "lib/model/term.hpp": '#pragma once\n#include "base/date.hpp"\nconst char* term = "申请销号";\n',
    "lib/store/load.cpp": '#include "model/term.hpp"\nauto d = report("bad-key"); auto s = "a{:.1f}";\n',
    "lib/render/csv.cpp": 'auto h = text("column.village"); auto f = "field." + key; auto n = "x.toml";\n',
    "lib/document/parse.cpp": "#include <toml++/toml.h>\nint n = 1'000; char c = '\"';\n",
    "cmd/commands.cpp": 'Command{"list", {}, "column.village", f}, Command{"__options", {}, "", g},\n',
    "cmd/list.cpp": '#include "commands.hpp"\n#include <iostream>\n#include <CLI/App.hpp>\n',
    "cmd/commands.hpp": "#pragma once\n",
    "tests/unit/store/load_test.cpp": 'CHECK(spots(load()) == "a:1:2 bad-key");\n',
    "cmd/list.md": "# taizhang list: 列出\n- `-n, --dry-run` 只看\n- `-C DIR` 处\n<!-- en -->\n"
                   "# taizhang list: lists\n- `-n`, `--dry-run` look only\n",
    "build-test/taizhang": '#!/bin/sh\ncase $1:$2 in *:schema) echo "{}";; *:chapter) echo "| a |";; *:) echo -C;;\n'
                           '*) printf -- "-n\\n--dry-run\\n";; esac\n',
    **{f"data/schema/{kind}.json": "{}\n" for kind in fields.KINDS},
}

# (script, file, text to add at its end or None to remove the file, what the finding says)
FAULTS = [
    (floors, "lib/base/date.hpp", '#include "model/term.hpp"\n', "lib/base may not see lib/model"),
    (floors, "lib/model/term.hpp", '#include "document/parse.cpp"\n', "lib/model may not see lib/document"),
    (floors, "lib/store/load.cpp", '#include "render/csv.cpp"\n', "lib/store may not see lib/render"),
    (floors, "lib/store/load.cpp", '#include "load.hpp"\n', "write the path from lib/"),
    (floors, "lib/store/load.cpp", '#include "base/none.hpp"\n', "there is no lib/base/none.hpp"),
    (floors, "lib/store/load.cpp", "#include <toml++/toml.h>\n", "one file of lib/document"),
    (floors, "lib/document/other.cpp", "#include <toml.hpp>\n", "one file of lib/document"),
    (floors, "lib/render/csv.cpp", "#include <CLI/App.hpp>\n", "one file of cmd"),
    (floors, "cmd/commands.hpp", "#include <CLI/App.hpp>\n", "one file of cmd"),
    (floors, "lib/render/csv.cpp", "#include <nlohmann/json.hpp>\n", "inside lib/render/*json*"),
    (floors, "lib/store/load.cpp", "#include <unistd.h>\n", "only lib/base calls the system"),
    (floors, "lib/store/load.cpp", "#include <fstream>\n", "only lib/base calls the system"),
    (floors, "lib/store/load.cpp", 'auto f() { fmt::print("x"); }\n', "only cmd prints"),
    (floors, "lib/store/load.cpp", "auto f() { std::cout << 1; }\n", "only cmd prints"),
    (floors, "lib/store/load.cpp", "auto f() { std::exit(1); }\n", "exit codes"),
    (floors, "lib/store/load.cpp", "auto f() { return system_clock::now(); }\n", "reads the clock"),
    (floors, "lib/store/load.cpp", "auto f() { throw std::runtime_error(e); }\n", "Failure"),
    (floors, "cmd/list.cpp", "auto v = a | std::views::all;\n", "views"),
    (floors, "cmd/list.cpp", "auto v = std::ranges::unique(a);\n", "subrange"),
    (floors, "cmd/list.cpp", 'auto v = u8"x";\n', "char8_t"),
    (floors, "cmd/list.cpp", "auto v = setlocale(1, a);\n", "locale"),
    (floors, "cmd/list.cpp", "auto v = std::format(a);\n", "std::format"),
    (floors, "cmd/list.cpp", "#define X 1\n", "macros"),
    (floors, "cmd/list.cpp", 'auto v = fmt::format("{:<.4}", a);\n', "use cut()"),
    (floors, "cmd/list.cpp", 'auto v = fmt::format("{:.{}}", a, n);\n', "use cut()"),
    (floors, "cmd/list.cpp", 'auto v = "没有这个村，请重选";\n', "prose"),
    (floors, "cmd/list.cpp", "// TODO\n", "left undone"),
    (floors, "cmd/list.cpp", "//\n" * 600, "split it by purpose"),
    (floors, "lib/base/other.hpp", "int a;\n", "#pragma once"),
    (floors, "lib/other/a.cpp", "int a;\n", "no floor"),
    (floors, "lib/base/string_util.cpp", "int a;\n", "util"),
    (floors, "notes.txt", "", "the top level is fixed"),
    (floors, "README.md", None, "missing at the top level"),
    (messages, "data/messages/a.txt", "[bad-word]\nzh: 坏\nzh-fix: 改\nen: bad\nen-fix: mend\n", "nobody uses bad-word"),
    (messages, "data/messages/a.txt", "[light.red]\nzh: 红\nen: red\n", "nobody uses light.red"),
    (messages, "data/messages/a.txt", "\n[field.a]\nzh: 名\n", "field.a: en is missing"),
    (messages, "data/messages/a.txt", "\n[field.a]\nzh: 名{n}\nen: name\n", "differ in {n}"),
    (messages, "data/messages/a.txt", "\n[field.a]\nzh: 名\nen: name\nen-fix: no\n", "has no en-fix"),
    (messages, "data/messages/a.txt", "\n[field.name]\nzh: 名\nen: name\n", "already"),
    (messages, "data/messages/a.txt", "\nloose text\n", "neither"),
    (messages, "data/messages/a.txt", "\n[Bad_Key]\nzh: 名\nen: name\n", "kebab-case"),
    (messages, "data/messages/terms.txt", "销号\n", "a term"),
    (messages, "lib/store/load.cpp", 'auto e = report("no-such");\n', "no message no-such"),
    (messages, "lib/store/load.cpp", 'auto e = text("column.none");\n', "no message column.none"),
    (messages, "lib/store/load.cpp", 'd.code = "locked";\n', "no message locked"),
    (triggered, "tests/unit/store/load_test.cpp", None, "no test triggers bad-key"),
    (triggered, "data/messages/a.txt", "\n[bad]\nzh: 坏\nzh-fix: 改\nen: bad\nen-fix: mend\n", "no test triggers bad"),
    (commands, "cmd/list.cpp", None, "has no cmd/list.cpp"),
    (commands, "cmd/list.md", None, "has no cmd/list.md"),
    (commands, "tests/cli/list.md", None, "has no tests/cli/list.md"),
    (commands, "cmd/list.md", "- `--none X` nothing\n", "list has no option --none"),
    (commands, "cmd/other.md", "# taizhang other: x\n", "the page of no command"),
    (commands, "cmd/commands.cpp", 'Command{"gone", {}, "column.village", f},\n', "gone has no cmd/gone.cpp"),
    (commands, "build-test/taizhang", "echo --more\n", "half does not tell of --more"),
    (commands, "build-test/taizhang", None, "build the program first"),
    (fields, "data/schema/village.json", "{}\n", "not what the program makes"),
    (fields, "data/schema/village.json", None, "not what the program makes"),
    (fields, "data/schema/visit.json", "{}\n", "the schema of no kind of file"),
    (fields, "README.md", None, "the markers"),
]


def plant(root, path, text):
    target = root / path
    if text is None:
        target.unlink()
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a", encoding="utf-8") as file:
        file.write(text)


def found_with(script, *fault):
    with tempfile.TemporaryDirectory(prefix="taizhang-lint.") as place:
        root = pathlib.Path(place)
        for path, text in CLEAN.items():
            plant(root, path, text)
        (root / "build-test/taizhang").chmod(0o755)
        if fault:
            plant(root, *fault)
        return [f"{path}:{line}: {text}" for path, line, text in script.findings(root)]


def main():
    unseen = [f"tests/lint/selftest.py:1: finds in a clean tree: {found}"
              for script in (floors, messages, triggered, commands, fields) for found in found_with(script)]
    for script, path, text, says in FAULTS:
        if not any(says in found for found in found_with(script, path, text)):
            unseen.append(f"tests/lint/selftest.py:1: {script.__name__} does not see in {path}: {says}")
    print("".join(f"{line}\n" for line in unseen), end="")
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(main())
