"""Fiscal years out of what Japanese documents print: Western years inside, eras outside.

A fiscal year runs from April to March and is named after the year in which it begins.
"""

import re
from typing import Final

from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.base.text_folding import folded
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, Location
from hyotei.sheet.fiscal_year_print import ERAS, NO_YEAR, print_fiscal_year
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, Reading
from hyotei.sheet.notes import Notes, joined_notes, reading_note

NOWHERE: Final = Location()
_BEFORE: Final = {key: before for name, letter, before in ERAS for key in (name, letter, name[0])}

_YEAR: Final = lazy_pattern(
    r"""\s*(?:
        (?P<era>令和|平成|昭和|大正|明治|[令平昭大明]|[RHSTMrhstm]\.?)\s*(?P<number>元|\d{1,4})
      | (?P<fy>[Ff][Yy])\s*(?P<western_fy>\d{4})
      | (?P<western>\d{4})
      | (?P<bare>元|\d{1,3})
    )\s*(?P<suffix>年度(?:末|中|時点)?|年|会計年度)?\s*""",
    re.VERBOSE,
)
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class FiscalYearReading:
    """A fiscal year with how sure its reading is, and why it is not certain where it is not."""

    year: int
    reading: Reading = "stated"
    notes: Notes = ()


def read_fiscal_year(
    text: str, *, hint: int | None = None, location: Location = NOWHERE
) -> tuple[FiscalYearReading | None, tuple[Diagnostic, ...]]:
    """The fiscal year that `text` names: 平成24年度, 24年度, H24, R6, 令和元年度, 昭和60年度, 2012年度, FY2012, 2012.

    Args:
        text: the year alone.
        hint: a Western year near which a year without its era is looked for; the reading is then `inferred`.
        location: where the text stands, for the diagnostics.

    Returns:
        The reading, or None with the diagnostic that says why: HY201 no year, HY202 out of range, HY203 era open.
    """
    plain = folded(text).strip() if len(text) <= _LONGEST else ""
    match = _YEAR.fullmatch(plain)
    if match is None:
        if plain in (print_fiscal_year(NO_YEAR, "ja"), print_fiscal_year(NO_YEAR, "en")):
            return FiscalYearReading(NO_YEAR), ()
        return None, (_problem("HY201", text, location),)
    era, bare, suffix = match["era"], match["bare"], match["suffix"]
    notes: Notes = ()
    if era:
        key = era.rstrip(".").upper() if era.isascii() else era
        year: int | None = era_year(key, _number(match["number"]))
    elif bare:
        if hint is None:
            return None, (_problem("HY203", text, location),)
        year = _nearest(_number(bare), hint)
        notes = reading_note("reading_notes.era_near", near=hint)
    else:
        year = int(match["western_fy"] or match["western"])
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None, (_problem("HY202", text, location),)
    if suffix and suffix not in ("年度", "会計年度"):
        notes = joined_notes(notes, reading_note("reading_notes.fiscal_year", text=suffix))
    return FiscalYearReading(year, "inferred" if notes else "stated", notes), ()


def era_year(era: str, number: int) -> int | None:
    """The Western year of a year of an era (平成 or H, 24 -> 2012); None for an unknown era or a year out of range.

    A year beyond the end of its era is read on: documents written in 2015 plan for 平成32年度.
    """
    before = _BEFORE.get(era.upper())
    return None if before is None else _after(before, number)


def _number(digits: str) -> int:
    return 1 if digits == "元" else int(digits)


def _nearest(number: int, hint: int) -> int | None:
    """The year of that number in any era that is nearest to `hint`; of two equally near ones the earlier."""
    years = [year for _, _, before in ERAS if (year := _after(before, number)) is not None]
    return min(years, key=lambda year: (abs(year - hint), year), default=None)


def _after(before: int, number: int) -> int | None:
    """The Western year `number` years after `before`, if it is in range."""
    year = before + number
    return year if number >= 1 and FIRST_YEAR <= year <= LAST_YEAR else None


def _problem(code: str, text: str, location: Location) -> Diagnostic:
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return Diagnostic(code, location, {"text": shown})
