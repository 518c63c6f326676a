"""A folder that is written whole or not at all, and that replaces only a folder of the same kind."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from hyotei.base.atomic_write import draft_folder, temporary_files_in
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
    with draft_folder(target) as work, temporary_files_in(work):
        yield work


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
