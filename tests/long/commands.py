#!/usr/bin/env python3
"""What a writing command changes: undone, it is as if it had never been; a record costs no other byte,
whatever the file's line ends; one value is one line; and no text, whatever is in it, can make a key or a
record of its own."""

import concurrent.futures
import datetime
import itertools
import os
import pathlib
import subprocess
import sys
import tempfile
import tomllib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import workspace  # noqa: E402

SPACE = " \t\n\v\f\r\u3000"
BOM = b"\xef\xbb\xbf"
# How a ledger may have been saved.
SAVED = {
    "plain": lambda data: data,
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "BOM": lambda data: BOM + data,
    "no last newline": lambda data: data.rstrip(b"\n"),
    "tabs": lambda data: data.replace(b" = ", b"\t=\t").replace(b"     #", b"\t#"),
    "all": lambda data: BOM + data.rstrip(b"\n").replace(b" = ", b"\t=  ").replace(b"\n", b"\r\n"),
}


def saved(folder, how):
    for file in folder.rglob("*.toml"):
        file.write_bytes(SAVED[how](file.read_bytes()))


def difference(old, new):
    """Lines that git says were removed and added."""
    done = subprocess.run(["git", "diff", "--no-index", "--text", "-U0", str(old), str(new)],
                          capture_output=True, check=False)
    lines = [line for line in done.stdout.split(b"\n")[4:] if line[:1] in (b"-", b"+")]
    return ([line[1:] for line in lines if line[:1] == b"-"], [line[1:] for line in lines if line[:1] == b"+"])


# ---- undo ------------------------------------------------------------------------------------------

def undone(folder, name, how):
    """Do and undo, and undo that, and let a hand come between."""
    workspace.make(folder)
    saved(folder, how)
    before, words = workspace.COMMANDS[name]
    for each in before:
        workspace.must(folder, *each)
    words = workspace.filled(folder, words)
    where, wrong = f"{name}, {how}", []
    old = workspace.state(folder)
    dry = workspace.must(folder, *words, "-n")
    if workspace.state(folder) != old:
        wrong.append(f"{where}: -n writes")
    if "+++ " not in dry.out:
        wrong.append(f"{where}: -n shows no difference: {str(dry)[:300]}")
    workspace.must(folder, *words)
    new = workspace.state(folder)
    if new == old:
        wrong.append(f"{where}: nothing was done")
    for expected, what in ((old, "undone"), (new, "done again"), (old, "undone again"), (new, "and again")):
        workspace.must(folder, "undo")
        if workspace.state(folder) != expected:
            wrong.append(f"{where}: {what}, it is not as it was")
    changed = [path for path in new if new[path] is not None and new[path] != old.get(path)]
    for path in changed or [path for path in old if path not in new and old[path] is not None]:
        file = folder / path
        kept = file.read_bytes() if file.exists() else None
        file.parent.mkdir(exist_ok=True)
        file.write_bytes((kept or b"") + "\n# 手工\n".encode())
        by_hand = workspace.state(folder)
        refused = workspace.run(folder, "undo")
        if refused.code != 1 or "undo-file-changed" not in refused.err or workspace.state(folder) != by_hand:
            wrong.append(f"{where}: undone over a hand's work in {path}: {refused}")
        if kept is None:
            file.unlink()
        else:
            file.write_bytes(kept)
    return wrong


def new_workspace(folder):
    """`init workspace` makes what it is undone in."""
    workspace.must(folder, "init", "workspace", "新市")
    new = workspace.state(folder)
    workspace.must(folder / "新市", "undo")
    wrong = [f"init workspace: {each} is left by undo" for each in workspace.state(folder) if each != "新市"]
    return wrong


def check_undo(scratch, pool):
    tasks = list(itertools.product(workspace.COMMANDS, SAVED))

    def start(number):
        folder = scratch / f"undo-{number}"
        folder.mkdir()
        return undone(folder, *tasks[number])
    wrong = [each for found in pool.map(start, range(len(tasks))) for each in found]
    folder = scratch / "undo-init"
    folder.mkdir()
    print(f"undo: {len(workspace.COMMANDS)} commands in {len(SAVED)} kinds of files, {len(wrong)} wrong")
    return wrong + new_workspace(folder)


# ---- differences -----------------------------------------------------------------------------------

def check_record(scratch):
    """One record more, not a byte less: T1's stands in the middle, T2's at the end."""
    wrong = []
    for (how, task) in itertools.product(SAVED, ("T1", "T2")):
        folder = scratch / f"record-{how}-{task}".replace(" ", "-")
        folder.mkdir()
        workspace.make(folder)
        saved(folder, how)
        old, ledger = folder / "old", folder / workspace.VILLAGE
        old.write_bytes(ledger.read_bytes())
        workspace.must(folder, *workspace.doer("log", "甲村", task, "--text", "开了“会”"))
        removed, added = difference(old, ledger)
        last = task == "T2" and how in ("no last newline", "all")
        if len(removed) != last or removed and removed[0].strip() not in [each.strip() for each in added]:
            wrong.append(f"{how}, {task}: removes {removed}")
        # Where the last line lacked its newline it comes again.
        text = b"\n".join(added[1 if last else 0:]).decode().lstrip("\ufeff").replace("\r\n", "\n")
        expected = {"entry": [{"task": task, "date": datetime.date(2023, 6, 30), "action": "进展",
                               "by": "甲村支书", "unit": "甲村党支部", "level": "村", "text": "开了“会”"}]}
        if tomllib.loads(text.replace("\r", "")) != expected:
            wrong.append(f"{how}, {task}: adds {text!r}")
        data = ledger.read_bytes()
        if how in ("CRLF", "all") and data.count(b"\n") != data.count(b"\r\n"):
            wrong.append(f"{how}, {task}: mixes line ends")
        if data.startswith(BOM) != (how in ("BOM", "all")):
            wrong.append(f"{how}, {task}: byte order mark")
        done = workspace.run(folder, "check")
        if done.code:
            wrong.append(f"{how}, {task}: {done}")
    print(f"records: {len(SAVED) * 2}, {len(wrong)} wrong")
    return wrong


VALUES = (  # place and record, key, the value that is there, another
    (("甲村",), "households", "412", "413"), (("甲村",), "kind", "村", "社区"),
    (("甲村", "T1"), "title", "健全“三会一课”", "健全制度"), (("甲村", "T1"), "due", "2023-07-31", "2023-08-15"),
    (("甲村", "T2"), "target", "3", "4"), (("甲村", "P1"), "text", "制度不落实", "制度没有落实"),
    (("甲村", "M1"), "text", "清单", "议事清单"), (("甲村", "support/1"), "unit", "县委办", "县委组织部"),
    (("甲村", "survey/1"), "answers.grade_last_year", "3", "2"), (("甲村", "survey/1"), "heard.members", "12", "13"),
    (("例县",), "roster", "部分", "全部"), (("例县", "unit/2"), "name", "县委办", "县委办公室"),
    (("例镇",), "name", "例镇", "例镇"),
)


def check_value(scratch):
    """One value is one line, and back again it is the file that was there."""
    wrong, tried = [], 0
    for how in SAVED:
        folder = scratch / f"value-{how}".replace(" ", "-")
        folder.mkdir()
        workspace.make(folder)
        saved(folder, how)
        for place, key, value, other in VALUES:
            old = workspace.state(folder)
            done = workspace.run(folder, "set", *place, key, other)
            new = workspace.state(folder)
            lines = [(a, b) for path in old if old[path] != new[path]
                     for a, b in itertools.zip_longest(old[path].split(b"\n"), new[path].split(b"\n")) if a != b]
            if done.code or len(lines) != (value != other):
                wrong.append(f"{how}, {place} {key}: {done}, {lines}")
            back = workspace.run(folder, "set", *place, key, value)
            tried += 1
            if back.code or workspace.state(folder) != old:
                wrong.append(f"{how}, {place} {key}, there and back: {back}")
    print(f"values: {tried} there and back, {len(wrong)} wrong")
    return wrong


# ---- texts that want to be more ----------------------------------------------------------------------

TEXTS = [
    '"', "'", '"""', "'''", '\\', '\\"', '\\u0022', 'x"\nkey = "1', '"\n[[task]]\nid = "T9', '\n[[entry]]\n',
    "]]", "[[task]]", "# 注", "= 1", "{ a = 1 }", "a\tb", "a\nb", "a\r\nb", "a\rb", "a\x1b[31mb", "a\x7fb",
    "a\u0085b", "a\u2028b", "a\u202eb", "a\u200bb", "a\u2066b", "\ufeffa", "字" * 20_000, "长" * 3_000, "😀",
    "e\u0301", " 前后 ", "-x", "--by", "%s%n", "{path}", "$(id)", "", "  ", b"\xff\xfe", b"a\xc3", "\ud7ff",
    "13912345678", "true", "2023-06-30", "0x10",
]
FEW = [TEXTS[index] for index in (0, 7, 8, 23, 27, 39)]
GLOBAL = {"-n", "--dry-run", "--wait", "--help", "-h", "--today", "--lang", "-C"}


def parsed(state):
    """All ledgers as tomllib reads them."""
    return {path: tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
            for path, data in state.items() if data is not None and path.endswith(".toml")}


def leaves(value):
    if isinstance(value, dict):
        value = list(value.values())
    return itertools.chain.from_iterable(map(leaves, value)) if isinstance(value, list) else (value,)


def paths(value, above=()):
    """Every key with its value: (("task", 0, "id"), "T1")."""
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    else:
        return {above: value}
    return {path: found for key, each in pairs for path, found in paths(each, (*above, key)).items()}


def with_value(words, option, value):
    """The words with that value of the option, whether it was among them or not."""
    words = list(words)
    if option in words[:-1]:
        words[words.index(option) + 1] = value
        return words
    return [*words, option, value]


class Injection:
    """One command, and one of its options or words to say things with."""

    def __init__(self, folder, name, option):
        self.folder, self.name, self.option = folder, name, option
        self.words = workspace.prepare(folder, name)
        self.old = workspace.state(folder)
        self.counts = {"taken": 0, "refused": 0}

    def words_with(self, value):
        if isinstance(self.option, int):
            return [value if at == self.option else word for at, word in enumerate(self.words)]
        return with_value(self.words, self.option, value)

    def run(self):
        """What is wrong with any of the texts: all where plain words are taken, else a few."""
        wrong = []
        plain = workspace.run(self.folder, *self.words_with("平常的话"))
        reference = parsed(workspace.state(self.folder)) if plain.code == 0 else None
        self.restore()
        for text in TEXTS if reference is not None else FEW:
            found = self.attempt(text, reference)
            wrong += [f"{self.name} {self.option} {text[:60]!r}: {each}" for each in found]
            self.restore()
        return wrong, self.counts

    def restore(self):
        now = workspace.state(self.folder)
        for path in now.keys() - self.old.keys():
            if now[path] is not None:
                (self.folder / path).unlink()
        for path, data in self.old.items():
            if data is not None and now.get(path) != data:
                (self.folder / path).write_bytes(data)
        for file in (self.folder / ".taizhang/undo").glob("*.patch"):
            if int(file.stem) > len(workspace.COMMANDS[self.name][0]):
                file.unlink()

    def attempt(self, text, reference):
        done = workspace.run(self.folder, *self.words_with(text))
        now = workspace.state(self.folder)
        if done.code not in (0, 1, 2, 3, 4):
            return [f"crash: {done}"]
        if done.code:
            self.counts["refused"] += 1
            changed = workspace.files_of(now) != workspace.files_of(self.old)
            ours = not done.err or "[edit-not-proven]" in done.err  # a fault of the program, not of the text
            return ["refused, and changed all the same"] if changed else [f"{done}"] if ours else []
        self.counts["taken"] += 1
        try:
            tree = parsed(now)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            return [f"the ledger is broken: {error}"]
        checked = workspace.run(self.folder, "check")
        wrong = [f"check: {checked}"] if checked.code else []
        changed = workspace.files_of(now) != workspace.files_of(self.old)
        if not changed and not text or isinstance(text, bytes):
            return [*wrong, "bytes that are no text were taken"] if changed else wrong
        if reference is None:
            return wrong if text in map(str, leaves(list(tree.values()))) else [*wrong, "taken, and not there"]
        return wrong + self.compare(tree, reference, text)

    def compare(self, tree, reference, text):
        """The same as with plain words but for the text itself."""
        bare = text.strip(SPACE)  # white space around a text says nothing
        named = {path.replace(text, "平常的话").replace(bare, "平常的话") if bare else path: ledger
                 for path, ledger in tree.items()}
        told, plain = paths(named if named.keys() == reference.keys() else tree), paths(reference)
        given = {path: value for path, value in plain.items() if value == "平常的话"}
        if not bare and told == {path: value for path, value in plain.items() if path not in given}:
            return []  # an empty text is as good as none
        if told.keys() != plain.keys():
            return [f"other keys: {list(told.keys() ^ plain.keys())[:4]}"]
        other = [path for path in plain if told[path] not in ((text, bare) if path in given else (plain[path],))]
        return [f"another value at {path}: {told[path]!r:.80}" for path in other]


def check_texts(scratch, pool):
    """Every option of every command, and every word that is no command."""
    cases = []
    for name, (_, words) in workspace.COMMANDS.items():
        told = subprocess.run([workspace.PROGRAM, "__options", words[0]], capture_output=True, check=True)
        options = [word for word in told.stdout.decode().split() if word.startswith("--")]
        cases += [(name, option) for option in options if option not in GLOBAL]
        first = next((at for at, word in enumerate(words) if word.startswith("--")), len(words))
        cases += [(name, at) for at in range(1, first)]

    def start(number):
        folder = scratch / f"text-{number}"
        folder.mkdir()
        return Injection(folder, *cases[number]).run()
    wrong, counts = [], {"taken": 0, "refused": 0}
    for found, more in pool.map(start, range(len(cases))):
        wrong += found
        counts = {key: counts[key] + more[key] for key in counts}
    print(f"texts: {len(cases)} options and words, {counts['taken']} taken, {counts['refused']} refused, "
          f"{len(wrong)} wrong")
    if not counts["taken"] or not counts["refused"]:
        wrong.append("nothing was tried")
    return wrong


def main():
    with tempfile.TemporaryDirectory() as scratch, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        scratch = pathlib.Path(scratch)
        wrong = check_record(scratch) + check_value(scratch)
        wrong += check_undo(scratch, pool) + check_texts(scratch, pool)
    for line in wrong:
        print(line)
    print(f"{len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
