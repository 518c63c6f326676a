"""The rulebooks that the workbench shows and applies: those of the library, by their ids and never by a path."""

from typing import NamedTuple

from hyotei.base.text_file import read_bytes, text_of
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.cached_rulebooks import FILE
from hyotei.rulebook.lapsed_rulebooks import carried_over
from hyotei.rulebook.library import Entry, library, newest, rubrics


def entries() -> tuple[Entry, ...]:
    """All of them, of several versions the one published last: those that are chosen for sheets, then the published rubrics."""
    return (*newest(library()), *rubrics())


def entry_of(identity: str, fiscal_year: int | None = None) -> Entry | None:
    """The rulebook of an id: of several versions the one published last, among those in force for a fiscal year if there are any.

    Raises:
        HyoteiError: there are several different ones that are no versions of one (HY722).
    """
    for among in (library(), rubrics()):
        every = [each for each in among if each.head.id == identity]
        in_force = [each for each in every if fiscal_year is not None and each.head.in_force(fiscal_year)]
        found = newest(in_force or every)
        if len(found) > 1:
            places = ", ".join(each.folder.name for each in found)
            raise HyoteiError(Diagnostic("HY722", params={"id": identity, "places": places}))
        if found:
            return found[0]
    return None


class InForce(NamedTuple):
    """The years for which a version is in force, without an end where None stands."""

    first: int | None
    last: int | None
    entry: Entry


def in_force_of(identity: str) -> list[InForce]:
    """Which version of a rulebook is in force for which years, in their order; years without one are left out."""
    every = [each for each in library() if each.head.id == identity]
    ends = {each.head.first_year for each in every} | {
        None if each.head.last_year is None else each.head.last_year + 1 for each in every
    }
    begins = sorted(each for each in ends if each is not None)
    spans = zip([None, *begins], [*begins, None], strict=True)
    found: list[InForce] = []
    for first, after in spans:
        year = first if first is not None else after - 1 if after is not None else 0
        chosen = newest(each for each in every if each.head.in_force(year))
        last = None if after is None else after - 1
        if chosen and found and found[-1].entry == chosen[0] and found[-1].last == year - 1:
            found[-1] = found[-1]._replace(last=last)
        elif chosen:
            found.append(InForce(first, last, chosen[0]))
    return found


def document_of_hash(identity: str, digest: str) -> str | None:
    """The document of the rulebook of an id and a hash, as it is or as it is carried over; None where there is none any more."""
    for entry in (*library(), *rubrics()):
        if entry.head.id == identity:
            book = entry.load()
            if digest == book.hash or digest == carried_over(book).hash:
                return document_of(entry)
    return None


def document_of(entry: Entry) -> str:
    """The document of a rulebook."""
    return text_of(read_bytes(entry.folder / FILE), FILE)
