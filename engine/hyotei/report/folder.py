"""A folder that is written whole or not at all, and that replaces only a folder of the same kind."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from hyotei.messages import Diagnostic, HyoteiError

MARK: Final = "summary.json"
"""The file that tells by its schema whose folder it is."""
SCHEMA: Final = "hyotei.audit-report/1"
_KIND: Final = SCHEMA.partition("/")[0]


@contextmanager
def report_folder(target: Path) -> Iterator[Path]:
    """A new folder to write to, which takes the place of `target` at the end; if anything fails `target` stays as it was.

    Raises:
        HyoteiError: there is something at `target` that is no report of ours (HY999), before anything is written.
    """
    target = Path.cwd() / target
    if not _replaceable(target):
        raise HyoteiError(Diagnostic("HY999", params={"path": str(target)}))
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent))
    try:
        yield work
        work.chmod(0o777 & ~_umask())
        _put(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _replaceable(target: Path) -> bool:
    """Nothing there, an empty folder, or a report of ours."""
    if not target.exists() and not target.is_symlink():
        return True
    if target.is_symlink() or not target.is_dir():
        return False
    if not any(target.iterdir()):
        return True
    try:
        with (target / MARK).open(encoding="utf-8") as file:
            found = json.load(file)
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and str(found.get("schema", "")).partition("/")[0] == _KIND


def _put(work: Path, target: Path) -> None:
    """Renames the new folder into its place; an old report steps aside, and comes back if the new one cannot go there."""
    if not target.exists():
        work.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".old", dir=target.parent))
    try:
        aside = old / target.name
        target.rename(aside)
        try:
            work.rename(target)
        except OSError:
            with suppress(OSError):
                aside.rename(target)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
