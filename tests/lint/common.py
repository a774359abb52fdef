"""What the lint scripts share: reading C++ without a compiler, and printing findings."""

import pathlib
import re
import sys
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parents[2]

TOKEN = re.compile(
    r"""//[^\n]* | /\*.*?\*/                                   # comments
      | R"(?P<mark>[^()\\\s]{0,16})\((?P<raw>.*?)\)(?P=mark)"   # raw strings
      | "(?P<text>(?:\\.|[^"\\\n])*)"                          # strings
      | (?<!\w)'(?:\\.|[^'\\\n])+'                             # characters, but not 1'000""",
    re.S | re.X)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">].*$', re.M)


@dataclass
class Source:
    """A C++ file taken apart."""

    path: str  # relative to the repository, with slashes
    code: str = ""  # comments, strings and includes blanked, every line where it was
    strings: list = field(default_factory=list)  # (line, text between the quotes, as written)
    includes: list = field(default_factory=list)  # (line, '"' or "<", path)
    length: int = 0  # lines


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def blank(text):
    return re.sub(r"[^\n]", " ", text)


def read_source(root, path):
    source = Source(path.relative_to(root).as_posix())
    text = path.read_text(encoding="utf-8")
    source.length = len(text.splitlines())

    def take_include(match):
        source.includes.append((line_of(text, match.start()), match[1], match[2]))
        return blank(match[0])

    def take_token(match):
        content = match["raw"] if match["raw"] is not None else match["text"]
        if content is None:
            return blank(match[0])
        source.strings.append((line_of(text, match.start()), content))
        return '"' + blank(match[0])[1:-1] + '"'

    source.code = TOKEN.sub(take_token, INCLUDE.sub(take_include, text))
    return source


def sources(root, *folders):
    """The C++ files under the folders, in order of their paths."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".cpp", ".hpp") and path.is_file():
                yield read_source(root, path)


def report(findings):
    """Prints `path:line: text` for each finding and leaves."""
    found = sorted(set(findings))
    for path, line, text in found:
        print(f"{path}:{line}: {text}")
    sys.exit(1 if found else 0)


def main(findings):
    """Reports the findings under the root given (else the repository's)."""
    report(findings(pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT))
