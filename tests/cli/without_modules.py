"""Runs commands in a process in which some modules cannot be imported, as where an extra is not installed.

It is a script for a process of its own, because modules that are loaded cannot be taken away: it reads `{"modules": [...],
"commands": [[...], ...]}` from stdin and writes how each command went. It imports nothing of the tests, which need the extras.
"""

import io
import json
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType


class _Finder(PathFinder):
    """Finds what Python's own finder of installed modules does, save some."""

    hidden: frozenset[str] = frozenset()

    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in cls.hidden:
            return None
        return PathFinder.find_spec(fullname, path, target)


def _main() -> None:
    wanted = json.load(sys.stdin)
    _Finder.hidden = frozenset(wanted["modules"])
    sys.meta_path[:] = [_Finder if finder is PathFinder else finder for finder in sys.meta_path]
    from hyotei.cli import run

    found = []
    for command in wanted["commands"]:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(command)
        found.append({"code": code, "out": out.getvalue(), "err": err.getvalue()})
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    _main()
