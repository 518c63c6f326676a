"""Texts shared word for word by many sheets of a corpus, such as an opinion that was not written for the programme."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from hyotei.sheet import BudgetYear, Sheet

LEAST_SHARED: Final = 20
"""How many sheets must share a text for it to count as boilerplate."""
LOW_EXECUTION: Final = Decimal("0.5")
"""Below which part of the budget executed a boilerplate opinion is a finding."""

TextOf = Callable[[Sheet], str | None]


class SharedText(NamedTuple):
    """A sheet whose text is shared: itself, how many share it, and the text."""

    sheet: Sheet
    sharing: int
    text: str


def opinion_detail(sheet: Sheet) -> str | None:
    """The opinion of the review team in words (所見の詳細)."""
    return sheet.recorded.opinion_detail


def shared_texts(
    sheets: Callable[[], Iterable[Sheet]], text_of: TextOf = opinion_detail, least: int = LEAST_SHARED
) -> Iterator[SharedText]:
    """The sheets whose text stands word for word in at least `least` sheets, in their order.

    Args:
        sheets: gives the sheets, and gives them again: they are read twice, so that none is held.
        text_of: the text in question; surrounding blanks do not count, an empty text is none.
        least: in how many sheets it must stand.
    """
    counts: dict[bytes, int] = {}
    for sheet in sheets():
        key = _key(text_of(sheet))
        if key is not None:
            counts[key] = counts.get(key, 0) + 1
    for sheet in sheets():
        text = text_of(sheet)
        key = _key(text)
        if text is not None and key is not None and counts[key] >= least:
            yield SharedText(sheet, counts[key], text)


def low_execution(sheet: Sheet, below: Decimal = LOW_EXECUTION) -> bool:
    """Whether surely less than that part of the evaluated year's budget was executed."""
    year = _evaluated(sheet)
    if year is None or year.total.value is None or year.executed.value is None or year.total.value <= 0:
        return False
    return year.executed.value < below * year.total.value


def _evaluated(sheet: Sheet) -> BudgetYear | None:
    return next((year for year in sheet.budget_years if year.fiscal_year == sheet.fiscal_year), None)


def _key(text: str | None) -> bytes | None:
    """Sixteen bytes for a text, so that a corpus of long texts is counted in little memory."""
    plain = (text or "").strip()
    return hashlib.blake2b(plain.encode(), digest_size=16).digest() if plain else None
