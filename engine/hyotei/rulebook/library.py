"""Rulebooks by id and by path: those shipped with Hyotei and one's own. Which one is for a sheet."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from hyotei.base.text_file import byte_order_mark, read_text
from hyotei.base.text_folding import folded
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Param
from hyotei.rulebook.cached_rulebooks import FILE, read_head, read_rulebook
from hyotei.rulebook.document_formats import other_format, read_document
from hyotei.rulebook.head import Head
from hyotei.rulebook.model import RESULTS, Rulebook
from hyotei.rulebook.published_documents import require_as_published
from hyotei.rulebook.rule_folders import Origin, RuleFolder, rubrics_folder, rule_folders

EVERY_AUTHORITY: Final = frozenset({"全府省", "all"})
"""How a rulebook says that it is for sheets of every authority."""
CASES: Final = "cases.yaml"
"""The name of the file of cases beside a rulebook."""

OURS: Final[frozenset[Origin]] = frozenset(("shipped", "library"))
"""Where rulebooks are that come with Hyotei."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A rulebook of the library, known by its front matter only."""

    folder: Path
    head: Head
    origin: Origin = "shipped"

    def load(self) -> Rulebook:
        """The rulebook itself.

        Raises:
            HyoteiError: it has errors, or a workbench published it and its document was changed since (HY725).
        """
        if self.origin == "published":
            require_as_published(self.folder)
        return read_rulebook(self.folder)


def library(folder: Path | None = None) -> tuple[Entry, ...]:
    """The rulebooks of a folder, by default of all folders of `rule_folders`, in the order of their ids.

    A document whose front matter cannot be read is listed with what could be read of it; loading it tells what is wrong. A copy
    that is the same to the byte is listed once; several that only share an id are all listed (`clashes`), of a workbench the one
    published last first (`newest`).

    Raises:
        HyoteiError: a folder that is set is not there (HY721).
    """
    folders = rule_folders() if folder is None else (RuleFolder("shipped", folder),)
    entries = [entry for each in folders for entry in _entries(each)]
    different: list[Entry] = []
    for entry in entries:
        if not any(entry.head.id == other.head.id and _same(entry, other) for other in different):
            different.append(entry)
    return tuple(sorted(different, key=lambda entry: entry.head.id))


def rubrics() -> tuple[Entry, ...]:
    """Published rubrics that come with Hyotei to be named or copied, in the order of their ids. None is chosen for a sheet.

    One's own rulebook of the same id comes before them.
    """
    folder = rubrics_folder()
    return tuple(sorted(_entries(folder), key=lambda entry: entry.head.id)) if folder.path.is_dir() else ()


def newest(entries: Iterable[Entry]) -> list[Entry]:
    """Of the versions of an id that a workbench published the last; it stands for one of Hyotei with that id as well.

    One's own rulebooks of that id stay beside it: they are different rulebooks of one id.
    """
    found: dict[tuple[str, Path | None], Entry] = {}
    every = list(entries)
    published = {entry.head.id for entry in every if entry.origin == "published"}
    for entry in every:
        if entry.origin == "published":
            found.setdefault((entry.head.id, None), entry)
        elif entry.origin != "shipped" or entry.head.id not in published:
            found[entry.head.id, entry.folder] = entry
    return list(found.values())


def clashes(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The ids that several different rulebooks have which are no versions of one, with these."""
    found: dict[str, list[Entry]] = {}
    for entry in newest(entries):
        found.setdefault(entry.head.id, []).append(entry)
    return {name: several for name, several in found.items() if len(several) > 1}


def _same(one: Entry, other: Entry) -> bool:
    try:
        return (one.folder / FILE).read_bytes() == (other.folder / FILE).read_bytes()
    except OSError:
        return False


def _entries(place: RuleFolder) -> Iterator[Entry]:
    published = place.origin == "published"
    for file in sorted(place.path.glob(f"{'[0-9]*' if published else '*'}/{FILE}"), reverse=published):
        try:
            head = read_head(file)
        except HyoteiError:
            head = Head()
        # Without an id of its own it goes by the name of its folder, so that it can be loaded and told what is wrong.
        yield Entry(file.parent, head if head.id else replace(head, id=file.parent.name), place.origin)


def load_rulebook(name: str | os.PathLike[str]) -> Rulebook:
    """A rulebook by its id in the library, or by the path of its document or folder.

    Raises:
        HyoteiError: there is no such rulebook, or it has errors.

    Example:
        >>> load_rulebook("mic-2013").authority
        '総務省'
    """
    path = _at(name)
    if path is not None:
        return read_rulebook(path)
    found = _found(str(name))
    if found is None:
        raise _no_such(str(name))
    book = found.load()
    # Whoever uses a rulebook that comes with Hyotei cannot mend it.
    return replace(book, warnings=()) if found.origin in OURS else book


def _no_such(name: str) -> HyoteiError:
    from hyotei.rulebook.check.names import suggestion  # needed for mistakes only

    ids = [entry.head.id for entry in (*library(), *rubrics())]
    hint = suggestion(name, ids)
    return HyoteiError(Diagnostic("HY360", params={"name": name, "hint": hint, "ids": ", ".join(ids)}))


def _named(name: str, entries: Sequence[Entry]) -> Entry | None:
    """The rulebook of an id, if there is one; of several versions the one published last.

    Raises:
        HyoteiError: there are several different ones (HY722).
    """
    found = newest(entry for entry in entries if entry.head.id == name)
    if len(found) > 1:
        places = ", ".join(str(entry.folder) for entry in found)
        raise HyoteiError(Diagnostic("HY722", params={"id": name, "places": places}))
    return found[0] if found else None


def _found(name: str) -> Entry | None:
    return _named(name, library()) or _named(name, rubrics())


def folder_of(name: str | os.PathLike[str]) -> Path:
    """The folder of a rulebook named by its id or path, where its cases are."""
    path = _at(name)
    if path is not None:
        return path if path.is_dir() else path.parent
    found = _found(str(name))
    return Path(name) if found is None else found.folder


def document_of(name: str | os.PathLike[str]) -> Path:
    """The document of a rulebook named by its id or path."""
    path = _at(name)
    return path if path is not None and path.is_file() else folder_of(name) / FILE


def cases_file_of(name: str | os.PathLike[str]) -> Path:
    """The file of the cases of a rulebook named by its id or path; it need not be there."""
    document = document_of(name)
    return document if other_format(document) else document.parent / CASES


def cases_text(name: str | os.PathLike[str]) -> str:
    """The cases of a rulebook named by its id or path, as the text of their file; empty where it has none.

    Raises:
        HyoteiError: the file cannot be read.
    """
    document = document_of(name)
    if other_format(document):
        return read_document(document).cases
    file = document.parent / CASES
    return byte_order_mark(file) + read_text(file) if file.is_file() else ""


def document_text(name: str | os.PathLike[str]) -> str:
    """The document of a rulebook named by its id or path, to the byte, whatever it is read from.

    Raises:
        HyoteiError: there is no such rulebook (HY360), or its file cannot be read.
    """
    if _at(name) is None and _found(str(name)) is None:
        raise _no_such(str(name))
    document = document_of(name)
    text = read_document(document).text
    return text if other_format(document) else byte_order_mark(document) + text


def _at(name: str | os.PathLike[str]) -> Path | None:
    """The document or folder of a rulebook, if the name is a path; a folder without a rulebook may have an id's name."""
    path = Path(name)
    try:
        found = path.is_file() or (path / FILE).is_file() or (path.exists() and not isinstance(name, str))
        return path if found or (path.is_dir() and len(path.parts) > 1) else None
    except OSError:  # such as a name longer than any file's
        return None


def rulebook_for(authority: str, fiscal_year: int, among: Sequence[Entry] | None = None) -> Rulebook:
    """The one rulebook of the library that is in force for an authority and an evaluated fiscal year.

    Of several, those that another of them replaces (`supersedes`) are left out, and of one id all versions but the one published
    last.

    `among` is the library, for those who ask often and have it at hand.

    Raises:
        HyoteiError: there is none (HY361, with HY367 for each whose front matter cannot be read), or there are several (HY362).
    """
    entries = library() if among is None else among
    of_authority = [entry for entry in entries if folded(entry.head.authority) == folded(authority)]
    found = not_superseded(newest(entry for entry in of_authority if entry.head.in_force(fiscal_year)))
    if len(found) == 1:
        return found[0].load()
    several = clashes(found)
    ids = ", ".join(
        f"{entry.head.id} ({entry.folder})" if entry.head.id in several else entry.head.id
        for entry in (found or of_authority)
    )
    params: dict[str, Param] = {"authority": authority, "year": str(fiscal_year), "ids": ids or "-"}
    if found:
        raise HyoteiError(Diagnostic("HY362", params=params))
    raise HyoteiError(Diagnostic("HY361", params=params), *unreadable(entries))


def unreadable(entries: Iterable[Entry]) -> list[Diagnostic]:
    """A warning for each rulebook whose front matter does not say for whom it is, as where it cannot be read: none chooses it."""
    return [
        Diagnostic("HY367", params={"id": entry.head.id, "path": str(entry.folder / FILE)})
        for entry in entries
        if not entry.head.authority
    ]


def not_superseded(entries: Iterable[Entry]) -> list[Entry]:
    """Those of some rulebooks that none of the others replaces, directly or through another; all of a circle."""
    found = list(entries)
    replaced: dict[str, set[str]] = {entry.head.id: set(entry.head.supersedes) for entry in found}

    def below(name: str, seen: set[str]) -> set[str]:
        for each in replaced.get(name, set()) - seen:
            seen.add(each)
            below(each, seen)
        return seen

    gone = {each for name in replaced for each in below(name, set()) if name not in below(each, set())}
    return [entry for entry in found if entry.head.id not in gone]


def checks_for(fiscal_year: int) -> tuple[Rulebook, ...]:
    """The rulebooks of the library that only state findings, for sheets of every authority, in the order of their ids.

    They name themselves by the authority 全府省 (`all`) and are in force for the evaluated fiscal year. Those that another of them
    replaces (`supersedes`) are left out.
    """
    pairs = [(entry, book) for entry, book in check_entries() if entry.head.in_force(fiscal_year)]
    kept = [entry.folder for entry in not_superseded(newest(entry for entry, _ in pairs))]
    return tuple(book for entry, book in pairs if entry.folder in kept)


@cache
def check_entries() -> tuple[tuple[Entry, Rulebook], ...]:
    """The same for whatever year, all versions, each with where it is."""
    found = ((entry, entry.load()) for entry in library() if folded(entry.head.authority) in EVERY_AUTHORITY)
    return tuple((entry, book) for entry, book in found if not any(each.name in RESULTS for each in book.decisions))
