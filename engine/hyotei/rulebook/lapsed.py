"""Rulebooks that end before the year of a sheet: the next year's sheets come before the next year's rules.

A rulebook follows another where their ids are equal but for the year at their end (`rs-review-2024`, `rs-review-2025`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hyotei.base.fold import folded
from hyotei.rulebook.canonical import content_hash
from hyotei.rulebook.library import Entry, check_rulebooks
from hyotei.rulebook.model import Rulebook


def lapsed_checks(fiscal_year: int) -> tuple[Rulebook, ...]:
    """The rulebooks of findings that end before a fiscal year and that none follows which is in force for it."""
    return tuple(_latest(check_rulebooks(), fiscal_year))


def lapsed_rulebook(authority: str, fiscal_year: int, among: Sequence[Entry]) -> Rulebook | None:
    """The last rulebook of an authority, if it ends before a fiscal year and none of the authority covers that year."""
    books = [entry.load() for entry in among if folded(entry.head.authority) == folded(authority)]
    if any(book.in_force(fiscal_year) for book in books):
        return None
    ended = [book for book in books if _ended(book, fiscal_year)]
    last = max((book.last_year or 0 for book in ended), default=0)
    found = [book for book in ended if book.last_year == last]
    return found[0] if len(found) == 1 else None


def carried_over(rulebook: Rulebook) -> Rulebook:
    """The same rules as a draft without an end, with a hash of its own: an analyst's decision, published by nobody."""
    draft = replace(rulebook, standing="draft", last_year=None)
    return replace(draft, hash=content_hash(draft))


def _latest(books: Iterable[Rulebook], fiscal_year: int) -> Iterable[Rulebook]:
    families: dict[str, list[Rulebook]] = {}
    for book in books:
        families.setdefault(re.sub(r"-[0-9]{4}$", "", book.id), []).append(book)
    for family in families.values():
        if not any(book.in_force(fiscal_year) for book in family):
            ended = [book for book in family if _ended(book, fiscal_year)]
            if ended:
                yield max(ended, key=lambda book: book.last_year or 0)


def _ended(book: Rulebook, fiscal_year: int) -> bool:
    return book.last_year is not None and book.last_year < fiscal_year
