"""Forms by id and by path: those shipped with Hyotei, and one's own in `./forms`, `HYOTEI_FORMS` and the user's folder."""

import os
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from hyotei.base.shipped_files import forms_folder
from hyotei.base.text_file import read_text
from hyotei.forms.front_matter import FormHead, form_head
from hyotei.forms.load import Loaded, read_form
from hyotei.forms.model import BASE, COMMON_LIST, FILE, Form
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.check.names import suggestion
from hyotei.rulebook.rule_folders import user_folder
from hyotei.rulebook.rulebook_text import RulebookText

SETTING: Final = "HYOTEI_FORMS"
"""The environment variable that names further folders of forms, parted as PATH is."""
HERE: Final = "forms"
CASES: Final = "cases.yaml"
"""The name of the file of cases beside a form."""
Origin = Literal["shipped", "here", "setting", "user"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A form of the library, known by its front matter only."""

    folder: Path
    head: FormHead
    origin: Origin


def form_folders() -> dict[Path, Origin]:
    """All folders with one folder a form, one's own before that of Hyotei, each once."""
    named = [Path(each) for each in os.environ.get(SETTING, "").split(os.pathsep) if each]
    places: list[tuple[Path, Origin]] = [(Path(HERE), "here"), *((each, "setting") for each in named)]
    places += [(user_folder().with_name(HERE), "user"), (forms_folder(), "shipped")]
    shipped = forms_folder().resolve()
    found: dict[Path, Origin] = {}
    for path, origin in places:
        if path.is_dir():
            found.setdefault(path.resolve(), "shipped" if path.resolve() == shipped else origin)
    return found


def library() -> tuple[Entry, ...]:
    """The forms at hand in the order of their ids; of several with one id the first folder's counts."""
    entries: dict[str, Entry] = {}
    for folder, origin in form_folders().items():
        for entry in _entries(folder, origin):
            entries.setdefault(entry.head.id, entry)
    return tuple(entries[name] for name in sorted(entries))


def _entries(folder: Path, origin: Origin) -> Iterator[Entry]:
    for file in sorted(folder.glob(f"*/{FILE}")):
        try:
            state = file.stat()
        except OSError:
            continue
        yield Entry(file.parent, _head(file, (state.st_mtime_ns, state.st_size)), origin)


@cache
def _head(file: Path, state: tuple[int, int]) -> FormHead:
    """The front matter of a form, which is read once as long as its document stays the same."""
    try:
        head = form_head(RulebookText.parse(read_text(file), FILE), [])
    except HyoteiError:
        head = FormHead()
    # Without an id of its own it goes by the name of its folder, so that it can be loaded and told what is wrong.
    head.id = head.id or file.parent.name
    return head


def load_form(name: str | os.PathLike[str]) -> Form:
    """A form by its id in the library, or by the path of its document or folder.

    Raises:
        HyoteiError: there is no such form (HY668), or it has errors.
    """
    path = Path(name)
    if path.is_file() or (path / FILE).is_file():
        return read_form(path, _found).form
    found = _found(str(name))
    if found is None:
        ids = [entry.head.id for entry in library()]
        params = {"name": str(name), "hint": suggestion(str(name), ids), "ids": ", ".join(ids)}
        raise HyoteiError(Diagnostic("HY668", params=dict(params)))
    return found.form


def folder_of(name: str | os.PathLike[str]) -> Path:
    """The folder of a form named by its id or path, where its cases are."""
    path = Path(name)
    if path.is_file() or (path / FILE).is_file():
        return path if path.is_dir() else path.parent
    return next((entry.folder for entry in library() if entry.head.id == str(name)), path)


def find_form(name: str) -> Loaded | None:
    """The form of an id with its groups of words, for those that extend it; None where there is none.

    Raises:
        HyoteiError: it has errors.
    """
    return _found(name)


_reading: ContextVar[tuple[str, ...]] = ContextVar("_reading", default=())
"""The forms that are being read, each extended by the one before it."""


def _found(name: str) -> Loaded | None:
    entry = next((each for each in library() if each.head.id == name), None)
    if entry is None:
        return None
    inside = _reading.get()
    if name in inside:
        raise HyoteiError(Diagnostic("HY648", entry.head.extends_place, {"path": " → ".join((*inside, name))}))
    return _loaded(entry.folder)


def _loaded(folder: Path) -> Loaded:
    """A form that is read once as long as its document stays the same."""
    state = (folder / FILE).stat()
    return _read(folder, (state.st_mtime_ns, state.st_size))


@cache
def _read(folder: Path, state: tuple[int, int]) -> Loaded:
    head = form_head(RulebookText.parse(read_text(folder / FILE), FILE), [])
    token = _reading.set((*_reading.get(), head.id))
    try:
        return read_form(folder, _found)
    finally:
        _reading.reset(token)


@cache
def base_form() -> Form:
    """The base form that ships with Hyotei."""
    return read_form(forms_folder() / BASE, lambda _: None).form


@cache
def common_list() -> Form:
    """The form that ships with Hyotei for lists of no known form."""
    return read_form(forms_folder() / COMMON_LIST, _found).form


def forms() -> Iterator[Form]:
    """All forms of the library that have no errors, without the base form."""
    for entry in library():
        if entry.head.id != BASE:
            try:
                yield _loaded(entry.folder).form
            except (HyoteiError, OSError):
                continue
