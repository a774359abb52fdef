#!/usr/bin/env python3
"""Completion typed at a terminal: in bash, zsh and fish a Tab makes of the same beginning the same words."""

import os
import pathlib
import pty
import select
import shutil
import signal
import sys
import tempfile
import time

REPO = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ["TAIZHANG"]).resolve()
HOME_KEY = b"\x01"
SHELLS = {
    "bash": (["bash", "--noprofile", "--norc", "-i"], "PS1='ready> '; source <(taizhang completion bash)"),
    "zsh": (["zsh", "-f", "-i"], "PS1='ready> '; bindkey -e; autoload -Uz compinit && compinit -u -D; "
                                 "source <(taizhang completion zsh)"),
    "fish": (["fish", "--no-config", "-i"], "function fish_prompt; echo -n 'ready> '; end; "
                                            "taizhang completion fish | source"),
}
# What is typed before the Tab, and the words that it makes.
TYPED = (
    ("taizhang repr", ["taizhang", "reproduce"]),
    ("taizhang show 汤", ["taizhang", "show", "汤峪镇/示例甲村"]),
    ("taizhang report half", ["taizhang", "report", "halfmonth"]),
    ("taizhang survey 汤峪镇/示例甲村 --answer team_we",
     ["taizhang", "survey", "汤峪镇/示例甲村", "--answer", "team_weak="]),
    ("taizhang --lang=e", ["taizhang", "--lang=en"]),
    ("taizhang status --form", ["taizhang", "status", "--format"]),
    ("taizhang -C ../镇村/ show 汤", ["taizhang", "-C", "../镇村/", "show", "汤峪镇/示例甲村"]),
    ("taizhang show 没有这村", ["taizhang", "show", "没有这村"]),
)


class Terminal:
    def __init__(self, words, folder, home):
        self.process, self.end = pty.fork()
        if self.process == 0:
            try:
                os.chdir(folder)
                os.execvpe(words[0], words, {"PATH": f"{home}/bin:/usr/bin:/bin", "HOME": str(home), "TERM": "dumb",
                                             "LANG": "C.UTF-8", "COLUMNS": "200"})
            except OSError as error:
                os.write(2, f"{words[0]}: {error}\n".encode())
            os._exit(127)  # the child never comes back to tidy up what the parent still uses

    def type(self, text):
        os.write(self.end, text if isinstance(text, bytes) else text.encode())

    def told(self, until=None, quiet=0.6, limit=20):
        """What it shows until a mark, or until it says nothing more."""
        seen = b""
        last = start = time.monotonic()
        while time.monotonic() - start < limit:
            if select.select([self.end], [], [], 0.05)[0]:
                try:
                    seen += os.read(self.end, 65536)
                except OSError:
                    break
                last = time.monotonic()
            if until and until in seen:
                break
            if not until and time.monotonic() - last > quiet:
                break
        return seen

    def close(self):
        os.close(self.end)
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)


def completed(terminal, typed):
    """The words on the command line after a Tab, and what was shown."""
    terminal.type(typed)
    terminal.told(quiet=0.3)
    terminal.type("\t")
    shown = terminal.told(quiet=1.0)
    terminal.type(HOME_KEY + b"printf '[%s]\\n' @@ ")
    terminal.told(quiet=0.3)
    terminal.type("\n")
    shown += terminal.told(quiet=0.6)
    lines = [line.strip() for line in shown.decode(errors="replace").replace("\r", "\n").split("\n")]
    words = [line[1:-1] for line in lines if line.startswith("[") and line.endswith("]")]
    return words[1:] if words[:1] == ["@@"] else None, shown


def main():
    faults = []
    with tempfile.TemporaryDirectory(prefix="taizhang-shells.") as place:
        home = pathlib.Path(place)
        (home / "bin").mkdir()
        (home / "bin/taizhang").symlink_to(PROGRAM)
        folder = home / "镇村"
        shutil.copytree(REPO / "examples" / "baoji", folder)
        for shell, (words, setup) in SHELLS.items():
            if not shutil.which(shell):
                faults.append(f"{shell} is not installed")
                continue
            terminal = Terminal(words, folder, home)
            terminal.told()
            terminal.type(setup + "; echo set\\ up\n")
            terminal.told(b"\nset up")
            terminal.told()
            for typed, expected in TYPED:
                got, shown = completed(terminal, typed)
                if got != expected:
                    faults.append(f"{shell}: {typed!r} became {got}, not {expected}\n    {shown!r}")
            terminal.close()
    for fault in faults:
        print(fault)
    print(f"{len(SHELLS)} shells, {len(TYPED)} beginnings each, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
