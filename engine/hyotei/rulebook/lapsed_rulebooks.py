"""Rulebooks that end before the year of a sheet: the next year's sheets come before the next year's rules.

A rulebook follows another that it replaces (`supersedes`), and one whose id is equal but for the year at its end (`rs-review-2024`,
`rs-review-2025`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from hyotei.base.text_folding import folded
from hyotei.messages import Diagnostic
from hyotei.rulebook.canonical import content_hash
from hyotei.rulebook.head import Head
from hyotei.rulebook.library import Entry, check_entries, newest, not_superseded
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import LAST_YEAR


def lapsed_checks(fiscal_year: int) -> tuple[Rulebook, ...]:
    """The rulebooks of findings that end before a fiscal year and that none follows which is in force for it."""
    return tuple(_latest((book for _, book in check_entries()), fiscal_year))


def lapsed_rulebook(authority: str, fiscal_year: int, among: Sequence[Entry]) -> Rulebook | None:
    """The last rulebook of an authority, if it ends before a fiscal year and none of the authority covers that year."""
    found = lapsed_entry(authority, fiscal_year, among)
    return None if found is None else found.load()


def lapsed_entry(authority: str, fiscal_year: int, among: Sequence[Entry]) -> Entry | None:
    """The same rulebook, not loaded."""
    entries = [entry for entry in among if folded(entry.head.authority) == folded(authority)]
    if any(entry.head.in_force(fiscal_year) for entry in entries):
        return None
    ended = [entry for entry in entries if _ended(entry.head, fiscal_year)]
    last = max((entry.head.last_year or 0 for entry in ended), default=0)
    found = not_superseded(newest(entry for entry in ended if entry.head.last_year == last))
    return found[0] if len(found) == 1 else None


def carried_over(rulebook: Rulebook) -> Rulebook:
    """The same rules as a draft without an end, with a hash of its own: an analyst's decision, published by nobody."""
    draft = replace(rulebook, standing="draft", last_year=None, carried_over_from=rulebook.last_year)
    return replace(draft, hash=content_hash(draft))


def lapsed_lines(code: str, sheets: Mapping[tuple[int, str, int], int]) -> list[Diagnostic]:
    """What is told (HY364 or HY365) of the number of sheets by their fiscal year, the id of the rulebook and its last year."""
    return [
        Diagnostic(code, params={"count": count, "year": str(year), "id": name, "last": str(last)})
        for (year, name, last), count in sorted(sheets.items())
    ]


def _latest(books: Iterable[Rulebook], fiscal_year: int) -> Iterable[Rulebook]:
    families: dict[str, list[Rulebook]] = {}
    every = list(books)
    family_of = {book.id: re.sub(r"-[0-9]{4}$", "", book.id) for book in every}
    for book in sorted(every, key=lambda each: each.last_year or LAST_YEAR, reverse=True):
        for older in book.supersedes:
            if older in family_of:
                joined, name = family_of[older], family_of[book.id]
                family_of = {key: name if value == joined else value for key, value in family_of.items()}
    for book in every:
        families.setdefault(family_of[book.id], []).append(book)
    for family in families.values():
        if not any(book.in_force(fiscal_year) for book in family):
            ended = [book for book in family if _ended(book, fiscal_year)]
            if ended:
                yield max(ended, key=lambda book: book.last_year or 0)


def _ended(book: Rulebook | Head, fiscal_year: int) -> bool:
    return book.last_year is not None and book.last_year < fiscal_year
