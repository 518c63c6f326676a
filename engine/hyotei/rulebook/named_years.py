"""The fiscal years of a measure that have names of their own: each is short for a position in the list of its years."""

from typing import Final, NamedTuple

from hyotei.rulebook import terms as t
from hyotei.rulebook.types import Scope
from hyotei.sheet.figures import ACTUAL, YEAR_OF_YEAR

_YEARS: Final = t.Units("year", "measure")
_YEAR: Final = t.Figure(YEAR_OF_YEAR.scope, YEAR_OF_YEAR.path)


class NamedYear(NamedTuple):
    """A year by its names in rules; `within` is the scope at which it is known, `units` the list of which it is the last."""

    key: str
    names: frozenset[str]
    within: Scope
    units: t.Where


NAMED_YEARS: Final = (
    NamedYear(
        "latest",
        frozenset({"latest", "直近"}),
        "measure",
        t.Where(_YEARS, t.Not(t.Knownness(t.Figure("year", ACTUAL.path), None))),
    ),
    NamedYear(
        "previous",
        frozenset({"previous", "前の年"}),
        "year",
        t.Where(_YEARS, t.Compared("<", _YEAR, t.Outer(_YEAR))),
    ),
)
"""The last year whose actual is known, and the year before another one."""
LAST: Final = -1


def named_year(units: t.UnitListing, position: int) -> NamedYear | None:
    """The named year that a position in a list is, if it is one."""
    return next((each for each in NAMED_YEARS if position == LAST and each.units == units), None)
