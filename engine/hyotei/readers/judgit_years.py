"""Years of the JUDGIT! data set that were read in the wrong era upstream, put right and marked."""

from functools import lru_cache
from typing import NamedTuple

from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, Reading
from hyotei.sheet.notes import Notes, reading_note

_HEISEI, _REIWA = 1988, 2018
_FIRST_SHEETS_WITH_REIWA = 2019
_OLDEST, _LONGEST_PLAN = 10, 45
"""Years by which the end of a plan may lie before its sheet, and after it."""


class YearReading(NamedTuple):
    """A year as it was meant; None where it cannot be one. `candidates` are all years it may have been."""

    year: int | None
    reading: Reading = "stated"
    notes: Notes = ()
    candidates: tuple[str, ...] = ()


@lru_cache(maxsize=1_000)
def final_year(written: int, published: int) -> YearReading:
    """The last year of a target, as a sheet published in `published` can have meant it.

    Three faults of the data set are known: 令和 years read as 平成 (1990 for 2020), 平成 years read as 令和 (2047 for 2017), and
    Western years to which the offset of an era was added (4010 for 2022).
    """
    if 1 <= written - _HEISEI <= 11 and published >= _FIRST_SHEETS_WITH_REIWA:
        return _other(written, (written - _HEISEI + _REIWA,), published, "reading_notes.reiwa_read_as_heisei")
    if 27 <= written - _REIWA <= 31 and published > _FIRST_SHEETS_WITH_REIWA:
        # A goal for 2045 exists as well, so both are possible.
        return _other(written, (written - _REIWA + _HEISEI, written), published, "reading_notes.heisei_read_as_reiwa")
    if FIRST_YEAR <= written <= LAST_YEAR:
        return YearReading(written)
    offsets = [written - before for before in (_HEISEI, _REIWA)]
    plausible = tuple(year for year in offsets if published - _OLDEST <= year <= published + _LONGEST_PLAN)
    if not plausible:
        return YearReading(None)
    plausible = tuple(sorted(plausible, key=lambda year: abs(year - published)))
    return _other(written, plausible, published, "reading_notes.era_offset_added")


def _other(written: int, years: tuple[int, ...], published: int, fault: str) -> YearReading:
    sure: Reading = "inferred" if len(years) == 1 else "ambiguous"
    notes = reading_note(fault, written=written, published=published, year=years[0])
    return YearReading(years[0], sure, notes, tuple(str(year) for year in years))
