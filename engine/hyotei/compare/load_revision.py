"""A rulebook by id, by path, or as it stood in a git revision."""

import os
import subprocess
from pathlib import Path
from typing import Final

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.cached_rulebooks import FILE
from hyotei.rulebook.document_formats import ReadDocument, document_in, other_format
from hyotei.rulebook.library import folder_of, load_rulebook
from hyotei.rulebook.load import parse_document
from hyotei.rulebook.model import Rulebook

PREFIX: Final = "git:"
SECONDS: Final = 30


def load_revision(name: "str | os.PathLike[str]", other: "Rulebook | str | os.PathLike[str]") -> Rulebook:
    """A rulebook by id or path, or `git:REV` and `git:REV:path`; without a path it is the file of the other rulebook.

    Raises:
        HyoteiError: it cannot be read; HY931 to HY937, git cannot give it.
    """
    text = os.fspath(name)
    if not text.startswith(PREFIX):
        return load_rulebook(name)
    revision, _, path = text.removeprefix(PREFIX).partition(":")
    if not revision or revision.startswith("-"):
        raise HyoteiError(Diagnostic("HY935", params={"name": text}))
    file = Path(path) if path else _file_of(other, text)
    folder = file if file.is_dir() else file.parent
    if file.is_dir():
        file = file / FILE
    shown = f"{text.removeprefix(PREFIX)}:{file.name}" if not path else text
    return parse_document(_shown(revision, folder, file), shown)


def _file_of(other: "Rulebook | str | os.PathLike[str]", name: str) -> Path:
    """The file of the rulebook that stands beside a revision."""
    if isinstance(other, Rulebook):
        raise HyoteiError(Diagnostic("HY934", params={"name": name}))
    text = os.fspath(other)
    if text.startswith(PREFIX):
        path = text.removeprefix(PREFIX).partition(":")[2]
        if not path:
            raise HyoteiError(Diagnostic("HY934", params={"name": name}))
        return Path(path)
    path_of = Path(text)
    return path_of if path_of.is_file() else folder_of(other) / FILE


def _shown(revision: str, folder: Path, file: Path) -> ReadDocument:
    """The document of a file in a revision."""
    place = folder
    while not place.is_dir() and place != place.parent:
        # The folder of the file may be gone since.
        place = place.parent
    top = _git(place, "rev-parse", "--show-toplevel")
    if top is None:
        raise HyoteiError(Diagnostic("HY932", params={"folder": str(place)}))
    if _git(place, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") is None:
        raise HyoteiError(Diagnostic("HY933", params={"revision": revision}))
    inside = os.path.relpath(file.absolute().resolve(), Path(top.decode(errors="replace").strip()).resolve())
    found = _git(place, "show", f"{revision}:{Path(inside).as_posix()}")
    if found is None:
        raise HyoteiError(Diagnostic("HY936", params={"revision": revision, "file": Path(inside).as_posix()}))
    if other_format(file):
        return document_in(found, file.name)
    try:
        return ReadDocument(found.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise HyoteiError(Diagnostic("HY937", params={"revision": revision, "file": Path(inside).as_posix()})) from None


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git writes; None where it says no."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            timeout=SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired, ValueError):
        raise HyoteiError(Diagnostic("HY931")) from None
    return done.stdout if done.returncode == 0 else None
