"""Runs commands in a process in which some modules cannot be imported, as where an extra is not installed.

It is a script for a process of its own, because modules that are loaded cannot be taken away: it reads `{"modules": [...],
"commands": [[...], ...], "windows": false}` from stdin and writes how each command went. It imports nothing of the tests, which
need the extras.
"""

import errno
import io
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType, SimpleNamespace


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


def _like_windows() -> None:
    """Takes away what Windows has not: file locks, alarms, limits of memory, folders as files, and a C `long` of 64 bits."""
    for name in ("setitimer", "SIGALRM", "SIGPROF", "ITIMER_REAL", "ITIMER_PROF"):
        delattr(signal, name)
    from hyotei.inference import driver_library

    open_file = os.open

    def opened(path: str, flags: int, *more: int, **options: int) -> int:
        if os.path.isdir(path):  # noqa: PTH112  # whatever it is
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return open_file(path, flags, *more, **options)

    setattr(os, "open", opened)  # noqa: B010  # one that takes less than the real one
    setattr(driver_library, "struct", SimpleNamespace(calcsize={"l": 4}.get))  # noqa: B010  # as above


def _main() -> None:
    wanted = json.load(sys.stdin)
    _Finder.hidden = frozenset(wanted["modules"])
    sys.meta_path[:] = [_Finder if finder is PathFinder else finder for finder in sys.meta_path]
    if wanted.get("windows"):
        _like_windows()
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
