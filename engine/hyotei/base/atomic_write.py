"""Files and folders that are written whole or not at all: a draft beside the target takes its place at the end.

A process that is killed leaves its draft. The next one that writes to the same target removes it: each process holds a lock on
its draft, which ends with the process, so that the draft of one that is at work is never touched. All that happens under the
lock of the folder is short, so two processes that begin or end at once wait for each other.
"""

import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from hyotei.base import file_lock

_LONGEST_WAIT: Final = 2.0
"""Seconds that another process may take under the lock of a folder; it needs a thousandth of that."""
_SPILL: Final = "hyotei-spill-"
_own: Final[set[Path]] = set()
"""The drafts of folders that this process holds: no other process is in them, and one's own lock would be waited for."""


@contextmanager
def draft_file(target: Path) -> Iterator[Path]:
    """An empty file to be written and closed, which becomes `target` at the end; if anything fails `target` stays as it was.

    What is no ordinary file, such as a device or a pipe, is written directly.

    Raises:
        OSError: the draft cannot be made, or cannot take the place of `target`.
    """
    target = Path(os.path.realpath(target))
    if target.exists() and not target.is_file():
        yield target
        return
    with _alone(target.parent):
        remove_left(target)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        _hold(handle)
    draft = Path(name)
    try:
        draft.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
        yield draft
        draft.replace(target)
    finally:
        os.close(handle)
        draft.unlink(missing_ok=True)


@contextmanager
def draft_folder(target: Path) -> Iterator[Path]:
    """An empty folder to be written to, which takes the place of `target`, a folder or nothing, at the end.

    If anything fails `target` stays as it was. If the process is killed at the moment of the change, the old folder stands beside
    `target` and is put back by the next one.

    Raises:
        OSError: the draft cannot be made, or cannot take the place of `target`.
    """
    with _alone(target.parent):
        remove_left(target)
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent))
        handle = os.open(draft, os.O_RDONLY) if file_lock.supported() else None
        if handle is not None:
            _hold(handle)
    held = draft.resolve()
    _own.add(held)
    try:
        yield draft
        draft.chmod(0o777 & ~_umask())
        with _alone(target.parent):
            _put(draft, target)
    finally:
        _own.discard(held)
        if handle is not None:
            os.close(handle)
        shutil.rmtree(draft, ignore_errors=True)


def remove_left(target: Path) -> None:
    """Removes the drafts for a target whose processes are gone, and puts back an old folder that one of them had set aside."""
    mine = re.compile(rf"\.{re.escape(target.name)}\.[a-z0-9_]+\.(tmp|old)")
    for left in _named(target.parent, mine):
        if left.name.endswith(".old"):
            aside = left / target.name
            if aside.exists() and not target.exists():
                with suppress(OSError):
                    aside.rename(target)
        elif not _gone(left):
            continue
        _remove(left)


@contextmanager
def spill_folder() -> Iterator[Path]:
    """A folder for what memory does not hold; those of processes that are gone are removed first."""
    parent = Path(tempfile.gettempdir())
    with _alone(parent):
        for left in _named(parent, re.compile(rf"{_SPILL}[a-z0-9_]{{8}}")):
            if _gone(left):
                _remove(left)
        folder = Path(tempfile.mkdtemp(prefix=_SPILL))
        handle = os.open(folder, os.O_RDONLY) if file_lock.supported() else None
        if handle is not None:
            _hold(handle)
    try:
        yield folder
    finally:
        if handle is not None:
            os.close(handle)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def temporary_files_in(folder: Path) -> Iterator[None]:
    """All temporary files of this process, also those of libraries, lie in a folder of a draft and go with it if it is left."""
    place = folder / ".temporary"
    place.mkdir()
    before = tempfile.tempdir
    tempfile.tempdir = str(place)
    try:
        yield
    finally:
        tempfile.tempdir = before
        shutil.rmtree(place, ignore_errors=True)


def _put(draft: Path, target: Path) -> None:
    """Renames the new folder into its place; an old one steps aside, and comes back if the new one cannot go there."""
    if not target.exists():
        draft.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".old", dir=target.parent))
    try:
        aside = old / target.name
        target.rename(aside)
        try:
            draft.rename(target)
        except OSError:
            with suppress(OSError):
                aside.rename(target)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Waits for other processes that are here in the same folder, where the system and the file system let us."""
    handle = None
    with suppress(OSError):
        if file_lock.supported() and folder.resolve() not in _own:
            handle = os.open(folder, os.O_RDONLY)
            until = time.monotonic() + _LONGEST_WAIT
            while not file_lock.exclusive(handle) and time.monotonic() < until:
                time.sleep(0.005)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _hold(handle: int) -> None:
    with suppress(OSError):  # a file system without locks
        if file_lock.supported():
            file_lock.exclusive(handle)


def _gone(path: Path) -> bool:
    """Whether the process that wrote a draft is gone, as far as that can be known."""
    return file_lock.supported() and not file_lock.in_use(path)


def _named(folder: Path, pattern: "re.Pattern[str]") -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [folder / entry.name for entry in entries if pattern.fullmatch(entry.name)]
    except OSError:
        return []


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    with suppress(OSError):
        path.unlink()


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
