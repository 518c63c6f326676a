"""Several years in one cell: 21年度 30件　22年度 35件　23年度 41件, on one line or on several."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from hyotei.base.text_folding import folded
from hyotei.sheet.fiscal_year import read_fiscal_year

_YEAR: Final = re.compile(
    r"(?:^|(?<=[ ・、,/;；]))"
    r"(?P<year>(?:(?:平成|令和|昭和|[HRS]) ?)?[0-9元]{1,2} ?年度|[0-9]{4} ?年度|FY ?[0-9]{4}|[HRS] ?[0-9元]{1,2}(?=[ :：]))"
    r"(?:の?(?:実績値?|目標値?))?"
)
_AROUND: Final = " :：=、,/・;；"
_MOST: Final = 12
"""Years of a cell at most; also the lines over which it goes."""


class YearText(NamedTuple):
    """What a cell prints for one year."""

    year: int
    text: str
    line: int


def years_of(text: str, line: int, hint: int) -> tuple[YearText, ...]:
    """The years of a text that is nothing but years, each with something after it; none where it is anything else.

    `hint` is a year near which those without an era are.
    """
    plain = folded(text).strip()
    matches = list(_YEAR.finditer(plain)) if len(plain) <= 400 else []
    if not matches or len(matches) > _MOST or plain[: matches[0].start()].strip(_AROUND):
        return ()
    found: list[YearText] = []
    for match, end in zip(matches, [*(each.start() for each in matches[1:]), len(plain)], strict=True):
        reading, _ = read_fiscal_year(match["year"], hint=hint)
        written = plain[match.end() : end].strip(_AROUND)
        if reading is None or not written:
            return ()
        found.append(YearText(reading.year, written, line))
    return tuple(found)


def series_at(
    texts: Sequence[tuple[str, int]], index: int, hint: int, evaluated: int
) -> tuple[tuple[YearText, ...], int] | None:
    """The years that begin at a text (its line beside it), with the position after them; None where it is no series.

    A line of at least two years is one cell. Lines of one year each are one cell only where no other reading is left: three or
    more, year after year up to the evaluated one at most, because baseline, actual and target can be printed like that too.
    """
    first = years_of(*texts[index], hint)
    if len(first) != 1:
        years = {each.year for each in first}
        return (first, index + 1) if 1 < len(years) == len(first) else None
    found = list(first)
    position = index + 1
    while position < len(texts) and len(found) < _MOST:
        more = years_of(*texts[position], hint)
        if len(more) != 1 or more[0].year != found[-1].year + 1 or more[0].year > evaluated:
            break
        found += more
        position += 1
    return (tuple(found), position) if len(found) > 2 else None
